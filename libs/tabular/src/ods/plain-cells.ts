import { BytePattern, endOfPlainText, plainText } from '../xml/byte-patterns.js';
import { decodeText } from '../xml/text.js';
import { typedValue } from './cell-value.js';
import type { RowBuilder } from './row-builder.js';

export interface Prefixes {
  readonly table: string;
  readonly office: string;
  readonly text: string;
  readonly calcext: string;
}

interface ValueType {
  readonly name: string;
  /** From behind `office:value-type="` to the value. */
  readonly opening: BytePattern;
}

const QUOTE = 34;

/**
 * Reads cells as programs write those that have nothing special, straight from the bytes: with a style at most in front of
 * their value, not repeated, without a formula. What looks different, or is cut off, is left to the caller.
 */
export class PlainCells {
  private readonly opening: BytePattern;
  private readonly style: BytePattern;
  private readonly type: BytePattern;
  private readonly typed: readonly ValueType[];
  private readonly calculated: BytePattern;
  private readonly paragraph: BytePattern;
  private readonly closing: BytePattern;
  private readonly nextRow: BytePattern;
  /** What was found of the cell at hand. */
  private typeName = '';
  private value = '';

  constructor({ table, office, text, calcext }: Prefixes) {
    this.opening = new BytePattern(`<${table}:table-cell`);
    this.style = new BytePattern(` ${table}:style-name="`);
    this.type = new BytePattern(` ${office}:value-type="`);
    this.typed = [
      ['float', 'value'],
      ['date', 'date-value'],
      ['percentage', 'value'],
      ['boolean', 'boolean-value'],
    ].map(([name = '', attribute]) => ({ name, opening: new BytePattern(`${name}" ${office}:${attribute}="`) }));
    this.calculated = new BytePattern(` ${calcext}:value-type="`);
    this.paragraph = new BytePattern(`<${text}:p>`);
    this.closing = new BytePattern(`</${text}:p></${table}:table-cell>`);
    this.nextRow = new BytePattern(`</${table}:table-row><${table}:table-row`);
  }

  /**
   * @param bytes with zeros behind their end
   * @param buffer the same bytes, each a character
   * @returns where the first thing stands that was not read
   */
  read(bytes: Buffer, buffer: string, from: number, row: RowBuilder): number {
    let at = from;
    while (this.opening.standsAt(bytes, at)) {
      const end = this.cell(bytes, buffer, at + this.opening.length, row);
      if (end < 0) break;
      at = end;
    }
    return at;
  }

  /** @returns where the cells of the row begin that follows this one, or -1: it looks different */
  rowBehind(bytes: Buffer, from: number): number {
    if (!this.nextRow.standsAt(bytes, from)) return -1;
    const at = this.behindStyle(bytes, from + this.nextRow.length);
    return bytes[at] === 62 /* > */ ? at + 1 : -1;
  }

  private cell(bytes: Buffer, buffer: string, from: number, row: RowBuilder): number {
    this.typeName = '';
    let at = this.behindStyle(bytes, from);
    if (this.type.standsAt(bytes, at)) at = this.behindValue(bytes, buffer, at + this.type.length);
    if (at < 0) return -1;
    if (bytes[at] === 47 && bytes[at + 1] === 62 /* /> */) {
      return this.add(row, '') ? at + 2 : -1;
    }
    const start = at + 1 + this.paragraph.length;
    if (bytes[at] !== 62 || !this.paragraph.standsAt(bytes, at + 1)) return -1;
    const plainEnd = endOfPlainText(bytes, start);
    const end = plainEnd < 0 ? buffer.indexOf('<', start) : plainEnd;
    if (end < 0 || !this.closing.standsAt(bytes, end)) return -1;
    const shown = plainEnd < 0 || plainText.isAscii ? buffer.slice(start, end) : bytes.toString('utf8', start, end);
    return this.add(row, plainEnd < 0 ? decodeText(shown) : shown) ? end + this.closing.length : -1;
  }

  private behindStyle(bytes: Buffer, from: number): number {
    if (!this.style.standsAt(bytes, from)) return from;
    let at = from + this.style.length;
    for (let code = bytes[at]; code !== QUOTE; code = bytes[++at]) if (code === 60 || !code) return -1;
    return at + 1;
  }

  /** @returns where the attributes of the value end, or -1 */
  private behindValue(bytes: Buffer, buffer: string, from: number): number {
    if (STRING.standsAt(bytes, from)) return this.behindCalculated(bytes, from + STRING.length);
    const type = this.typed.find(({ opening }) => opening.standsAt(bytes, from));
    if (!type) return -1;
    const start = from + type.opening.length;
    let at = start;
    for (let code = bytes[at]; code !== QUOTE; code = bytes[++at]) {
      if (code === 60 || code === 38 || !code || code <= 32) return -1;
    }
    this.typeName = type.name;
    this.value = buffer.slice(start, at);
    return this.behindCalculated(bytes, at + 1);
  }

  private behindCalculated(bytes: Buffer, from: number): number {
    if (!this.calculated.standsAt(bytes, from)) return from;
    const start = from + this.calculated.length;
    if (ERROR.standsAt(bytes, start)) return -1;
    let at = start;
    for (let code = bytes[at] ?? 0; code >= 97 && code <= 122; code = bytes[++at] ?? 0);
    return bytes[at] === QUOTE ? at + 1 : -1;
  }

  /** @returns whether the value is of its type */
  private add(row: RowBuilder, shown: string): boolean {
    if (this.typeName === '') {
      row.add(shown, 'text', 1);
      return true;
    }
    const found = typedValue(this.typeName, this.value, shown);
    if (found) row.add(found[0], found[1], 1);
    return found !== undefined;
  }
}

const STRING = new BytePattern('string"');
const ERROR = new BytePattern('error"');
