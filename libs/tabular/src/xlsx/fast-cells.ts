import type { CellValues } from './cell-values.js';

/** Longest number whose digits are for certain the shortest of its double. */
const EXACT_DIGITS = 15;
/** `t="str"`, which has no single letter. */
const STR = -1;

/**
 * Reads cells of the form in which nearly all files have nearly all of theirs, such as `<c r="A1" s="1" t="s"><v>12</v></c>`,
 * straight from the bytes: several times as fast as tag by tag. Whatever looks different, or is cut off, is left to the
 * caller.
 */
export class FastCells {
  /** Column behind the last cell that was read, from 0. */
  column = 0;
  private type = 0;
  private style = 0;

  constructor(private readonly values: CellValues) {}

  /**
   * @param bytes with zeros behind their end
   * @param text the same bytes, each a character
   * @returns where the first thing stands that was not read
   */
  read(bytes: Uint8Array, text: string, from: number, firstColumn: number): number {
    let at = from;
    this.column = firstColumn;
    while (bytes[at] === 60 && bytes[at + 1] === 99 /* <c */ && bytes[at + 2] === 32) {
      const before = this.column;
      const tag = this.tag(bytes, at + 3);
      let end = -1;
      if (tag < 0) end = -tag;
      else if (tag > 0 && bytes[tag] === 60 && bytes[tag + 1] === 118 && bytes[tag + 2] === 62 /* <v> */) {
        const start = tag + 3;
        if (this.type === 115 /* s */) end = this.shared(bytes, start);
        else if (this.type === 110 /* n */) end = this.number(bytes, text, start);
        if (end < 0) end = this.other(bytes, text, start);
      }
      if (end < 0) {
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
      } else if (attribute === 116 /* t */) {
        this.type = code;
        if (code === 115 && bytes[at + 1] === 116 && bytes[at + 2] === 114 /* str */) {
          this.type = STR;
          at += 2;
        }
        at++;
      } else return 0;
      if (bytes[at] !== 34) return 0;
      code = bytes[++at] ?? 0;
      if (code === 62 /* > */) return at + 1;
      if (code === 47 && bytes[at + 1] === 62 /* /> */) return -(at + 2);
      if (code !== 32) return 0;
      at++;
    }
  }

  /** @returns where the cell ends, or -1 when nothing was read; so do the others */
  private shared(bytes: Uint8Array, start: number): number {
    let index = 0;
    let at = start;
    let code = bytes[at] ?? 0;
    while (code >= 48 && code <= 57) {
      index = index * 10 + code - 48;
      code = bytes[++at] ?? 0;
    }
    if (at === start || at - start > EXACT_DIGITS || !isEnd(bytes, at)) return -1;
    this.values.setSharedAt(this.column, index);
    return at + 8;
  }

  /** A number that is written as it is to be given out: no superfluous zeros, no exponent, not too many digits. */
  private number(bytes: Uint8Array, text: string, start: number): number {
    const first = bytes[start] === 45 /* - */ ? start + 1 : start;
    let at = first;
    let value = 0;
    let code = bytes[at] ?? 0;
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      code = bytes[++at] ?? 0;
    }
    if (at === first || (bytes[first] === 48 && (at > first + 1 || first !== start))) return -1;
    const isInteger = code !== 46; /* . */
    if (!isInteger) {
      const fraction = ++at;
      code = bytes[at] ?? 0;
      while (code >= 48 && code <= 57) code = bytes[++at] ?? 0;
      if (at === fraction || bytes[at - 1] === 48) return -1;
    }
    if (at - first > EXACT_DIGITS || !isEnd(bytes, at)) return -1;
    const signed = isInteger ? (first === start ? value : -value) : Number.NaN;
    this.values.setShortest(this.column, this.style, text.slice(start, at), signed);
    return at + 8;
  }

  private other(bytes: Uint8Array, text: string, start: number): number {
    const end = text.indexOf('<', start);
    if (end < 0 || !isEnd(bytes, end)) return -1;
    const raw = text.slice(start, end);
    const { column, type, style } = this;
    this.values.set(column, type === STR ? 'str' : String.fromCharCode(type), style, raw);
    return end + 8;
  }
}

/** Whether `</v></c>` stands there. */
function isEnd(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 60 &&
    bytes[at + 1] === 47 &&
    bytes[at + 2] === 118 &&
    bytes[at + 3] === 62 &&
    bytes[at + 4] === 60 &&
    bytes[at + 5] === 47 &&
    bytes[at + 6] === 99 &&
    bytes[at + 7] === 62
  );
}
