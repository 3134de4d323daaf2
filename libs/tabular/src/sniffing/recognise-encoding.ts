import type { CsvEncoding } from '../csv/encodings.js';

export interface RecognisedEncoding {
  readonly encoding: CsvEncoding;
  /** The file begins with a byte order mark. */
  readonly bom: boolean;
}

/** Tells the encoding from the bytes: byte order mark, zero bytes of UTF-16, validity as UTF-8, letters of the 8-bit sets. */
export function recogniseEncoding(head: Uint8Array): RecognisedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: true };
  return { encoding: utf16ByZeros(head) ?? (beginsAsUtf8(head) ? 'utf-8' : eightBit(head)), bom: false };
}

/** Western text in UTF-16 has a zero in nearly every second byte. */
function utf16ByZeros(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 2 / 3;
  if (odd > many && even * 10 < odd) return 'utf-16le';
  return even > many && odd * 10 < even ? 'utf-16be' : undefined;
}

/**
 * Whether the first bytes beyond ASCII are a character of UTF-8. After one of those a bad byte is a fault of the file and
 * no sign of another encoding.
 */
function beginsAsUtf8(head: Uint8Array): boolean {
  const first = head.findIndex((byte) => byte >= 0x80);
  if (first < 0) return true;
  const lead = head[first] ?? 0;
  const length =
    lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  const rest = head.subarray(first + 1, first + length);
  // The head may end within the character.
  return length > 0 && rest.every((byte) => byte >= 0x80 && byte < 0xc0);
}

/** 0x80-0x9F are letters and quotes in Windows-1252 only; 0xA4 is the euro sign in ISO-8859-15, else a sign nobody uses. */
function eightBit(head: Uint8Array): 'windows-1252' | 'iso-8859-15' {
  const isWindows = head.some((byte) => byte >= 0x80 && byte < 0xa0);
  return !isWindows && head.includes(0xa4) ? 'iso-8859-15' : 'windows-1252';
}
