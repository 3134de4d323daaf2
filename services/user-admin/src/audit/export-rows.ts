import { isId, type Id, type Language } from '@muster/contracts';
import { whoOf, whoText } from '@muster/platform';
import type { OutputCell, OutputColumn } from '@muster/tabular';
import type { AuditEntry, AuditValue } from './audit-entry.js';
import { actionText, HEADERS, kindText, secretText, YES_NO } from './audit-texts.js';
import { fieldChanges, type FieldChange } from './field-changes.js';
import { howOf } from './how.js';

const GROUPS_OF_ACCOUNT = 'userGroups';

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

/** What is called by its name in a table, by actor and by the id of a group; who or what is gone keeps its id. */
export interface KnownNames {
  readonly actors: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<Id, string>;
}

/** The rows of an entry, one for each field; one also when there is none, as of a sign-in. */
export function exportRows(entry: AuditEntry, { actors, groups }: KnownNames, reader: Reader): OutputCell[][] {
  const { language, localTime } = reader;
  const { actor, cause, action, subjectKind, subjectId, subjectLabel } = entry;
  const common: OutputCell[] = [
    { text: localTime(entry.at), kind: 'dateTime' },
    whoText(whoOf(actor, actors), language),
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
  return changes.map((change) => [...common, change.label, ...fromAndTo(withNames(change, groups), language)]);
}

function withNames(change: FieldChange, groups: ReadonlyMap<Id, string>): FieldChange {
  if (change.field !== GROUPS_OF_ACCOUNT) return change;
  const named = (ids: AuditValue) =>
    isList(ids) ? ids.map((id) => (typeof id === 'string' && groups.get(id)) || id) : ids;
  return { ...change, from: named(change.from), to: named(change.to) };
}

/** Ids of the groups that entries name. */
export function groupsOf(entries: readonly AuditEntry[]): Id[] {
  const values = entries.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.field === GROUPS_OF_ACCOUNT && 'to' in change ? [change.from, change.to] : [])),
  );
  return values.flatMap((value) => (isList(value) ? value : [])).filter(isId);
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
