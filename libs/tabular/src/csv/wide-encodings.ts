import type { CsvEncoding } from './encodings.js';

/**
 * UTF-16 or UTF-32 without a byte order mark, told by its zero bytes: every character of ASCII, hence every delimiter and
 * line end, has them at the same places, and pairs of ASCII bytes, of which other text is full, are rare.
 */
export function wideEncoding(head: Uint8Array): CsvEncoding | undefined {
  if (!head.includes(0)) return undefined;
  return utf32(head) ?? utf16(head);
}

/** Text has no characters of higher planes but some marks; `a` and a line feed in UTF-16 look like one of plane 10. */
const LAST_PLANE = 3;

function utf32(head: Uint8Array): CsvEncoding | undefined {
  const units = Math.floor(head.length / 4);
  let little = 0;
  let big = 0;
  for (let i = 0; i < units * 4; i += 4) {
    if (head[i + 3] === 0 && (head[i + 2] ?? 0) <= LAST_PLANE && (head[i] !== 0 || head[i + 1] !== 0)) little++;
    if (head[i] === 0 && (head[i + 1] ?? 0) <= LAST_PLANE && (head[i + 2] !== 0 || head[i + 3] !== 0)) big++;
  }
  if (units === 0) return undefined;
  if (little === units) return 'utf-32le';
  return big === units ? 'utf-32be' : undefined;
}

function utf16(head: Uint8Array): CsvEncoding | undefined {
  const units = Math.floor(head.length / 2);
  let evenZeros = 0;
  let oddZeros = 0;
  let whole = 0;
  let pairs = 0;
  for (let i = 0; i < units * 2; i += 2) {
    const even = head[i] ?? 0;
    const odd = head[i + 1] ?? 0;
    if (even === 0) evenZeros++;
    if (odd === 0) oddZeros++;
    if (even === 0 || odd === 0) continue;
    whole++;
    if (isAsciiText(even) && isAsciiText(odd)) pairs++;
  }
  // Text of 8 bits with zeros in it; in Chinese too, a good part of the characters are such pairs.
  if (pairs * 5 > whole * 4 && pairs > Math.max(evenZeros, oddZeros)) return undefined;
  const fewest = units / 25;
  if (oddZeros > fewest && evenZeros * 2 <= oddZeros) return 'utf-16le';
  return evenZeros > fewest && oddZeros * 2 <= evenZeros ? 'utf-16be' : undefined;
}

function isAsciiText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}
