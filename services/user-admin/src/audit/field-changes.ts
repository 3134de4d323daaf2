import type { Language } from '@muster/contracts';
import type { AuditValue, SecretChange, StoredChange } from './audit-entry.js';
import { fieldText } from './field-texts.js';

/** A change of one field, for a reader. */
export interface FieldChange {
  readonly field: string;
  readonly label: string;
  readonly from: AuditValue;
  readonly to: AuditValue;
  /** Of a secret, whose values are never there; else null. */
  readonly secret: SecretChange | null;
}

/** The fields of an entry; an object (`defaults` of a company) is taken apart into those of its values that differ. */
export function fieldChanges(stored: readonly StoredChange[], language: Language): FieldChange[] {
  return stored.flatMap(takenApart).map((change) => {
    const { field } = change;
    const label = fieldText(field, language);
    if ('secret' in change) return { field, label, from: null, to: null, secret: change.secret };
    return { field, label, from: change.from, to: change.to, secret: null };
  });
}

type Values = Readonly<Record<string, AuditValue>>;

function takenApart(change: StoredChange): StoredChange[] {
  if ('secret' in change || !(isObject(change.from) || isObject(change.to))) return [change];
  const [from, to] = [valuesOf(change.from), valuesOf(change.to)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((name) => ({ field: `${change.field}.${name}`, from: from.get(name) ?? null, to: to.get(name) ?? null }))
    .filter((part) => JSON.stringify(part.from) !== JSON.stringify(part.to))
    .flatMap(takenApart);
}

function isObject(value: AuditValue): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is no object has no names: a pseudonym that took its place says nothing of them. */
function valuesOf(value: AuditValue): ReadonlyMap<string, AuditValue> {
  return new Map(isObject(value) ? Object.entries(value) : []);
}
