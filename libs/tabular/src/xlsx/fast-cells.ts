import { endOfPlainText, markup, plainText, BytePattern } from '../xml/byte-patterns.js';
import type { CellValues } from './cell-values.js';

/** Longest number whose digits are for certain the shortest of its double. */
const EXACT_DIGITS = 15;
/** Longer ones are left to the caller: they may be more than a double can hold. */
const FINITE_DIGITS = 64;
/** Shorter slices are copies; longer ones would keep all the text around them in memory. */
const COPIED_SLICE = 13;
/** Types that have no single letter. */
const STR = -1;
const INLINE = -2;

/**
 * Reads cells of the forms in which nearly all files have nearly all of theirs, such as
 * `<c r="A1" s="1" t="s"><v>12</v></c>`, straight from the bytes: several times as fast as tag by tag. Whatever looks
 * different, or is cut off, is left to the caller.
 */
export class FastCells {
  /** Column behind the last cell that was read, from 0. */
  column = 0;
  private type = 0;
  private style = 0;
  private readonly opening: BytePattern;
  private readonly value: BytePattern;
  private readonly closing: BytePattern;
  private readonly formula: BytePattern;
  private readonly formulaEnd: BytePattern;
  private readonly inline: BytePattern;
  private readonly inlinePreserving: BytePattern;
  private readonly inlineEnd: BytePattern;

  /** @param prefix of the names of the sheet */
  constructor(
    private readonly values: CellValues,
    readonly prefix: string,
  ) {
    this.opening = markup('<:c ', prefix);
    this.value = markup('<:v>', prefix);
    this.closing = markup('</:v></:c>', prefix);
    this.formula = markup('<:f', prefix);
    this.formulaEnd = markup('</:f>', prefix);
    this.inline = markup('<:is><:t>', prefix);
    this.inlinePreserving = markup('<:is><:t ', prefix, 'xml:space="preserve">');
    this.inlineEnd = markup('</:t></:is></:c>', prefix);
  }

  /**
   * @param bytes with zeros behind their end
   * @param text the same bytes, each a character
   * @returns where the first thing stands that was not read
   */
  read(bytes: Buffer, text: string, from: number, firstColumn: number): number {
    let at = from;
    this.column = firstColumn;
    while (this.opening.standsAt(bytes, at)) {
      const before = this.column;
      const tag = this.tag(bytes, at + this.opening.length);
      const end = tag > 0 ? this.content(bytes, text, tag) : -tag;
      if (end <= 0) {
        this.column = before;
        break;
      }
      this.column++;
      at = end;
    }
    return at;
  }

  /**
   * Reads the attributes into `column`, `style` and `type`.
   *
   * @returns where the content begins; negative: where a cell without content ends; 0: it looks different
   */
  private tag(bytes: Uint8Array, from: number): number {
    let at = from;
    this.style = 0;
    this.type = 110;
    for (;;) {
      const attribute = bytes[at];
      if (bytes[at + 1] !== 61 || bytes[at + 2] !== 34 /* =" */) return 0;
      at += 3;
      let code = bytes[at] ?? 0;
      if (attribute === 114 /* r */) {
        let column = 0;
        while (code >= 65 && code <= 90) {
          column = column * 26 + code - 64;
          code = bytes[++at] ?? 0;
        }
        const digits = at;
        while (code >= 48 && code <= 57) code = bytes[++at] ?? 0;
        if (column === 0 || column > 16_384 || at === digits) return 0;
        this.column = column - 1;
      } else if (attribute === 115 /* s */) {
        let style = 0;
        while (code >= 48 && code <= 57 && style < 10_000_000) {
          style = style * 10 + code - 48;
          code = bytes[++at] ?? 0;
        }
        this.style = style;
      } else if (attribute === 116 /* t */) at = this.readType(bytes, at, code);
      else return 0;
      if (bytes[at] !== 34) return 0;
      code = bytes[++at] ?? 0;
      if (code === 62 /* > */) return at + 1;
      if (code === 47 && bytes[at + 1] === 62 /* /> */) return -(at + 2);
      if (code !== 32) return 0;
      at++;
    }
  }

  private readType(bytes: Uint8Array, at: number, code: number): number {
    this.type = code;
    if (bytes[at + 1] === 34) return at + 1;
    this.type = code === 115 ? STR : INLINE;
    return at + (STR_NAME.standsAt(bytes, at) ? 3 : INLINE_NAME.standsAt(bytes, at) ? 9 : 0);
  }

  /** @returns where the cell ends, or -1 when nothing was read; so do the others */
  private content(bytes: Buffer, text: string, from: number): number {
    if (this.type === INLINE) return this.inlineText(bytes, from);
    const at = this.formula.standsAt(bytes, from) ? this.formulaFrom(bytes, text, from) : from;
    if (at < 0 || !this.value.standsAt(bytes, at)) return -1;
    const start = at + this.value.length;
    let end = -1;
    if (this.type === 115 /* s */) end = this.shared(bytes, start);
    else if (this.type === 110 /* n */) end = this.number(bytes, text, start);
    else if (this.type === 98 /* b */) end = this.boolean(bytes, start);
    return end < 0 ? this.other(bytes, text, start) : end;
  }

  private shared(bytes: Uint8Array, start: number): number {
    let index = 0;
    let at = start;
    let code = bytes[at] ?? 0;
    while (code >= 48 && code <= 57) {
      index = index * 10 + code - 48;
      code = bytes[++at] ?? 0;
    }
    if (at === start || at - start > EXACT_DIGITS || !this.closing.standsAt(bytes, at)) return -1;
    this.values.setSharedAt(this.column, index);
    return at + this.closing.length;
  }

  private boolean(bytes: Uint8Array, start: number): number {
    const code = bytes[start];
    if ((code !== 48 && code !== 49) || !this.closing.standsAt(bytes, start + 1)) return -1;
    this.values.setBoolean(this.column, code === 49);
    return start + 1 + this.closing.length;
  }

  /** Digits with or without a fraction, no exponent. */
  private number(bytes: Buffer, text: string, start: number): number {
    const first = bytes[start] === 45 /* - */ ? start + 1 : start;
    let at = first;
    let value = 0;
    let code = bytes[at] ?? 0;
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      code = bytes[++at] ?? 0;
    }
    if (at === first) return -1;
    // No superfluous zeros, and not minus zero.
    let isShortest = bytes[first] !== 48 || (at === first + 1 && first === start);
    const isInteger = code !== 46; /* . */
    if (!isInteger) {
      const fraction = ++at;
      code = bytes[at] ?? 0;
      while (code >= 48 && code <= 57) code = bytes[++at] ?? 0;
      if (at === fraction) return -1;
      isShortest &&= bytes[at - 1] !== 48;
    }
    if (at - first > FINITE_DIGITS || !this.closing.standsAt(bytes, at)) return -1;
    if (isShortest && at - first <= EXACT_DIGITS) {
      const signed = isInteger ? (first === start ? value : -value) : Number.NaN;
      const digits = at - start < COPIED_SLICE ? text.slice(start, at) : bytes.toString('latin1', start, at);
      this.values.setShortest(this.column, this.style, digits, signed);
    } else this.values.setValue(this.column, this.style, Number(text.slice(start, at)));
    return at + this.closing.length;
  }

  private other(bytes: Uint8Array, text: string, start: number): number {
    const end = text.indexOf('<', start);
    if (end < 0 || !this.closing.standsAt(bytes, end)) return -1;
    const { column, type, style } = this;
    this.values.set(column, type === STR ? 'str' : String.fromCharCode(type), style, text.slice(start, end));
    return end + this.closing.length;
  }

  private inlineText(bytes: Buffer, from: number): number {
    let start = from + this.inline.length;
    if (!this.inline.standsAt(bytes, from)) {
      if (!this.inlinePreserving.standsAt(bytes, from)) return -1;
      start = from + this.inlinePreserving.length;
    }
    const end = endOfPlainText(bytes, start);
    if (end < 0 || !this.inlineEnd.standsAt(bytes, end)) return -1;
    this.values.setText(this.column, bytes.toString(plainText.isAscii ? 'latin1' : 'utf8', start, end));
    return end + this.inlineEnd.length;
  }

  /** @returns where a formula ends, or -1 when it looks different */
  private formulaFrom(bytes: Uint8Array, text: string, from: number): number {
    let at = from + this.formula.length;
    let quote = 0;
    for (let code = bytes[at] ?? 0; code !== 62 || quote !== 0; code = bytes[++at] ?? 0) {
      if (code === 0) return -1;
      if (code === quote) quote = 0;
      else if (quote === 0 && (code === 34 || code === 39)) quote = code;
    }
    if (bytes[at - 1] === 47) return at + 1;
    const end = text.indexOf('<', at);
    return end < 0 || !this.formulaEnd.standsAt(bytes, end) ? -1 : end + this.formulaEnd.length;
  }
}

const STR_NAME = new BytePattern('str"');
const INLINE_NAME = new BytePattern('inlineStr"');
