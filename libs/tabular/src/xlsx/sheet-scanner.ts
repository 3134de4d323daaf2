import type { TableLimits } from '../limits.js';
import type { SheetRow } from '../table.js';
import { XmlScanner } from '../xml/xml-scanner.js';
import { TabularError } from '../tabular-error.js';
import { CellValues } from './cell-values.js';
import { columnOf, rowOf } from './cell-reference.js';
import { FastCells } from './fast-cells.js';
import { FastRowTags } from './fast-row-tags.js';
import type { NumberFormat } from './number-format.js';
import { maxRawLength, RichText } from './rich-text.js';
import { RowBuilder, SHEET_ROWS } from './row-builder.js';
import type { SharedStrings } from './shared-strings.js';
import { unreadable } from './xlsx-error.js';

/** Longest tag, or text between two tags, in bytes, unless cells may be longer. */
const TOKEN_LENGTH = 4 * 1024 * 1024;

export interface SheetScannerOptions {
  readonly limits: TableLimits;
  readonly formats: readonly NumberFormat[];
  readonly date1904: boolean;
  readonly strings: SharedStrings | undefined;
}

type Place = 'before' | 'data' | 'row' | 'cell' | 'inline' | 'behind';

/** Makes rows of the XML of a sheet, cut anywhere. */
export class SheetScanner {
  /** Those that were finished; whoever takes them empties the array. */
  rows: SheetRow[] = [];
  private readonly xml: XmlScanner;
  private readonly row: RowBuilder;
  private readonly values: CellValues;
  /** Where `scan` ends. */
  private wanted = 0;
  private fast: FastCells | undefined;
  private rowTags = new FastRowTags('');
  private readonly rich = new RichText();
  private place: Place = 'before';
  /** The row does not say its number: its first cell may. */
  private isRowImplicit = false;
  /** Column of the next cell that does not say its own, from 0. */
  private nextColumn = 0;
  private column = 0;
  private type = 'n';
  private style = 0;
  private raw = '';
  private hasInline = false;

  constructor(private readonly options: SheetScannerOptions) {
    const { limits } = options;
    this.xml = new XmlScanner(Math.max(TOKEN_LENGTH, maxRawLength(limits.cellLength)));
    this.row = new RowBuilder(limits);
    this.values = new CellValues(this.row, options.formats, options.date1904, options.strings);
  }

  /** @param last no more come. @throws TabularError what the sheet is refused with */
  push(bytes: Uint8Array, last: boolean): void {
    this.xml.push(bytes, last);
  }

  /**
   * Goes on until there are so many rows. @returns false: all bytes were looked at
   * @throws TabularError what the sheet is refused with
   */
  scan(rows: number): boolean {
    const { xml } = this;
    this.wanted = rows;
    while (this.rows.length < rows) {
      if (!xml.next()) {
        this.checkPending();
        return false;
      }
      this.take();
    }
    return true;
  }

  private checkPending(): void {
    if (this.place !== 'cell' && this.place !== 'inline') return;
    const { cellLength } = this.options.limits;
    if (this.xml.pendingLength > maxRawLength(cellLength)) {
      throw new TabularError('cell_too_long', { row: this.row.row, limit: cellLength });
    }
  }

  private take(): void {
    const { xml } = this;
    switch (this.place) {
      case 'before':
        this.takeBefore();
        break;
      case 'data':
        if (xml.isOpen && xml.name === 'row') this.beginRow();
        else if (xml.isClose && xml.name === 'sheetData') this.endData();
        break;
      case 'row':
        if (xml.isOpen && xml.name === 'c') this.beginCell();
        else if (xml.isClose && xml.name === 'row') this.place = 'data';
        break;
      case 'cell':
        this.takeInCell();
        break;
      case 'inline':
        if (xml.isClose && xml.name === 'is') this.place = 'cell';
        else this.rich.take(xml);
        this.checkLength();
        break;
      case 'behind':
        // Merged ranges stand here, behind all rows: what a file holds under them was given out by now. Programs empty
        // those cells when they merge; unpacking every sheet twice for the few that do not is not worth it.
        break;
    }
  }

  private takeBefore(): void {
    const { xml } = this;
    if (xml.depth === 1 && xml.isOpen && !xml.isSelfClosing && xml.name !== 'worksheet') {
      throw unreadable('a part that should be a sheet is none');
    }
    if (xml.isOpen && xml.name === 'sheetData' && !xml.isSelfClosing) this.place = 'data';
  }

  private beginRow(): void {
    const { xml, row } = this;
    const number = xml.attribute('r');
    this.isRowImplicit = number === undefined;
    this.beginRowAt(number === undefined ? row.row + 1 : rowOf(number));
    this.nextColumn = 0;
    if (xml.isSelfClosing) return;
    this.place = 'row';
    this.readFast();
  }

  /**
   * A row that is there once more goes on (LibreOffice reads it so, Excel refuses it); one further up cannot be given out
   * any more.
   */
  private beginRowAt(number: number): void {
    const { row } = this;
    if (number < 1 || number > SHEET_ROWS) throw unreadable(`a sheet has no row ${number}`);
    if (number < row.row) throw unreadable(`row ${number} stands behind row ${row.row}`);
    if (number === row.row) return;
    this.finishRow();
    row.row = number;
  }

  private finishRow(): void {
    const row = this.row.take();
    if (row) this.rows.push(row);
  }

  private endData(): void {
    this.finishRow();
    this.place = 'behind';
  }

  private beginCell(): void {
    const { xml } = this;
    const reference = xml.attribute('r');
    this.column = reference === undefined ? this.nextColumn : columnOf(reference);
    this.nextColumn = this.column + 1;
    if (this.isRowImplicit && reference !== undefined) {
      const number = rowOf(reference);
      if (number > SHEET_ROWS) throw unreadable(`a sheet has no row ${number}`);
      if (number > this.row.row) this.row.row = number;
    }
    this.isRowImplicit = false;
    if (xml.isSelfClosing) return;
    this.type = xml.attribute('t') ?? 'n';
    this.style = Number(xml.attribute('s') ?? 0);
    this.raw = '';
    this.hasInline = false;
    this.place = 'cell';
  }

  private takeInCell(): void {
    const { xml } = this;
    if (xml.name === 'v') {
      if (xml.isClose) this.raw = xml.text;
    } else if (xml.name === 'is') {
      if (!xml.isOpen || xml.isSelfClosing) return;
      this.rich.begin();
      this.hasInline = true;
      this.place = 'inline';
    } else if (xml.isClose && xml.name === 'c') this.endCell();
  }

  private endCell(): void {
    if (this.hasInline && (this.type === 'inlineStr' || this.raw === '')) {
      this.values.setText(this.column, this.rich.text);
    } else this.values.set(this.column, this.type, this.style, this.raw);
    this.place = 'row';
    this.readFast();
  }

  /** Not a row whose first cell may say its number. */
  private readFast(): void {
    const { xml } = this;
    if (this.isRowImplicit) return;
    if (this.fast?.prefix !== xml.prefix) {
      this.fast = new FastCells(this.values, xml.prefix);
      this.rowTags = new FastRowTags(xml.prefix);
    }
    const { fast, rowTags } = this;
    const { bytes, buffer } = xml;
    let at = fast.read(bytes, buffer, xml.position, this.nextColumn);
    while (this.rows.length < this.wanted) {
      const next = rowTags.read(bytes, at);
      if (next < 0) break;
      this.beginRowAt(rowTags.row);
      at = fast.read(bytes, buffer, next, 0);
    }
    xml.skipTo(at);
    this.nextColumn = fast.column;
  }

  private checkLength(): void {
    const { limits } = this.options;
    if (this.rich.text.length > limits.cellLength) {
      throw new TabularError('cell_too_long', { row: this.row.row, limit: limits.cellLength });
    }
  }
}
