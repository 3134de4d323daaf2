import type { RowLimits } from '../limits.js';
import type { RowBatch, SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { csvEncoding } from './encodings.js';
import { PIECE, RecordReader } from './record-reader.js';
import { RowAssembler } from './row-assembler.js';

export interface ReadCsvOptions {
  /** One of `CsvEncoding`. */
  readonly encoding: string;
  /** One character. */
  readonly delimiter: string;
  /** One character. Preset: `"`. */
  readonly quote?: string | undefined;
  /** Record number of the header, from 1; what stands above is passed over. 0: there is none. Preset: 1. */
  readonly headerRow?: number | undefined;
  readonly limits: RowLimits;
  /** Checked between two pieces of the file; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a CSV file as a stream: never more than a piece of it and one record are in memory, and the source is asked for
 * more only when the rows so far were taken. The source is closed when reading ends, whatever the reason.
 *
 * @throws TabularError wrong_encoding, unbalanced_quotes, cell_too_long, too_many_columns, too_many_rows, no_data_rows;
 * rows above the place may have been given out before
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  options: ReadCsvOptions,
): AsyncGenerator<RowBatch, void, void> {
  const { encoding, delimiter, quote = '"', headerRow = 1, limits, signal } = options;
  const reader = new RecordReader({ encoding: csvEncoding(encoding), delimiter, quote, cellLength: limits.cellLength });
  const assembler = new RowAssembler(headerRow, limits);
  let bytesRead = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      signal?.throwIfAborted();
      const piece = chunk.subarray(from, from + PIECE);
      bytesRead += piece.length;
      yield* batches(reader.read(piece, false), assembler, bytesRead);
    }
  }
  signal?.throwIfAborted();
  yield* batches(reader.read(new Uint8Array(), true), assembler, bytesRead);
  if (!assembler.hasRows) throw new TabularError('no_data_rows');
}

function* batches(parts: Iterable<SheetRow[]>, assembler: RowAssembler, bytesRead: number): Generator<RowBatch> {
  for (const records of parts) {
    const rows = assembler.take(records);
    if (rows.length > 0) yield { rows, bytesRead };
  }
}
