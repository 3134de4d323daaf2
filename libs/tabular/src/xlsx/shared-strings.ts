import { BytePages } from './byte-pages.js';
import { unreadable } from './xlsx-error.js';

/** Set in the end of a text that is not ASCII. */
const WIDE = 0x8000_0000;

/** What is kept in memory of the texts, and of the numbers that say where they end. */
const MEMORY_BYTES = 16 * 1024 * 1024;
const INDEX_BYTES = 4 * 1024 * 1024;
/** Texts that were made last, by the lower bits of their number: those of a column with few values are made once. */
const MADE = 512;

export interface SharedStringsOptions {
  readonly temporaryFolder: string;
  /** Of the texts; preset: 16 MB. */
  readonly memoryBytes?: number;
}

/**
 * The shared strings of a workbook by their number, as UTF-8 one behind the other; made into texts when asked for. What is
 * too large for the memory lies in a temporary file.
 */
export class SharedStrings {
  private readonly bytes: BytePages;
  /** Where each ends, four bytes each. */
  private readonly ends: BytePages;
  private readonly madeIndex = new Int32Array(MADE).fill(-1);
  private readonly made: string[] = Array.from({ length: MADE }, () => '');
  private count = 0;

  constructor({ temporaryFolder, memoryBytes = MEMORY_BYTES }: SharedStringsOptions) {
    this.bytes = new BytePages({ temporaryFolder, memoryBytes, cacheBytes: memoryBytes / 4 });
    const indexBytes = Math.min(INDEX_BYTES, memoryBytes);
    this.ends = new BytePages({ temporaryFolder, memoryBytes: indexBytes, cacheBytes: indexBytes / 4 });
  }

  get length(): number {
    return this.count;
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.addBytes(bytes, 0, bytes.length, bytes.length === text.length);
  }

  /** Copies the UTF-8 of a text. */
  addBytes(bytes: Uint8Array, start: number, end: number, isAscii: boolean): void {
    this.bytes.append(bytes, start, end);
    if (this.bytes.length >= WIDE) throw unreadable('shared strings take more than 2 GB');
    this.ends.appendUint32(this.bytes.length + (isAscii ? 0 : WIDE));
    this.count++;
  }

  /** @param index from 0, an integer. @returns undefined beyond the last one */
  get(index: number): string | undefined {
    if (index >= this.count) return undefined;
    const slot = index & (MADE - 1);
    if (this.madeIndex[slot] === index) return this.made[slot];
    const end = this.endOf(index);
    const start = index === 0 ? 0 : this.endOf(index - 1) % WIDE;
    const text =
      end >= WIDE ? this.bytes.toString('utf8', start, end - WIDE) : this.bytes.toString('latin1', start, end);
    this.madeIndex[slot] = index;
    this.made[slot] = text;
    return text;
  }

  close(): void {
    this.bytes.close();
    this.ends.close();
    this.count = 0;
    this.made.fill('');
    this.madeIndex.fill(-1);
  }

  private endOf(index: number): number {
    return this.ends.uint32(index);
  }
}
