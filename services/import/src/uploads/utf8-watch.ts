import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Watches a file go by and tells afterwards whether it is UTF-8, for files whose first rows are plain ASCII and say nothing.
 * A file with proper multi-byte characters before its first bad byte is UTF-8 with a fault, not some other encoding.
 */
export class Utf8Watch {
  private tail: Buffer = Buffer.alloc(0);
  private seen: 'ascii' | 'utf-8' | 'other' = 'ascii';

  push(chunk: Buffer): void {
    if (this.seen === 'other' || (this.tail.length === 0 && isAscii(chunk))) return;
    const bytes = Buffer.concat([this.tail, chunk]);
    const cut = bytes.length - incompleteTail(bytes);
    this.tail = bytes.subarray(cut);
    const whole = bytes.subarray(0, cut);
    if (isUtf8(whole)) this.seen = isAscii(whole) ? this.seen : 'utf-8';
    else if (this.seen === 'ascii') this.seen = isAsciiUntilFault(whole) ? 'other' : 'utf-8';
  }

  /** `other`: the first bytes beyond ASCII are not UTF-8. */
  verdict(): 'ascii' | 'utf-8' | 'other' {
    return this.seen === 'ascii' && this.tail.length > 0 ? 'other' : this.seen;
  }
}

/** @param bytes not UTF-8 throughout */
function isAsciiUntilFault(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return isAscii(Buffer.from(text.slice(0, text.indexOf('\uFFFD'))));
}

/** How many bytes at the end begin a character that goes on in the next chunk. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}
