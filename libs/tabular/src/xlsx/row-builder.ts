import type { TableLimits } from '../limits.js';
import { Row } from '../row.js';
import { checkRows } from '../row-limit.js';
import type { CellKind, SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { unreadable } from './xlsx-error.js';

/** Columns of a sheet: A to XFD. */
const SHEET_COLUMNS = 16_384;
export const SHEET_ROWS = 1_048_576;

/** Puts the cells of a row into their columns, and holds to the limits. */
export class RowBuilder {
  /** True number of the row; 0 in front of the first. */
  row = 0;
  /** Used again for each row, up to `end`: arrays that grow cell by cell took a fifth of the time. */
  private readonly cells: string[] = [];
  private readonly kinds: CellKind[] = [];
  private end = 0;
  private isMixed = false;
  private rows = 0;
  private readonly columns: number;
  private readonly cellLength: number;

  constructor(private readonly limits: TableLimits) {
    this.columns = Math.min(limits.columns, SHEET_COLUMNS);
    this.cellLength = limits.cellLength;
  }

  /** A cell without text is none. Of several in one column the last counts. @param column from 0 */
  set(column: number, text: string, kind: CellKind): void {
    if (text === '') return;
    if (column >= this.columns || text.length > this.cellLength) this.refuse(column);
    const { cells, kinds } = this;
    if (column >= this.end) {
      for (let gap = this.end; gap < column; gap++) {
        cells[gap] = '';
        kinds[gap] = 'text';
      }
      this.end = column + 1;
    }
    cells[column] = text;
    kinds[column] = kind;
    if (kind !== 'text') this.isMixed = true;
  }

  /** The row that was built. @returns undefined when it is blank */
  take(): SheetRow | undefined {
    const { row, end, limits } = this;
    if (end === 0) return undefined;
    checkRows(++this.rows, limits.rows);
    const cells = this.cells.slice(0, end);
    const kinds = this.isMixed ? this.kinds.slice(0, end) : undefined;
    this.end = 0;
    this.isMixed = false;
    return new Row(row, cells, kinds);
  }

  private refuse(column: number): never {
    const { row, limits } = this;
    if (column >= SHEET_COLUMNS) throw unreadable(`a cell of row ${row} is beyond column XFD`);
    if (column >= limits.columns) {
      throw new TabularError('too_many_columns', { row, limit: limits.columns, columns: column + 1 });
    }
    throw new TabularError('cell_too_long', { row, limit: limits.cellLength });
  }
}
