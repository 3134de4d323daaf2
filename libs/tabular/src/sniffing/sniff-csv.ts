import { headText, refuseBinary } from '../csv/csv-dialect.js';
import { csvEncoding, type CsvEncoding } from '../csv/encodings.js';
import { isBlank } from '../is-blank.js';
import { announcedDelimiter, headRecords, recogniseDelimiter } from '../csv/recognise-delimiter.js';
import { recogniseHeadEncoding } from '../csv/recognise-encoding.js';
import { recogniseQuote } from '../csv/recognise-quote.js';
import { TabularError } from '../tabular-error.js';
import { refuseOtherFormats } from '../format/refuse-other-formats.js';

export interface SniffCsvOptions {
  /** The head is the file to its end. */
  readonly isWholeFile: boolean;
  /** What somebody knows better; the rest is recognised. */
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly headerRow?: number | undefined;
}

/** How a CSV file is to be read, as `readCsv` takes it. */
export interface SniffedCsv {
  readonly encoding: CsvEncoding;
  readonly bom: boolean;
  readonly delimiter: string;
  readonly quote: string;
  /** Record number of the header, from 1. */
  readonly headerRow: number;
  /** Header texts in file order. */
  readonly columns: string[];
}

/**
 * Tells from the beginning of a file how to read it; 64 KB are plenty.
 *
 * @throws TabularError file_empty, no_data_rows (both only if the whole file is seen), unsupported_format,
 * wrong_encoding, unbalanced_quotes, cell_too_long (a header longer than the head)
 */
export function sniffCsv(head: Uint8Array, options: SniffCsvOptions): SniffedCsv {
  if (head.length === 0) throw new TabularError('file_empty');
  refuseOtherFormats(head);
  const recognised = recogniseHeadEncoding(head, options.isWholeFile);
  const encoding = options.encoding === undefined ? recognised.encoding : csvEncoding(options.encoding);
  const text = headText(head, encoding, options.isWholeFile);
  if (text.trim() === '' && options.isWholeFile) throw new TabularError('file_empty');
  refuseBinary(text);
  const announced = announcedDelimiter(text);
  const quote = recogniseQuote(text);
  const delimiter = options.delimiter ?? announced ?? recogniseDelimiter(text, quote, options.isWholeFile);
  const records = headRecords(text, delimiter, quote, options.isWholeFile);
  const headerRow = options.headerRow ?? recogniseHeader(records, announced !== undefined);
  const columns = records[headerRow - 1];
  if (!columns) throw withoutHeader(text, records, options);
  if (options.isWholeFile && endsCleanly(text, quote) && records.slice(headerRow).every(isBlank)) {
    throw new TabularError('no_data_rows');
  }
  return { encoding, bom: recognised.bom && recognised.encoding === encoding, delimiter, quote, headerRow, columns };
}

/** The first record that is not blank and at least half as full as the fullest: a title above the table is passed over. */
function recogniseHeader(records: readonly string[][], isAnnounced: boolean): number {
  const filled = records.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
  const first = isAnnounced ? 1 : 0;
  const fullest = filled.slice(first, 100).reduce((a, b) => Math.max(a, b), 1);
  const found = filled.findIndex((count, i) => i >= first && count > 0 && count * 2 >= fullest);
  return (found < 0 ? first : found) + 1;
}

function withoutHeader(text: string, records: readonly string[][], options: SniffCsvOptions): TabularError {
  if (!options.isWholeFile && records.length === 0)
    return new TabularError('cell_too_long', { row: 1, limit: text.length });
  return options.isWholeFile && records.length === 0
    ? new TabularError('unbalanced_quotes', { row: 1 })
    : new TabularError('no_data_rows');
}

/** Whether the file may be judged by its records: with a quote that is never closed, the last ones are missing. */
function endsCleanly(text: string, quote: string): boolean {
  return text.split(quote).length % 2 === 1;
}
