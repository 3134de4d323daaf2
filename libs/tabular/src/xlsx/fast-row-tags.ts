import { markup, type BytePattern } from '../xml/byte-patterns.js';

const DIGITS = 7;

/** Reads what stands between the cells of two rows in nearly all files, such as `</row><row r="2" spans="1:9">`. */
export class FastRowTags {
  /** Number of the row that begins. */
  row = 0;
  private readonly pattern: BytePattern;

  /** @param prefix of the names of the sheet */
  constructor(prefix: string) {
    this.pattern = markup('</:row><:row r="', prefix);
  }

  /**
   * @param bytes with zeros behind their end
   * @returns where the cells of the next row begin, or -1: it looks different
   */
  read(bytes: Uint8Array, from: number): number {
    if (!this.pattern.standsAt(bytes, from)) return -1;
    const digits = from + this.pattern.length;
    let at = digits;
    let row = 0;
    let code = bytes[at] ?? 0;
    while (code >= 48 && code <= 57) {
      row = row * 10 + code - 48;
      code = bytes[++at] ?? 0;
    }
    if (code !== 34 || at === digits || at - digits > DIGITS) return -1;
    this.row = row;
    return endOfOpening(bytes, at + 1);
  }
}

/** @param from behind a value of an attribute. @returns where the content begins; -1: there is none, or it is cut off */
function endOfOpening(bytes: Uint8Array, from: number): number {
  let quote = 0;
  let at = from;
  for (let code = bytes[at] ?? 0; code !== 62 || quote !== 0; code = bytes[++at] ?? 0) {
    if (code === 0) return -1;
    if (code === quote) quote = 0;
    else if (quote === 0 && (code === 34 || code === 39)) quote = code;
  }
  return bytes[at - 1] === 47 ? -1 : at + 1;
}
