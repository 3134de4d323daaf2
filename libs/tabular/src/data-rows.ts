import { isBlank } from './is-blank.js';
import type { RowLimits } from './limits.js';
import type { CellKind, RowBatch, SheetBatch, SheetRow, TableRow } from './table.js';
import { TabularError } from './tabular-error.js';

export interface DataRowsOptions {
  /** Number of the row that names the columns; 0: there is none. */
  readonly headerRow: number;
  /** Number of the first row that is data. Preset: the one below the header. */
  readonly firstDataRow?: number | undefined;
  /** How many columns the header has; cells beyond them are left out, and reported. */
  readonly columns: number;
  readonly limits: Pick<RowLimits, 'rows'>;
}

/**
 * The rows below the header, each as wide as the header, without blank ones. Batches are taken over: their rows must not
 * be used elsewhere.
 *
 * @param batches rows of a sheet, as `Table.read` gives them
 * @throws TabularError too_many_rows, no_data_rows (at the end), and what the batches throw
 */
export async function* dataRows(
  batches: AsyncIterable<SheetBatch>,
  options: DataRowsOptions,
): AsyncGenerator<RowBatch, void, void> {
  const { headerRow, firstDataRow = headerRow + 1, columns } = options;
  const limit = options.limits.rows;
  let count = 0;
  for await (const { rows, bytesRead, openEnd = columns } of batches) {
    const data: TableRow[] = [];
    for (const row of rows) {
      if (row.row >= firstDataRow && !isBlank(row.cells)) data.push(atWidth(row, columns));
    }
    const end = data.at(-1);
    if (end && openEnd < columns && end.row === rows.at(-1)?.row) data[data.length - 1] = { ...end, cutOff: true };
    count += data.length;
    if (count > limit) throw new TabularError('too_many_rows', { limit, rows: limit + 1 });
    if (data.length > 0) yield { rows: data, bytesRead };
  }
  if (count === 0) throw new TabularError('no_data_rows');
}

/** Brings the row to the width of the header. The same object mostly: this is done for every row of large files. */
function atWidth(row: SheetRow, columns: number): TableRow {
  const { cells } = row;
  if (cells.length <= columns) {
    fill(cells, columns, '');
    if (row.kinds) fill<CellKind>(row.kinds, columns, 'text');
    return row;
  }
  const extra = cells.splice(columns);
  row.kinds?.splice(columns);
  return isBlank(extra) ? row : { ...row, extraCells: true };
}

function fill<T>(values: T[], length: number, value: T): void {
  while (values.length < length) values.push(value);
}
