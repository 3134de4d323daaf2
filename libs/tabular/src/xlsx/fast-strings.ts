import { endOfPlainText, markup, plainText, standsAt } from './byte-patterns.js';
import type { SharedStrings } from './shared-strings.js';

export interface FastStringsLimits {
  readonly cellLength: number;
  readonly sharedStrings: number;
}

/**
 * Takes shared strings of the form that nearly all have, `<si><t>text</t></si>`, over byte by byte, without making them into
 * strings. Whatever looks different, is longer than may be, or is cut off, is left to the caller.
 */
export class FastStrings {
  private readonly opening: Uint8Array;
  private readonly preserving: Uint8Array;
  private readonly closing: Uint8Array;

  /** @param prefix of the names of the part */
  constructor(
    private readonly strings: SharedStrings,
    private readonly limits: FastStringsLimits,
    prefix: string,
  ) {
    this.opening = markup('<:si><:t>', prefix);
    this.preserving = Buffer.concat([markup('<:si><:t ', prefix), Buffer.from('xml:space="preserve">')]);
    this.closing = markup('</:t></:si>', prefix);
  }

  /**
   * @param bytes UTF-8 that was checked, with zeros behind the end
   * @returns where the first thing stands that was not taken
   */
  take(bytes: Uint8Array, from: number): number {
    const { strings, limits, opening, preserving, closing } = this;
    let at = from;
    while (strings.length < limits.sharedStrings) {
      let start = at + opening.length;
      if (!standsAt(bytes, at, opening)) {
        if (!standsAt(bytes, at, preserving)) break;
        start = at + preserving.length;
      }
      const end = endOfPlainText(bytes, start);
      if (end < 0 || end - start > limits.cellLength || !standsAt(bytes, end, closing)) break;
      strings.addBytes(bytes, start, end, plainText.isAscii);
      at = end + closing.length;
    }
    return at;
  }
}
