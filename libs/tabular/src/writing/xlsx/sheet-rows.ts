import { TabularError } from '../../tabular-error.js';
import { formatOfTime, type CellFormat } from '../cell-formats.js';
import { CellCursor } from '../cell-cursor.js';
import { fractionOfDay, partsOfMoment, secondsOfTime, serialOfDay } from '../moments.js';
import { columnName } from '../column-name.js';
import type { CellFill, OutputRow } from '../output-cell.js';
import { RowOrder, SHEET_COLUMNS, SHEET_ROWS } from '../row-order.js';
import type { CellNote } from './streaming-workbook.js';
import { escapeString, hasKeptBlanks, stringXml } from './string-text.js';

/** UTF-16 units; Excel calls a file with a longer one damaged. */
export const CELL_LENGTH = 32_767;
/** Errors that Excel knows; with any other it calls the file damaged. */
const ERRORS = new Set(['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A', '#GETTING_DATA']);

/** Number of the style for a format and a fill. */
export type StyleNumbers = (format: CellFormat, fill: CellFill | undefined) => number;

/** Makes rows of a sheet (`row` elements) of rows of values. */
export class SheetRows {
  readonly order = new RowOrder(SHEET_ROWS, SHEET_COLUMNS);
  /** Of the rows made so far; whoever takes them empties it. */
  notes: CellNote[] = [];
  private readonly cursor = new CellCursor();
  private readonly letters: string[] = [];

  /** @param formats of the columns; further ones are text */
  constructor(
    private readonly formats: readonly CellFormat[],
    private readonly styleNumbers: StyleNumbers,
  ) {}

  /** @throws TabularError cell_not_writable, cell_too_long, too_many_rows, too_many_columns */
  xml(outputRow: OutputRow): string {
    const { order, cursor } = this;
    order.take(outputRow);
    const { row, cells, kinds } = order;
    cursor.row = row;
    let xml = '';
    for (let column = 0; column < cells.length; column++) {
      cursor.take(cells[column], kinds?.[column], column);
      if (cursor.text !== '' || cursor.fill !== undefined || cursor.comment !== undefined) xml += this.cellXml();
    }
    return xml === '' ? '' : `<row r="${row}">${xml}</row>`;
  }

  private cellXml(): string {
    const { cursor } = this;
    const { text, kind, row } = cursor;
    const ref = this.columnName(cursor.column) + row;
    if (cursor.comment !== undefined) this.addNote(ref, cursor.comment);
    switch (text === '' ? 'empty' : kind) {
      case 'number': {
        return this.numberXml(ref, 'general', text);
      }
      case 'percent': {
        return this.numberXml(ref, 'percent', text);
      }
      case 'date': {
        return this.serialXml(ref, 'date', serialOfDay(text));
      }
      case 'dateTime': {
        return this.serialXml(ref, 'dateTime', serialOfMoment(text));
      }
      case 'time': {
        const seconds = secondsOfTime(text) ?? 0;
        return this.serialXml(ref, formatOfTime(seconds), fractionOfDay(seconds));
      }
      case 'boolean': {
        return `<c r="${ref}"${this.style('general')} t="b"><v>${text === 'TRUE' ? 1 : 0}</v></c>`;
      }
      case 'error': {
        return ERRORS.has(text) ? `<c r="${ref}"${this.style('general')} t="e"><v>${text}</v></c>` : this.textXml(ref);
      }
      case 'empty': {
        return `<c r="${ref}"${this.style(this.formatOfText())}/>`;
      }
      case 'text': {
        return this.textXml(ref);
      }
    }
  }

  private textXml(ref: string): string {
    const { text } = this.cursor;
    this.checkLength(text);
    const space = hasKeptBlanks(text) ? ' xml:space="preserve"' : '';
    return `<c r="${ref}"${this.style(this.formatOfText())} t="inlineStr"><is><t${space}>${stringXml(text)}</t></is></c>`;
  }

  private numberXml(ref: string, format: CellFormat, text: string): string {
    return `<c r="${ref}"${this.style(format)}><v>${text}</v></c>`;
  }

  /** A moment without a number, before 1900, is written as a text, as people do in Excel. */
  private serialXml(ref: string, format: CellFormat, serial: number | undefined): string {
    return serial === undefined ? this.textXml(ref) : this.numberXml(ref, format, String(serial));
  }

  private addNote(ref: string, text: string): void {
    if (!text.isWellFormed()) this.cursor.refuse('character');
    this.checkLength(text);
    this.notes.push({ ref, text: escapeString(text) });
  }

  private checkLength(text: string): void {
    if (text.length <= CELL_LENGTH) return;
    const { row, column } = this.cursor;
    throw new TabularError('cell_too_long', { row, column: column + 1, limit: CELL_LENGTH, length: text.length });
  }

  /** In a column of numbers or dates a text stays open to what Excel makes of it when a person corrects it. */
  private formatOfText(): CellFormat {
    const format = this.formats[this.cursor.column] ?? 'text';
    return format === 'text' ? 'text' : 'general';
  }

  private style(format: CellFormat): string {
    const number = this.styleNumbers(format, this.cursor.fill);
    return number === 0 ? '' : ` s="${number}"`;
  }

  private columnName(column: number): string {
    return (this.letters[column] ??= columnName(column));
  }
}

function serialOfMoment(text: string): number | undefined {
  const moment = partsOfMoment(text);
  const day = moment && serialOfDay(moment.day);
  return day === undefined ? undefined : day + fractionOfDay(moment?.seconds ?? 0);
}
