import { TabularError } from '../tabular-error.js';
import type { OutputCell, OutputRow } from './output-cell.js';
import type { CellKind } from '../table.js';

/** What sheets of Excel and LibreOffice hold. */
export const SHEET_ROWS = 1_048_576;
export const SHEET_COLUMNS = 16_384;

/** Gives rows their numbers, one above the other. */
export class RowOrder {
  /** Number of the row that was taken last. */
  row = 0;
  cells: readonly OutputCell[] = [];
  kinds: readonly CellKind[] | undefined;

  constructor(
    private readonly maxRows: number,
    private readonly maxColumns: number,
  ) {}

  /** @throws TabularError too_many_rows, too_many_columns @throws RangeError for a number that is not above the last */
  take(row: OutputRow): void {
    const next = this.row + 1;
    if ('cells' in row) {
      if (row.row !== undefined && !(row.row >= next && Number.isSafeInteger(row.row))) {
        throw new RangeError(`Row ${row.row} comes after row ${this.row}`);
      }
      this.row = row.row ?? next;
      this.cells = row.cells;
      this.kinds = row.kinds;
    } else {
      this.row = next;
      this.cells = row;
      this.kinds = undefined;
    }
    if (this.row > this.maxRows) throw new TabularError('too_many_rows', { limit: this.maxRows, rows: this.row });
    if (this.cells.length > this.maxColumns) {
      throw new TabularError('too_many_columns', {
        row: this.row,
        limit: this.maxColumns,
        columns: this.cells.length,
      });
    }
  }
}
