import type { TabularErrorCode } from '../tabular-error.js';

export interface CutterOptions {
  readonly delimiter: string;
  readonly quote: string;
  /** UTF-16 units; a longer cell is a fault before it is whole. */
  readonly cellLength: number;
}

/** Why no record can be cut any more, found in the record that follows the last one given out. */
export type CutterFault = Extract<TabularErrorCode, 'unbalanced_quotes' | 'cell_too_long'>;

export interface CutRecords {
  /** Whole records, each ended by a line feed, which is not in them otherwise but within quotes. */
  readonly text: string;
  readonly fault?: CutterFault;
  /** The file ends in the last record, without a line end. */
  readonly isOpen?: true;
}

/** No record that somebody made is longer; keeps the text of an unfinished one small. */
const RECORD_LENGTH = 4 * 1024 * 1024;

/** More white space than this behind a quote is not looked through to see whether the quote closes its cell. */
const BLANKS_AFTER_QUOTE = 1_000;

/**
 * Cuts text that comes in pieces of any size into whole records, so that a parser never sees half of one. Reads each
 * character once, also in a quoted cell that goes on for ever.
 *
 * A quote opens at the beginning of a cell only. It closes before a delimiter, a line end or the end of the file, white
 * space in between does not count; a quote elsewhere in a quoted cell is a character. Records end with LF, CRLF or CR,
 * mixed too, as spreadsheets have it.
 */
export class RecordCutter {
  private pending = '';
  /** How far `pending` was read; in a quoted cell, where the search for its end goes on. */
  private at = 0;
  /** Where the quoted cell begins that is not closed yet. */
  private openAt = -1;
  private hasStrayQuote = false;
  /** The text of an overlong quoted cell is dropped; only its end is of interest, to tell what is wrong. */
  private isDropping = false;

  constructor(private readonly options: CutterOptions) {}

  /** @param last no more text comes */
  push(text: string, last: boolean): CutRecords {
    if (this.isDropping) return this.searchEnd(text, last);
    const scan = new Scan(this.pending + text, last);
    const fault = this.scan(scan) ?? this.excess(scan);
    this.keepRest(scan);
    if (fault) return { text: scan.out, fault };
    if (!last) return { text: scan.out };
    if (this.openAt >= 0) return { text: scan.out, fault: 'unbalanced_quotes' };
    const rest = this.pending.endsWith('\r') ? this.pending.slice(0, -1) : this.pending;
    if (this.pending === '') return { text: scan.out };
    return { text: `${scan.out}${rest}\n`, ...(rest === this.pending && { isOpen: true }) };
  }

  private scan(scan: Scan): CutterFault | undefined {
    for (;;) {
      if (this.openAt < 0) {
        const quote = scan.text.indexOf(this.options.quote, this.at);
        const end = quote < 0 ? scan.text.length : quote;
        this.takeRecords(scan, end);
        if (quote < 0) {
          // A CR at the end belongs to the LF that may follow it.
          this.at = end > this.at && scan.text.endsWith('\r') ? end - 1 : end;
          return undefined;
        }
        this.at = quote + 1;
        if (quote !== scan.recordStart && scan.text[quote - 1] !== this.options.delimiter) continue;
        this.openAt = quote;
        this.hasStrayQuote = false;
      }
      const closed = this.findEnd(scan);
      if (closed === undefined) return undefined;
      if (this.hasStrayQuote && hasLineBreak(scan.text, this.openAt, closed)) return 'unbalanced_quotes';
      this.openAt = -1;
      this.at = closed + 1;
    }
  }

  /** @returns the place of the closing quote, or undefined when it has not come yet */
  private findEnd(scan: Scan): number | undefined {
    const { text, last } = scan;
    const { quote } = this.options;
    for (;;) {
      const found = text.indexOf(quote, this.at);
      if (found < 0) {
        this.at = text.length;
        return undefined;
      }
      this.at = found;
      if (text[found + 1] === quote) {
        this.at = found + 2;
        continue;
      }
      const verdict = this.closesAt(text, found, last);
      if (verdict === 'unsure') return undefined;
      if (verdict === 'yes') return found;
      this.hasStrayQuote = true;
      this.at = found + 1;
    }
  }

  private closesAt(text: string, quote: number, last: boolean): 'yes' | 'no' | 'unsure' {
    for (let i = quote + 1; i < text.length; i++) {
      const next = text.charAt(i);
      if (next === this.options.delimiter || next === '\n' || next === '\r') return 'yes';
      if (next.trim() !== '' || i - quote > BLANKS_AFTER_QUOTE) return 'no';
    }
    return last ? 'yes' : 'unsure';
  }

  /** Gives out the records that end in front of `end`, where no quoted cell is. */
  private takeRecords(scan: Scan, end: number): void {
    const plain = scan.text.slice(this.at, end);
    let carriage = plain.lastIndexOf('\r');
    // A CR at the end of the text may belong to an LF that follows it.
    if (!scan.last && carriage >= 0 && this.at + carriage + 1 === scan.text.length) {
      carriage = plain.slice(0, carriage).lastIndexOf('\r');
    }
    const lineEnd = Math.max(plain.lastIndexOf('\n'), carriage);
    if (lineEnd >= 0) scan.endRecords(this.at, this.at + lineEnd + 1, carriage >= 0);
  }

  /** Refuses what grows without end before it fills the memory. */
  private excess({ text, recordStart, last }: Scan): CutterFault | undefined {
    // Each character of a cell may stand as two, quotes around them.
    const limit = this.options.cellLength * 2 + 2;
    if (this.openAt >= 0) {
      this.isDropping = !last && text.length - this.openAt > limit;
      return undefined;
    }
    if (text.length - recordStart <= limit) return undefined;
    const cellStart = Math.max(text.lastIndexOf(this.options.delimiter) + 1, recordStart);
    return text.length - cellStart > limit || text.length - recordStart > RECORD_LENGTH ? 'cell_too_long' : undefined;
  }

  private keepRest({ text, recordStart }: Scan): void {
    if (this.isDropping) {
      this.pending = text.slice(this.at);
      this.at = 0;
      return;
    }
    this.pending = text.slice(recordStart);
    this.at -= recordStart;
    if (this.openAt >= 0) this.openAt -= recordStart;
  }

  /** The rest of an overlong quoted cell: closed somewhere, it was only too long; else its quote was never closed. */
  private searchEnd(text: string, last: boolean): CutRecords {
    const scan = new Scan(this.pending + text, last);
    const closed = this.findEnd(scan);
    this.pending = scan.text.slice(this.at);
    this.at = 0;
    if (closed !== undefined) return { text: '', fault: this.hasStrayQuote ? 'unbalanced_quotes' : 'cell_too_long' };
    return last ? { text: '', fault: 'unbalanced_quotes' } : { text: '' };
  }
}

/** One pass over the text at hand: the records found so far, with line feeds at their ends. */
class Scan {
  recordStart = 0;
  private readonly parts: string[] = [];
  private copied = 0;

  constructor(
    readonly text: string,
    readonly last: boolean,
  ) {}

  /** Where no quoted cell is from `from` to `next`, line ends become line feeds; the last one ends just before `next`. */
  endRecords(from: number, next: number, hasReturns: boolean): void {
    this.recordStart = next;
    // What has line feeds only needs no copy of its own.
    if (!hasReturns) return;
    this.parts.push(this.text.slice(this.copied, from), this.text.slice(from, next).replace(/\r\n?/g, '\n'));
    this.copied = next;
  }

  get out(): string {
    const rest = this.text.slice(this.copied, this.recordStart);
    return this.parts.length === 0 ? rest : this.parts.join('') + rest;
  }
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  const feed = text.indexOf('\n', from);
  return (feed >= 0 && feed < to) || text.slice(from, to).includes('\r');
}
