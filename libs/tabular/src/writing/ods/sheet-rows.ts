import { formatOfTime, type CellFormat } from '../cell-formats.js';
import { CellCursor } from '../cell-cursor.js';
import { isDay, partsOfMoment, secondsOfTime } from '../moments.js';
import type { OutputRow } from '../output-cell.js';
import { RowOrder, SHEET_COLUMNS, SHEET_ROWS } from '../row-order.js';
import { isXmlText } from '../xml-characters.js';
import { styleName } from './cell-styles.js';
import { attributeXml, paragraphs } from './xml-text.js';

/** Errors that OpenFormula has as constants; with others a formula would be another error. */
const ERRORS = new Set(['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A']);

/** Makes rows of a sheet (`table:table-row` elements) of rows of values. */
export class SheetRows {
  readonly order = new RowOrder(SHEET_ROWS, SHEET_COLUMNS);
  private readonly cursor = new CellCursor();

  /**
   * @param formats of the columns, as their own style has them; further ones are text
   * @param validations attribute of the cells of each column, or ''
   */
  constructor(
    private readonly formats: readonly CellFormat[],
    private readonly validations: readonly string[],
  ) {}

  /** @throws TabularError cell_not_writable, too_many_rows, too_many_columns */
  xml(outputRow: OutputRow, style?: string): string {
    const { order, cursor } = this;
    const before = order.row;
    order.take(outputRow);
    const { row, cells, kinds } = order;
    cursor.row = row;
    let xml = `${this.blankRows(row - before - 1)}<table:table-row>`;
    let blanks = 0;
    const { length } = this.validations.length > cells.length ? this.validations : cells;
    for (let column = 0; column < length; column++) {
      cursor.take(cells[column], kinds?.[column], column);
      const isBlank = cursor.text === '' && cursor.fill === undefined && cursor.comment === undefined;
      if (isBlank && !this.validations[column]) blanks++;
      else {
        xml += blankCells(blanks, '') + this.cellXml(style);
        blanks = 0;
      }
    }
    // A row needs a cell.
    return `${xml}${blankCells(length === 0 ? 1 : blanks, '')}</table:table-row>`;
  }

  /** Rows without values, in which people may enter only what the columns list. */
  blankRows(count: number): string {
    if (count === 0) return '';
    const cells = this.validations.map((validation) => blankCells(1, validation)).join('') || blankCells(1, '');
    return `<table:table-row table:number-rows-repeated="${count}">${cells}</table:table-row>`;
  }

  private cellXml(style?: string): string {
    const { cursor } = this;
    const { text, kind } = cursor;
    if (!isXmlText(text)) cursor.refuse('character');
    switch (text === '' ? 'empty' : kind) {
      case 'number': {
        return this.element('general', ` office:value-type="float" office:value="${text}"`);
      }
      case 'percent': {
        return this.element('percent', ` office:value-type="percentage" office:value="${text}"`);
      }
      case 'date': {
        return isDay(text) ? this.dateXml('date') : this.textXml(style);
      }
      case 'dateTime': {
        return isDay(partsOfMoment(text)?.day ?? '') ? this.dateXml('dateTime') : this.textXml(style);
      }
      case 'time': {
        const seconds = secondsOfTime(text) ?? 0;
        return this.element(formatOfTime(seconds), ` office:value-type="time" office:time-value="${duration(text)}"`);
      }
      case 'boolean': {
        return this.element('boolean', ` office:value-type="boolean" office:boolean-value="${text.toLowerCase()}"`);
      }
      case 'error': {
        return this.errorXml();
      }
      case 'empty':
      case 'text': {
        return this.textXml(style);
      }
    }
  }

  private dateXml(format: 'date' | 'dateTime'): string {
    return this.element(format, ` office:value-type="date" office:date-value="${this.cursor.text}"`);
  }

  /**
   * A paragraph cannot hold CR, and not every reader finds tabs in it; an attribute can, and it counts as the value where it
   * is given.
   */
  private textXml(style?: string): string {
    const { text, column } = this.cursor;
    const format = (this.formats[column] ?? 'text') === 'text' ? 'text' : 'general';
    const value = /[\r\t]/.test(text) ? ` office:string-value="${attributeXml(text)}"` : '';
    return this.element(format, text === '' ? '' : ` office:value-type="string"${value}`, style);
  }

  private errorXml(): string {
    const { text } = this.cursor;
    const formula = ERRORS.has(text) ? ` table:formula="of:=${text}"` : '';
    const attributes = ` office:value-type="string" office:string-value="" calcext:value-type="error"`;
    return this.element('general', formula + attributes);
  }

  private element(format: CellFormat, value: string, style?: string): string {
    const { text, column, fill, comment } = this.cursor;
    const name = style ?? styleName(format, fill);
    const styleAttribute = name === this.formats[column] ? '' : ` table:style-name="${name}"`;
    const content = (comment === undefined ? '' : this.annotation(comment)) + (text === '' ? '' : paragraphs(text));
    return `<table:table-cell${styleAttribute}${this.validations[column] ?? ''}${value}>${content}</table:table-cell>`;
  }

  private annotation(comment: string): string {
    if (!isXmlText(comment) || !comment.isWellFormed()) this.cursor.refuse('character');
    return `<office:annotation>${paragraphs(comment)}</office:annotation>`;
  }
}

function blankCells(count: number, validation: string): string {
  if (count === 0) return '';
  const repeated = count === 1 ? '' : ` table:number-columns-repeated="${count}"`;
  return `<table:table-cell${validation}${repeated}/>`;
}

/** `[-]HH:mm:ss` as an XML Schema duration. */
function duration(text: string): string {
  const [hours = '', minutes, seconds] = text.replace('-', '').split(':');
  return `${text.startsWith('-') ? '-' : ''}PT${hours}H${minutes}M${seconds}S`;
}
