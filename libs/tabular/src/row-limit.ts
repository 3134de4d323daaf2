import { ROWS_ABOVE_DATA } from './limits.js';
import { TabularError } from './tabular-error.js';

/**
 * Holds the rows that a reader gives out to what a file may have.
 *
 * @param rows so far @param limit of rows of data; which rows stand above them only whoever takes them can tell
 * @throws TabularError too_many_rows
 */
export function checkRows(rows: number, limit: number): void {
  if (rows > limit + ROWS_ABOVE_DATA) throw new TabularError('too_many_rows', { limit, rows });
}
