import type { RecordValues } from '@muster/import-model';
import { arrayLiteral } from './array-literal.js';
import { isPlain, type FieldColumn } from './record-table.js';

/** The parameters that statements of `writtenArrays(columns)` take, ids first. */
export function arraysOf(columns: readonly FieldColumn[], records: readonly RecordValues[]): string[] {
  const plain = columns.filter(isPlain).map(({ field }) => arrayLiteral(records.map((record) => record.values[field])));
  const custom = columns.flatMap((column) => (isPlain(column) ? [] : [column]));
  const objects = custom.length === 0 ? [] : [arrayLiteral(records.map((record) => customValues(record, custom)))];
  return [arrayLiteral(records.map(({ id }) => id)), ...plain, ...objects];
}

/** JSON of the company's own fields; null empties one. */
function customValues({ values }: RecordValues, columns: readonly { field: string; custom: string }[]): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ field, custom }) => [custom, values[field] ?? null])));
}

/** The parameter of one key field of `withValues`. */
export function keyArray(
  column: FieldColumn,
  values: readonly (string | number | boolean | null | undefined)[],
): string {
  return arrayLiteral(isPlain(column) ? values : values.map((value) => JSON.stringify(value ?? null)));
}
