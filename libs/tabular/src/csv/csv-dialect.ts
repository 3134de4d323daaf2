import { TabularError } from '../tabular-error.js';
import type { ByteSource } from '../source/byte-source.js';
import { csvEncoding, markedEncoding, type CsvEncoding } from './encodings.js';
import { announcedDelimiter, recogniseDelimiter } from './recognise-delimiter.js';
import { recogniseEncoding } from './recognise-encoding.js';
import { recogniseQuote } from './recognise-quote.js';
import { CsvTextDecoder } from './text-decoder.js';

/** How the bytes of a CSV file become cells. */
export interface CsvDialect {
  readonly encoding: CsvEncoding;
  /** The file begins with a byte order mark. */
  readonly bom: boolean;
  /** One character. */
  readonly delimiter: string;
  /** One character. */
  readonly quote: string;
  /** The first record is no row, but a line such as `sep=;` that tells spreadsheets the delimiter. */
  readonly separatorLine: boolean;
}

/** What somebody knows better; the rest is recognised. */
export interface CsvOverrides {
  /** One of `CSV_ENCODINGS`. */
  readonly encoding?: string | undefined;
  /** One character. */
  readonly delimiter?: string | undefined;
  /** One character. */
  readonly quote?: string | undefined;
}

/** Holds a header of 2,000 long names in UTF-16, and a few hundred rows of most files. */
const HEAD = 256 * 1024;

/**
 * Recognises how a CSV file is to be read: its encoding by all of its bytes if need be, the rest by its beginning.
 *
 * @throws TabularError file_empty, unsupported_format (`BIN`: no text; `JSON` and others), wrong_encoding (before the
 * first row ends), file_unreadable (an encoding that nobody knows)
 */
export async function recogniseDialect(source: ByteSource, overrides: CsvOverrides): Promise<CsvDialect> {
  const head = await source.read(0, HEAD);
  const isWhole = head.length >= source.size;
  const said = overrides.encoding === undefined ? undefined : csvEncoding(overrides.encoding);
  // A byte order mark is never wrong; what was said once and for all files may be.
  const isSaid = said !== undefined && markedEncoding(head) === undefined;
  const recognised = isSaid ? { encoding: said, bom: false } : await recogniseEncoding(source, head);
  const text = headText(head, recognised.encoding, isWhole);
  if (isWhole && text.trim() === '') throw new TabularError('file_empty');
  refuseOtherText(text);
  const announced = announcedDelimiter(text);
  const quote = overrides.quote ?? recogniseQuote(text);
  const delimiter = overrides.delimiter ?? announced ?? recogniseDelimiter(text, quote, isWhole);
  return { ...recognised, delimiter, quote, separatorLine: announced !== undefined };
}

/** @throws TabularError wrong_encoding when it goes wrong in the first row */
function headText(head: Uint8Array, encoding: CsvEncoding, isWholeFile: boolean): string {
  const text = new CsvTextDecoder(encoding).decode(head, isWholeFile);
  if (typeof text === 'string') return text;
  // Bad bytes further down are found, with their row, when the file is read.
  if (/[\r\n]/.test(text.before)) return text.before;
  throw new TabularError('wrong_encoding', { row: 1, encoding });
}

/** Texts that hold data, but no rows and columns. */
const OTHER_TEXTS: readonly (readonly [format: string, beginning: RegExp])[] = [
  ['JSON', /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*(?:\{\s*["}]|\[\s*["\d[]))/],
  ['VCARD', /^\s*BEGIN:VCARD\s/i],
  ['ICALENDAR', /^\s*BEGIN:VCALENDAR\s/i],
];

/** @throws TabularError unsupported_format */
function refuseOtherText(text: string): void {
  refuseBinary(text);
  const format = OTHER_TEXTS.find(([, beginning]) => beginning.test(text))?.[0];
  if (format !== undefined) throw new TabularError('unsupported_format', { format });
}

/** @throws TabularError unsupported_format: more than a stray control character in a hundred is no text */
function refuseBinary(text: string): void {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) controls++;
  }
  if (controls > 8 && controls * 100 > text.length) throw new TabularError('unsupported_format', { format: 'BIN' });
}
