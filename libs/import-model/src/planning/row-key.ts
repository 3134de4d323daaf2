import type { CellValue } from '../schema/field-schema.js';
import type { PlanSettings } from './row-plan.js';

/**
 * Which record a row means. `key`: the one with these values, in the order of `settings.keys`; `new`: none, the row says
 * that it is new; `empty`: the row does not say.
 */
export type RowKey =
  | { readonly kind: 'key'; readonly values: readonly Exclude<CellValue, null>[] }
  | { readonly kind: 'new' }
  | { readonly kind: 'empty'; readonly field: string };

const NEW: RowKey = { kind: 'new' };

/** @param row values in the order of `settings.columns` */
export function rowKey(row: readonly CellValue[], settings: PlanSettings): RowKey {
  const { columns, keys, mode } = settings;
  if (keys.length === 0) return NEW;
  const values: Exclude<CellValue, null>[] = [];
  let isNew = false;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column?.behaviour !== 'key') continue;
    const value = row[i] ?? null;
    if (value !== null) values.push(value);
    else if (column.field === 'id' && mode !== 'update') isNew = true;
    else return { kind: 'empty', field: column.field };
  }
  return isNew ? NEW : { kind: 'key', values };
}
