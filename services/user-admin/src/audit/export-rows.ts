import type { Language } from '@muster/contracts';
import { whoOf, whoText } from '@muster/platform';
import type { OutputCell, OutputColumn } from '@muster/tabular';
import type { AuditEntry, AuditValue } from './audit-entry.js';
import { actionText, HEADERS, kindText, secretText, YES_NO } from './audit-texts.js';
import { fieldChanges, type FieldChange } from './field-changes.js';
import { howOf } from './how.js';

/** For whom a table is made. */
export interface Reader {
  readonly language: Language;
  /** Tells the time of the company, `2026-11-23T13:50:07`. */
  readonly localTime: (moment: Date) => string;
}

export function exportColumns(language: Language, timeZone: string): OutputColumn[] {
  const { at, ...others } = HEADERS;
  const time: OutputColumn = { header: `${at[language]} (${timeZone})`, kind: 'dateTime', width: 22 };
  return [time, ...Object.values(others).map((texts) => ({ header: texts[language] }))];
}

/** The rows of an entry, one for each field; one also when there is none, as of a sign-in. */
export function exportRows(entry: AuditEntry, names: ReadonlyMap<string, string>, reader: Reader): OutputCell[][] {
  const { language, localTime } = reader;
  const { actor, cause, action, subjectKind, subjectId, subjectLabel } = entry;
  const common: OutputCell[] = [
    { text: localTime(entry.at), kind: 'dateTime' },
    whoText(whoOf(actor, names), language),
    actor,
    howOf(cause, language).text,
    cause,
    actionText(action, language),
    kindText(subjectKind, language),
    subjectLabel,
    subjectId,
  ];
  const changes = fieldChanges(entry.changes, language);
  if (changes.length === 0) return [[...common, null, null, null]];
  return changes.map((change) => [...common, change.label, ...fromAndTo(change, language)]);
}

function fromAndTo({ from, to, secret }: FieldChange, language: Language): [OutputCell, OutputCell] {
  if (secret !== null) return [null, secretText(secret, language)];
  return [valueText(from, language), valueText(to, language)];
}

/** As text: a number or date that was typed stays as it was. */
export function valueText(value: AuditValue, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return YES_NO[value ? 'yes' : 'no'][language];
  if (isList(value)) return value.map((one) => valueText(one, language)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isList(value: AuditValue): value is readonly AuditValue[] {
  return Array.isArray(value);
}
