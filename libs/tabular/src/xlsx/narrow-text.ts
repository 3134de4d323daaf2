import { BytePattern } from '../xml/byte-patterns.js';

/** Longer ones are left to the caller. */
const LONGEST = 32 * 1024;

/** What a byte of a text is: itself, the first of two of a character from U+0080 to U+00FF, or something else. */
const ITSELF = 0;
const FIRST_OF_TWO = 1;
const OTHER = 2;
const MEANINGS = new Uint8Array(256).fill(OTHER, 0x80).fill(FIRST_OF_TWO, 0xc2, 0xc4);
for (const code of [0, 13, 38 /* & */, 60 /* < */, 95 /* _ */]) MEANINGS[code] = OTHER;

const REFERENCES = Object.entries({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }).map(
  ([reference, character]) => ({ pattern: new BytePattern(reference), code: character.charCodeAt(0) }),
);

/** Reads texts of characters below U+0100, without making strings of them. */
export class NarrowText {
  /** The text that was read last, a byte for each character, up to `length`. */
  readonly bytes = new Uint8Array(LONGEST);
  length = 0;

  /**
   * @param from UTF-8 that was checked, with zeros behind the end
   * @returns where the `<` stands that ends the text, or -1: it needs more than that its characters are decoded
   */
  read(from: Uint8Array, start: number): number {
    const { bytes } = this;
    let at = start;
    let length = 0;
    while (length < LONGEST) {
      const byte = from[at] ?? 0;
      const meaning = MEANINGS[byte];
      if (meaning === ITSELF) {
        bytes[length++] = byte;
        at++;
      } else if (meaning === FIRST_OF_TWO) {
        bytes[length++] = ((byte & 3) << 6) | ((from[at + 1] ?? 0) & 63);
        at += 2;
      } else if (byte === 60) {
        this.length = length;
        return at;
      } else if (byte === 95 && from[at + 1] !== 120 /* _x begins an escape */) {
        bytes[length++] = byte;
        at++;
      } else {
        const reference = byte === 38 ? REFERENCES.find((known) => known.pattern.standsAt(from, at)) : undefined;
        if (!reference) return -1;
        bytes[length++] = reference.code;
        at += reference.pattern.length;
      }
    }
    return -1;
  }
}
