import type { TableLimits } from '../limits.js';
import { checkRows } from '../row-limit.js';
import type { SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';

/** Makes rows of a sheet from records: leaves out what is empty, holds to the limits. */
export class SheetRows {
  private rows = 0;

  /** @param skipped records at the beginning that are no rows */
  constructor(
    private readonly limits: TableLimits,
    private readonly skipped: number,
  ) {}

  /**
   * Takes the next records over, which become the rows.
   * @throws TabularError too_many_rows, too_many_columns, cell_too_long
   */
  take(records: readonly SheetRow[]): SheetRow[] {
    const rows: SheetRow[] = [];
    for (const record of records) {
      const { row, cells } = record;
      if (row <= this.skipped) continue;
      dropTrailingEmpties(cells);
      if (cells.length === 0) continue;
      if (record.kinds) record.kinds.length = cells.length;
      this.checkSize(cells, row);
      rows.push(record);
    }
    this.rows += rows.length;
    checkRows(this.rows, this.limits.rows);
    return rows;
  }

  private checkSize(cells: readonly string[], row: number): void {
    const { columns, cellLength } = this.limits;
    if (cells.length > columns)
      throw new TabularError('too_many_columns', { row, limit: columns, columns: cells.length });
    for (const { length } of cells) {
      if (length > cellLength) throw new TabularError('cell_too_long', { row, limit: cellLength });
    }
  }
}

function dropTrailingEmpties(cells: string[]): void {
  let end = cells.length;
  while (end > 0 && cells[end - 1] === '') end--;
  if (end < cells.length) cells.length = end;
}
