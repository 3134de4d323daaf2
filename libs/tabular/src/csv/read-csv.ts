import type { RowLimits } from '../limits.js';
import type { RowBatch, TableRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { csvEncoding } from './encodings.js';
import { RecordCutter } from './record-cutter.js';
import { RowAssembler } from './row-assembler.js';
import { recordSplitter } from './split-records.js';
import { CsvTextDecoder } from './text-decoder.js';

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

/** Bytes that are handled at a stretch: enough to be fast, few enough to let others have their turn. */
const PIECE = 128 * 1024;

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
  const reader = new CsvReader(options);
  let bytesRead = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      options.signal?.throwIfAborted();
      const piece = chunk.subarray(from, from + PIECE);
      bytesRead += piece.length;
      for (const rows of reader.read(piece, false)) yield { rows, bytesRead };
    }
  }
  options.signal?.throwIfAborted();
  for (const rows of reader.read(new Uint8Array(), true)) yield { rows, bytesRead };
  if (!reader.hasRows) throw new TabularError('no_data_rows');
}

class CsvReader {
  private readonly decoder: CsvTextDecoder;
  private readonly cutter: RecordCutter;
  private readonly split: (text: string) => string[][];
  private readonly assembler: RowAssembler;
  private readonly encoding: string;
  private readonly cellLength: number;

  constructor({ encoding, delimiter, quote = '"', headerRow = 1, limits }: ReadCsvOptions) {
    const { cellLength } = limits;
    this.encoding = encoding;
    this.cellLength = cellLength;
    this.decoder = new CsvTextDecoder(csvEncoding(encoding));
    this.cutter = new RecordCutter({ delimiter, quote, cellLength });
    this.split = recordSplitter(delimiter, quote);
    this.assembler = new RowAssembler(headerRow, limits);
  }

  get hasRows(): boolean {
    return this.assembler.hasRows;
  }

  /** @param last no more bytes come */
  *read(bytes: Uint8Array, last: boolean): Generator<TableRow[]> {
    const text = this.decoder.decode(bytes, last);
    if (typeof text === 'string') {
      yield* this.readText(text, last);
      return;
    }
    yield* this.readText(text.before, false);
    throw new TabularError('wrong_encoding', { row: this.assembler.records + 1, encoding: this.encoding });
  }

  private *readText(piece: string, last: boolean): Generator<TableRow[]> {
    const { text, fault } = this.cutter.push(piece, last);
    const rows = this.assembler.take(this.split(text));
    if (rows.length > 0) yield rows;
    if (!fault) return;
    const row = this.assembler.records + 1;
    throw new TabularError(fault, fault === 'cell_too_long' ? { row, limit: this.cellLength } : { row });
  }
}
