import { BytePages } from './byte-pages.js';
import { SharedTexts } from './shared-texts.js';
import { unreadable } from './xlsx-error.js';

/** Set in the end of a text whose characters take two bytes each. */
const WIDE = 0x8000_0000;

/** What is kept in memory of the texts, and of the numbers that say where they end. */
const MEMORY_BYTES = 16 * 1024 * 1024;
const INDEX_BYTES = 4 * 1024 * 1024;

/** Texts that are made at once when they are asked for in their order. */
const AHEAD = 64;
/** A text that somebody keeps keeps no more than this in memory with it. */
const AHEAD_BYTES = 4 * 1024;

const BEYOND_NARROW = /[^\0-\xff]/;

export interface SharedStringsOptions {
  readonly temporaryFolder: string;
  /** Of the texts; preset: 16 MB. */
  readonly memoryBytes?: number;
}

/**
 * The shared strings of a workbook by their number, one behind the other in one or two bytes a character, as the engine
 * keeps its own; made into texts when asked for. What is too large for the memory lies in a temporary file.
 *
 * Programs number texts as they come across them: those that are new follow each other, and are made many at once.
 */
export class SharedStrings {
  private readonly bytes: BytePages;
  /** Where each ends, four bytes each. */
  private readonly ends: BytePages;
  private readonly repeated = new SharedTexts();
  private count = 0;
  /** The texts from `aheadFrom` to `aheadTo` as one, and where in it each begins. */
  private ahead = '';
  private aheadFrom = 0;
  private aheadTo = 0;
  private readonly aheadStarts = new Uint32Array(AHEAD + 1);
  /** The last that was made by itself. */
  private lastSingle = -1;

  constructor({ temporaryFolder, memoryBytes = MEMORY_BYTES }: SharedStringsOptions) {
    this.bytes = new BytePages({ temporaryFolder, memoryBytes, cacheBytes: memoryBytes / 4 });
    const indexBytes = Math.min(INDEX_BYTES, memoryBytes);
    this.ends = new BytePages({ temporaryFolder, memoryBytes: indexBytes, cacheBytes: indexBytes / 4 });
  }

  get length(): number {
    return this.count;
  }

  add(text: string): void {
    const isWide = BEYOND_NARROW.test(text);
    const bytes = Buffer.from(text, isWide ? 'utf16le' : 'latin1');
    this.append(bytes, bytes.length, isWide ? WIDE : 0);
  }

  /** @param bytes one for each character of the text, up to `length` */
  addNarrow(bytes: Uint8Array, length: number): void {
    this.append(bytes, length, 0);
  }

  /** @param index from 0, an integer. @returns undefined beyond the last one */
  get(index: number): string | undefined {
    const at = index - this.aheadFrom;
    if (at >= 0 && index < this.aheadTo) return this.ahead.slice(this.aheadStarts[at], this.aheadStarts[at + 1]);
    if (index >= this.count) return undefined;
    return this.repeated.get(index) ?? this.make(index);
  }

  close(): void {
    this.bytes.close();
    this.ends.close();
    this.count = 0;
    this.repeated.clear();
    this.ahead = '';
    this.aheadFrom = this.aheadTo = 0;
  }

  private append(bytes: Uint8Array, length: number, width: number): void {
    this.bytes.append(bytes, 0, length);
    if (this.bytes.length >= WIDE) throw unreadable('shared strings take more than 2 GB');
    this.ends.appendUint32(this.bytes.length + width);
    this.count++;
  }

  private make(index: number): string {
    const start = index === 0 ? 0 : this.ends.uint32(index - 1) % WIDE;
    if (index === this.aheadTo || index === this.lastSingle + 1) return this.makeFrom(index, start);
    this.lastSingle = index;
    const end = this.ends.uint32(index);
    const text =
      end < WIDE ? this.bytes.toString('latin1', start, end) : this.bytes.toString('utf16le', start, end - WIDE);
    this.repeated.set(index, text, this.count);
    return text;
  }

  /** Makes this text and those behind it that are as wide. */
  private makeFrom(index: number, start: number): string {
    const { aheadStarts, ends } = this;
    const last = Math.min(this.count, index + AHEAD);
    let end = ends.uint32(index);
    const width = end < WIDE ? 0 : WIDE;
    const shift = width === 0 ? 0 : 1;
    let to = index;
    for (let next = end; ;) {
      end = next;
      aheadStarts[++to - index] = (end - width - start) >> shift;
      if (to === last) break;
      next = ends.uint32(to);
      if (next < WIDE !== (width === 0) || next - width - start > AHEAD_BYTES) break;
    }
    this.aheadFrom = index;
    this.aheadTo = to;
    this.ahead = this.bytes.toString(shift === 0 ? 'latin1' : 'utf16le', start, end - width);
    return this.ahead.slice(0, aheadStarts[1]);
  }
}
