import type { Id, Language } from '@muster/contracts';
import { writableText } from '@muster/platform';
import type { CellKind, OutputCell, OutputColumn, TableFormat } from '@muster/tabular';
import { YES_NO } from '../audit/audit-texts.js';
import { fieldText } from '../audit/field-texts.js';
import type { AccountField } from '../users/account-fields.js';

/** Stands between the entries of a list. */
const BETWEEN = ';';

/** As the database gives it out, a day as text. */
export type FieldValue = string | number | boolean | null | undefined | readonly string[];

/** For whom a file is made, and as what. */
export interface Target {
  readonly format: TableFormat;
  readonly language: Language;
}

export function exportColumn(field: AccountField, { language }: Target): OutputColumn {
  return { header: fieldText(field.id, language), kind: kindOf(field) };
}

/**
 * A value of an account as a cell that an import reads back as the same value. Numbers and dates are such, yes and no words
 * of the language; everything else is text, `007` and `08:30` too. What is not set is empty: the company's value holds.
 * @param groups names of groups by their ids; a group that is no more is left out
 */
export function exportCell(
  field: AccountField,
  value: FieldValue,
  { format, language }: Target,
  groups: ReadonlyMap<Id, string>,
): OutputCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return YES_NO[value ? 'yes' : 'no'][language];
  const text = typeof value === 'string' ? value : listText(field, value, groups);
  if (field.type === 'date') return { text, kind: 'date' };
  return writableText(text, format);
}

function listText(field: AccountField, values: readonly string[], groups: ReadonlyMap<Id, string>): string {
  return (field.type === 'groups' ? values.flatMap((id) => groups.get(id) ?? []) : values).join(BETWEEN);
}

function kindOf({ type, values }: AccountField): CellKind {
  if (type === 'date') return 'date';
  const isNumber = type === 'integer' || type === 'number' || typeof values?.[0] === 'number';
  return isNumber ? 'number' : 'text';
}
