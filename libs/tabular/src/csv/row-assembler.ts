import { TabularError } from '../tabular-error.js';
import type { RowLimits } from '../limits.js';
import type { SheetRow, TableRow } from '../table.js';
import { isBlank } from '../is-blank.js';

/** Makes rows of a table from records: passes over blank ones, brings them to the width of the header. */
export class RowAssembler {
  private width: number | undefined;
  private rows = 0;

  /** @param headerRow record number of the header; 0: the first record that is not blank only gives the width */
  constructor(
    private readonly headerRow: number,
    private readonly limits: RowLimits,
  ) {}

  /**
   * Takes the next records over; their arrays become cells of the rows.
   * @throws TabularError too_many_rows, too_many_columns, cell_too_long
   */
  take(records: readonly SheetRow[]): TableRow[] {
    const rows: TableRow[] = [];
    for (const { row, cells } of records) {
      if (row < this.headerRow) continue;
      this.checkSize(cells, row);
      if (row === this.headerRow) this.width = cells.length;
      else if (!isBlank(cells)) rows.push(this.dataRow(row, cells));
    }
    return rows;
  }

  get hasRows(): boolean {
    return this.rows > 0;
  }

  private dataRow(row: number, cells: string[]): TableRow {
    const { rows: limit } = this.limits;
    if (++this.rows > limit) throw new TabularError('too_many_rows', { limit, rows: this.rows });
    const width = (this.width ??= cells.length);
    while (cells.length < width) cells.push('');
    if (cells.length === width) return { row, cells };
    const extra = cells.splice(width);
    return isBlank(extra) ? { row, cells } : { row, cells, extraCells: true };
  }

  private checkSize(cells: readonly string[], row: number): void {
    const { columns, cellLength } = this.limits;
    if (cells.length > columns) throw new TabularError('too_many_columns', { row, limit: columns });
    for (const { length } of cells) {
      if (length > cellLength) throw new TabularError('cell_too_long', { row, limit: cellLength });
    }
  }
}
