import { guardFormula } from './formula-guard.js';

/** Tells spreadsheets that a CSV file is UTF-8. Stands once, at its beginning. */
export const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvFormat {
  readonly delimiter: string;
  /** Preset: true. Only for files that no spreadsheet opens, or that must look like those of other programs. */
  readonly guardFormulas?: boolean;
}

/** The delimiter that spreadsheets of a language expect: where the comma is in numbers, the semicolon. */
export function delimiterOf(language: string): ';' | ',' {
  return language === 'de' ? ';' : ',';
}

/**
 * One record with its line end (CRLF, RFC 4180). A text that a spreadsheet would take for a formula gets one `'` in
 * front, which reading takes off again: what is read back is what was written.
 */
export function formatCsvRow(cells: readonly string[], { delimiter, guardFormulas = true }: CsvFormat): string {
  return `${cells.map((text) => formatCsvCell(text, delimiter, guardFormulas)).join(delimiter)}\r\n`;
}

export function formatCsvCell(text: string, delimiter: string, guardFormulas: boolean): string {
  const cell = guardFormulas ? guardFormula(text) : text;
  const isPlain =
    !cell.includes(delimiter) &&
    !cell.includes('"') &&
    !cell.includes('\n') &&
    !cell.includes('\r') &&
    cell.trim().length === cell.length;
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Writes a file: the byte order mark, then record after record. */
export class CsvWriter {
  private isFirst = true;

  constructor(private readonly format: CsvFormat) {}

  /** @returns the text to append to the file for these rows */
  write(rows: Iterable<readonly string[]>): string {
    let text = this.isFirst ? BYTE_ORDER_MARK : '';
    this.isFirst = false;
    for (const cells of rows) text += formatCsvRow(cells, this.format);
    return text;
  }
}
