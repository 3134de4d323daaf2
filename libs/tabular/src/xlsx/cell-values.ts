import { decodeText } from '../xml/text.js';
import { serialText } from '../values/date-serial.js';
import { numberText } from '../values/number-text.js';
import { parseNumber } from '../values/parse-number.js';
import { GENERAL, type NumberFormat } from './number-format.js';
import { isoCell } from './iso-cell.js';
import { stringText } from './rich-text.js';
import type { RowBuilder } from './row-builder.js';
import type { SharedStrings } from './shared-strings.js';
import { unreadable } from './xlsx-error.js';

/** Makes values of what cells hold, and puts them into the row. */
export class CellValues {
  constructor(
    private readonly row: RowBuilder,
    private readonly formats: readonly NumberFormat[],
    private readonly date1904: boolean,
    private readonly strings: SharedStrings | undefined,
  ) {}

  /** @param raw content of `v`, undecoded; @param type the attribute `t`; @param style the attribute `s` */
  set(column: number, type: string, style: number, raw: string): void {
    if (raw === '') return;
    switch (type) {
      case 'n':
        this.setNumber(column, style, raw);
        break;
      case 's':
        this.setShared(column, raw);
        break;
      case 'b':
        this.setBooleanText(column, decodeText(raw).trim());
        break;
      case 'e':
        this.row.set(column, decodeText(raw), 'error');
        break;
      case 'd':
        this.setIsoDate(column, style, raw);
        break;
      default:
        this.row.set(column, stringText(raw), 'text');
    }
  }

  setText(column: number, text: string): void {
    this.row.set(column, text, 'text');
  }

  setBoolean(column: number, value: boolean): void {
    this.row.set(column, value ? 'TRUE' : 'FALSE', 'boolean');
  }

  setNumber(column: number, style: number, raw: string): void {
    const value = parseNumber(raw);
    if (value === undefined) this.row.set(column, decodeText(raw).trim(), 'text');
    else this.setValue(column, style, value);
  }

  /**
   * A number in the form in which numbers are given out.
   *
   * @param value of integers; NaN: it must be taken from the text
   */
  setShortest(column: number, style: number, text: string, value: number): void {
    const { kind } = this.formatOf(style);
    if (kind === 'number' || kind === 'percent') this.row.set(column, text, kind);
    else this.setValue(column, style, Number.isNaN(value) ? Number(text) : value);
  }

  setValue(column: number, style: number, value: number): void {
    const kind = this.formatOf(style).kindOf(value);
    if (kind !== 'number' && kind !== 'percent') {
      const text = serialText(value, kind, this.date1904);
      if (text !== undefined) {
        this.row.set(column, text, kind === 'duration' ? 'time' : kind);
        return;
      }
    }
    this.row.set(column, numberText(value), kind === 'percent' ? 'percent' : 'number');
  }

  /** @throws TabularError file_unreadable: a number of no shared string is damage that would lose a text without a word */
  setSharedAt(column: number, index: number): void {
    const text = this.strings?.get(index);
    if (text === undefined) throw unreadable(`row ${this.row.row} has shared string ${index}, which there is not`);
    this.row.set(column, text, 'text');
  }

  formatOf(style: number): NumberFormat {
    return this.formats[style] ?? GENERAL;
  }

  private setShared(column: number, raw: string): void {
    const index = raw.trim();
    if (!/^\d{1,10}$/.test(index)) {
      throw unreadable(`row ${this.row.row} has a shared string that is no number`);
    }
    this.setSharedAt(column, Number(index));
  }

  private setBooleanText(column: number, text: string): void {
    const value = BOOLEANS.get(text.toLowerCase());
    this.row.set(column, value ?? text, value === undefined ? 'text' : 'boolean');
  }

  private setIsoDate(column: number, style: number, raw: string): void {
    const text = decodeText(raw).trim();
    const { kind } = this.formatOf(style);
    const cell = isoCell(text, kind);
    this.row.set(column, cell?.text ?? text, cell?.kind ?? 'text');
  }
}

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['1', 'TRUE'],
  ['true', 'TRUE'],
  ['0', 'FALSE'],
  ['false', 'FALSE'],
]);
