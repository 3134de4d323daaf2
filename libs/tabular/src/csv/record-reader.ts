import type { SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import type { CsvEncoding } from './encodings.js';
import { RecordCutter } from './record-cutter.js';
import { recordSplitter, type RecordSplitter } from './split-records.js';
import { CsvTextDecoder } from './text-decoder.js';

interface RecordReaderOptions {
  readonly encoding: CsvEncoding;
  readonly delimiter: string;
  readonly quote: string;
  /** UTF-16 units. */
  readonly cellLength: number;
}

/** Bytes that are handled at a stretch: enough to be fast, few enough to let others have their turn. */
export const PIECE = 64 * 1024;

/** From bytes, cut anywhere, to numbered records of cells. */
export class RecordReader {
  private records = 0;
  /** The last record, once it was given out, if no line end is behind it; its cells are counted, empty ones included. */
  openEnd: { readonly row: number; readonly cells: number } | undefined;
  private readonly decoder: CsvTextDecoder;
  private readonly cutter: RecordCutter;
  private readonly split: RecordSplitter;

  constructor(private readonly options: RecordReaderOptions) {
    this.decoder = new CsvTextDecoder(options.encoding);
    this.cutter = new RecordCutter(options);
    this.split = recordSplitter(options.delimiter, options.quote);
  }

  /**
   * The records that end in these bytes, numbered, without empty lines.
   *
   * @param last no more bytes come
   * @throws TabularError wrong_encoding, unbalanced_quotes, cell_too_long, after the records in front of the fault
   */
  *read(bytes: Uint8Array, last: boolean): Generator<SheetRow[]> {
    const text = this.decoder.decode(bytes, last);
    if (typeof text === 'string') {
      yield* this.readText(text, last);
      return;
    }
    yield* this.readText(text.before, false);
    throw new TabularError('wrong_encoding', { row: this.records + 1, encoding: this.options.encoding });
  }

  private *readText(piece: string, last: boolean): Generator<SheetRow[]> {
    const { text, fault, isOpen } = this.cutter.push(piece, last);
    const { rows, count } = this.split(text, this.records);
    this.records += count;
    const end = rows.at(-1);
    if (isOpen && end?.row === this.records) this.openEnd = { row: end.row, cells: end.cells.length };
    if (rows.length > 0) yield rows;
    if (!fault) return;
    const row = this.records + 1;
    throw new TabularError(fault, fault === 'cell_too_long' ? { row, limit: this.options.cellLength } : { row });
  }
}
