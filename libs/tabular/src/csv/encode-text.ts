import type { CsvEncoding } from './encodings.js';
import { encodeLatin1, encodeLatin9 } from './single-byte.js';

/**
 * The bytes of a text in the encoding of a CSV file, so that a part of one can be written as the file itself is. Without a
 * byte order mark, unless the text begins with one.
 * @param text that was read in this encoding
 */
export function encodeCsvText(text: string, encoding: CsvEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-32le':
      return utf32(text);
    case 'utf-32be':
      return utf32(text).swap32();
    case 'windows-1252':
    case 'iso-8859-1':
      return encodeLatin1(text);
    case 'iso-8859-15':
      return encodeLatin9(text);
  }
}

function utf32(text: string): Buffer {
  const points = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, i) => bytes.writeUInt32LE(point, i * 4));
  return bytes;
}
