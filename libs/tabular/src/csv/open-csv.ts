import type { ByteSource } from '../source/byte-source.js';
import { untilAborted } from '../source/until-aborted.js';
import type { ReadOptions, SheetBatch, SheetRow, Table, TableContext } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { recogniseDialect, type CsvDialect, type CsvOverrides } from './csv-dialect.js';
import { PIECE, RecordReader } from './record-reader.js';
import { SheetRows } from './sheet-rows.js';

export type { CsvDialect, CsvOverrides } from './csv-dialect.js';

/** A CSV file; it has one sheet, whose name is empty. */
export interface CsvTable extends Table {
  readonly format: 'csv';
  readonly csv: CsvDialect;
}

/** A piece of many short rows is given out in parts. */
const BATCH_ROWS = 1_000;

/**
 * Opens text as a table. What the file is read as is decided here, by all of its bytes if the first ones leave doubt.
 *
 * @throws TabularError file_empty, unsupported_format, wrong_encoding, file_unreadable; `read` also throws wrong_encoding
 * and unbalanced_quotes with their row, too_many_rows, too_many_columns, cell_too_long, sheet_not_found
 */
export async function openCsv(
  source: ByteSource,
  context: TableContext,
  overrides: CsvOverrides = {},
): Promise<CsvTable> {
  const csv = await recogniseDialect(source, overrides);
  return {
    format: 'csv',
    csv,
    sheets: [{ name: '', hidden: false }],
    size: source.size,
    read: (options = {}) => readRows(source, context, csv, options),
    close: async () => source.close?.(),
  };
}

async function* readRows(
  source: ByteSource,
  { limits }: TableContext,
  dialect: CsvDialect,
  { sheet, signal }: ReadOptions,
): AsyncGenerator<SheetBatch, void, void> {
  if (sheet !== undefined && sheet !== '') throw new TabularError('sheet_not_found', { sheet, sheets: '' });
  const reader = new RecordReader({ ...dialect, cellLength: limits.cellLength });
  const rows = new SheetRows(limits, dialect.separatorLine ? 1 : 0);
  let bytesRead = 0;
  while (bytesRead < source.size) {
    const piece = await untilAborted(source.read(bytesRead, PIECE), signal);
    if (piece.length === 0)
      throw new TabularError('file_unreadable', { format: 'CSV', reason: 'it is cut off', cut: 'yes' });
    bytesRead += piece.length;
    for (const records of reader.read(piece, bytesRead >= source.size)) {
      for (const batch of inBatches(rows.take(records))) {
        signal?.throwIfAborted();
        const { openEnd: end } = reader;
        const isEnd = end !== undefined && end.row === batch.at(-1)?.row;
        yield { rows: batch, bytesRead, ...(isEnd && { openEnd: end.cells }) };
      }
    }
    signal?.throwIfAborted();
  }
}

function* inBatches(rows: SheetRow[]): Generator<SheetRow[]> {
  if (rows.length > 0 && rows.length <= BATCH_ROWS) yield rows;
  else for (let i = 0; i < rows.length; i += BATCH_ROWS) yield rows.slice(i, i + BATCH_ROWS);
}
