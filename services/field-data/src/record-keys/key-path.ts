import { isPlain, type FieldColumn } from '../records/record-table.js';

/** Where the values of a field stand in the rows of its table, as key sets name it. */
export function keyPath(column: FieldColumn): string {
  return isPlain(column) ? column.column : `custom_fields.${column.custom}`;
}

/** The fields of a key set in their order, whatever order an import names them in. */
export function inKeyOrder(columns: readonly FieldColumn[]): FieldColumn[] {
  return columns.toSorted((a, b) => (keyPath(a) < keyPath(b) ? -1 : 1));
}

/** Whether records are found by a key set: the id and the external id have indexes of their own. */
export function needsKeySet(keys: readonly string[]): boolean {
  return keys.length > 0 && !keys.includes('id') && !(keys.length === 1 && keys[0] === 'externalId');
}
