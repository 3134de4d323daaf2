import { isErrorValue } from '../../values/error-value.js';
import { CellCursor } from '../cell-cursor.js';
import type { OutputRow } from '../output-cell.js';
import { RowOrder } from '../row-order.js';
import type { FormatWriter, TableWriterOptions } from '../table-writer.js';
import type { WatchedOutput } from '../watched-output.js';
import { BYTE_ORDER_MARK, delimiterOf, formatCsvCell } from './write-csv.js';

/** Characters that are collected before they are written. */
const CHUNK = 1 << 16;

/** An error that reads as one stays one; whatever else a file calls an error may be a formula. */
function isGuarded({ kind, text }: CellCursor): boolean {
  return kind === 'text' || (kind === 'error' && !isErrorValue(text));
}

/** Texts as they are, guarded; other kinds in their one form, which no spreadsheet takes for a formula. */
export class CsvTableWriter implements FormatWriter {
  private readonly order = new RowOrder(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  private readonly cursor = new CellCursor();
  private readonly delimiter: string;
  private readonly width: number;
  private text = BYTE_ORDER_MARK;

  constructor(
    private readonly output: WatchedOutput,
    { columns, language = 'en' }: TableWriterOptions,
  ) {
    this.delimiter = delimiterOf(language);
    this.width = columns?.length ?? 0;
    if (columns) this.add(columns.map(({ header }) => header));
  }

  async write(rows: Iterable<OutputRow>): Promise<void> {
    for (const row of rows) {
      this.add(row);
      if (this.text.length >= CHUNK) await this.flush();
    }
  }

  async end(): Promise<void> {
    await this.flush();
    await this.output.finish();
  }

  abort(): void {
    this.text = '';
  }

  private async flush(): Promise<void> {
    const { text } = this;
    this.text = '';
    if (text !== '') await this.output.put(text);
  }

  /** Rows that are left out are blank records: the numbers of rows count records. */
  private add(row: OutputRow): void {
    const { order, cursor, delimiter, width } = this;
    const before = order.row;
    order.take(row);
    cursor.row = order.row;
    let line = '\r\n'.repeat(order.row - before - 1);
    const { cells, kinds } = order;
    const { length } = cells;
    for (let column = 0; column < length; column++) {
      cursor.take(cells[column], kinds?.[column], column);
      if (column > 0) line += delimiter;
      line += formatCsvCell(cursor.text, delimiter, isGuarded(cursor));
    }
    for (let column = Math.max(length, 1); column < width; column++) line += delimiter;
    this.text += `${line}\r\n`;
  }
}
