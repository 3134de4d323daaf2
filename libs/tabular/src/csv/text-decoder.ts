import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { CsvEncoding } from './encodings.js';
import { decodeLatin1, decodeLatin9, decodeWindows1252 } from './single-byte.js';
import { decodeUtf32 } from './utf-32.js';

const BYTE_ORDER_MARK = 0xfeff;

/** Bytes that are not of the encoding; `before` is the text in front of them. */
export interface DecodingFault {
  readonly before: string;
}

/**
 * Turns the bytes of a file into text, cut anywhere. Takes a byte order mark off the beginning. Never puts a replacement
 * character in: bytes that mean nothing are a fault.
 */
export class CsvTextDecoder {
  private rest: Buffer = Buffer.alloc(0);
  private atStart = true;
  private readonly decodeAll: (bytes: Buffer) => string | undefined;

  constructor(private readonly encoding: CsvEncoding) {
    this.decodeAll = decoderOf(encoding);
  }

  /** @param last no more bytes come, so that half a character at the end is a fault */
  decode(bytes: Uint8Array, last: boolean): string | DecodingFault {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength); // prettier-ignore
    const end = last ? all.length : all.length - this.incompleteTail(all);
    // A copy, since the caller may use its buffer again.
    this.rest = Buffer.from(all.subarray(end));
    const text = this.decodeAll(all.subarray(0, end));
    if (text !== undefined) return this.withoutMark(text);
    return { before: this.withoutMark(this.readablePart(all.subarray(0, end))) };
  }

  private withoutMark(text: string): string {
    if (!this.atStart || text === '') return text;
    this.atStart = false;
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  /** The longest beginning that can be decoded, found by halving. */
  private readablePart(bytes: Buffer): string {
    let good = 0;
    let bad = bytes.length;
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      const whole = bytes.subarray(0, middle);
      const complete = whole.subarray(0, middle - this.incompleteTail(whole));
      if (this.decodeAll(complete) === undefined) bad = middle;
      else good = middle;
    }
    const whole = bytes.subarray(0, good);
    return this.decodeAll(whole.subarray(0, good - this.incompleteTail(whole))) ?? '';
  }

  /** How many bytes at the end begin a character that goes on behind them. */
  private incompleteTail(bytes: Buffer): number {
    switch (this.encoding) {
      case 'utf-8':
        return incompleteUtf8(bytes);
      case 'utf-16le':
      case 'utf-16be':
        return incompleteUtf16(bytes, this.encoding === 'utf-16le');
      case 'utf-32le':
      case 'utf-32be':
        return bytes.length % 4;
      default:
        return 0;
    }
  }
}

/** Whole characters to text; undefined when there are bytes that mean nothing. */
function decoderOf(encoding: CsvEncoding): (bytes: Buffer) => string | undefined {
  switch (encoding) {
    case 'utf-8':
      return (bytes) => {
        if (isAscii(bytes)) return bytes.toString('latin1');
        return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
      };
    case 'utf-32le':
    case 'utf-32be':
      return (bytes) => decodeUtf32(bytes, encoding === 'utf-32le');
    case 'windows-1252':
      return decodeWindows1252;
    case 'iso-8859-1':
      return decodeLatin1;
    case 'iso-8859-15':
      return decodeLatin9;
    case 'utf-16le':
    case 'utf-16be': {
      const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      return (bytes) => {
        try {
          return decoder.decode(bytes);
        } catch {
          return undefined;
        }
      };
    }
  }
}

function incompleteUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

function incompleteUtf16(bytes: Buffer, littleEndian: boolean): number {
  const odd = bytes.length % 2;
  const end = bytes.length - odd;
  if (end === 0) return odd;
  const high = bytes[littleEndian ? end - 1 : end - 2] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}
