import type { SharedStrings } from './shared-strings.js';

/**
 * Takes shared strings of the form that nearly all have, `<si><t>text</t></si>`, over byte by byte, without making them into
 * strings. Whatever looks different, is longer than `maxBytes`, or is cut off, is left to the caller.
 *
 * @param bytes UTF-8 that was checked, with zeros behind the end
 * @param limit how many strings there may be
 * @returns where the first thing stands that was not taken
 */
export function takeFastStrings(
  bytes: Uint8Array,
  from: number,
  strings: SharedStrings,
  maxBytes: number,
  limit: number,
): number {
  let at = from;
  while (strings.length < limit && isOpening(bytes, at)) {
    const start = at + 7;
    let end = start;
    let all = 0;
    let byte = bytes[end] ?? 0;
    // References, line ends and the escape _x000D_ need more than to be copied; a zero is where the bytes end.
    while (byte !== 60 && byte !== 38 && byte !== 13 && byte !== 0 && (byte !== 95 || bytes[end + 1] !== 120)) {
      all |= byte;
      byte = bytes[++end] ?? 0;
    }
    if (byte !== 60 || end - start > maxBytes || !isClosing(bytes, end)) break;
    strings.addBytes(bytes, start, end, all < 128);
    at = end + 9;
  }
  return at;
}

/** Whether `<si><t>` stands there. */
function isOpening(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 60 &&
    bytes[at + 1] === 115 &&
    bytes[at + 2] === 105 &&
    bytes[at + 3] === 62 &&
    bytes[at + 4] === 60 &&
    bytes[at + 5] === 116 &&
    bytes[at + 6] === 62
  );
}

/** Whether `</t></si>` stands there. */
function isClosing(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 60 &&
    bytes[at + 1] === 47 &&
    bytes[at + 2] === 116 &&
    bytes[at + 3] === 62 &&
    bytes[at + 4] === 60 &&
    bytes[at + 5] === 47 &&
    bytes[at + 6] === 115 &&
    bytes[at + 7] === 105 &&
    bytes[at + 8] === 62
  );
}
