import { endOfPlainText, markup, type BytePattern } from '../xml/byte-patterns.js';
import { NarrowText } from './narrow-text.js';
import type { SharedStrings } from './shared-strings.js';

export interface FastStringsLimits {
  readonly cellLength: number;
  readonly sharedStrings: number;
}

/**
 * Takes shared strings of the form that nearly all have, `<si><t>text</t></si>`, over byte by byte, mostly without making
 * them into strings. Whatever looks different, is longer than may be, or is cut off, is left to the caller.
 */
export class FastStrings {
  private readonly opening: BytePattern;
  private readonly preserving: BytePattern;
  private readonly closing: BytePattern;
  private readonly narrow = new NarrowText();

  /** @param prefix of the names of the part */
  constructor(
    private readonly strings: SharedStrings,
    private readonly limits: FastStringsLimits,
    prefix: string,
  ) {
    this.opening = markup('<:si><:t>', prefix);
    this.preserving = markup('<:si><:t ', prefix, 'xml:space="preserve">');
    this.closing = markup('</:t></:si>', prefix);
  }

  /**
   * @param bytes UTF-8 that was checked, with zeros behind the end
   * @returns where the first thing stands that was not taken
   */
  take(bytes: Buffer, from: number): number {
    const { strings, limits, opening, preserving, closing } = this;
    let at = from;
    while (strings.length < limits.sharedStrings) {
      let start = at + opening.length;
      if (!opening.standsAt(bytes, at)) {
        if (!preserving.standsAt(bytes, at)) break;
        start = at + preserving.length;
      }
      const end = this.text(bytes, start);
      if (end < 0) break;
      at = end + closing.length;
    }
    return at;
  }

  /** @returns where the text ends, or -1: it was not taken */
  private text(bytes: Buffer, start: number): number {
    const { strings, limits, closing, narrow } = this;
    let end = narrow.read(bytes, start);
    if (end >= 0) {
      if (narrow.length > limits.cellLength || !closing.standsAt(bytes, end)) return -1;
      strings.addNarrow(narrow.bytes, narrow.length);
      return end;
    }
    end = endOfPlainText(bytes, start);
    if (end < 0 || end - start > limits.cellLength || !closing.standsAt(bytes, end)) return -1;
    strings.add(bytes.toString('utf8', start, end));
    return end;
  }
}
