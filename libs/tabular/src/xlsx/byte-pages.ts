import { SpillFile } from './spill-file.js';

/** Small, for a text out of the middle of nowhere costs the reading of a page. */
const PAGE_BYTES = 16 * 1024;
const IN_PAGE = PAGE_BYTES - 1;

export interface BytePagesOptions {
  readonly temporaryFolder: string;
  /** What is kept in memory; what comes behind goes to a file. */
  readonly memoryBytes: number;
  /** Of the file what is kept in memory too. */
  readonly cacheBytes: number;
}

/** Bytes that are appended, then read at any place. Outside of the engine's heap: millions of texts are no work for its collector. */
export class BytePages {
  /** Bytes that were appended. */
  length = 0;
  private readonly pages: Buffer[] = [];
  /** Pages of the file, each in the slot of its number. */
  private readonly cache: (Buffer | undefined)[];
  private readonly cached: Int32Array;
  private spill: SpillFile | undefined;
  private current = Buffer.allocUnsafeSlow(PAGE_BYTES);

  constructor(private readonly options: BytePagesOptions) {
    const slots = Math.max(1, Math.floor(options.cacheBytes / PAGE_BYTES));
    this.cache = Array.from({ length: slots }, () => undefined);
    this.cached = new Int32Array(slots).fill(-1);
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const inPage = this.length & IN_PAGE;
      const count = Math.min(end - at, PAGE_BYTES - inPage);
      if (count < 128)
        for (let index = 0; index < count; index++) this.current[inPage + index] = bytes[at + index] ?? 0;
      else this.current.set(bytes.subarray(at, at + count), inPage);
      at += count;
      this.length += count;
      if ((this.length & IN_PAGE) === 0) this.turnPage();
    }
  }

  /** For those who append nothing else. */
  appendUint32(value: number): void {
    this.current.writeUInt32LE(value, this.length & IN_PAGE);
    this.length += 4;
    if ((this.length & IN_PAGE) === 0) this.turnPage();
  }

  uint32(index: number): number {
    return this.page(Math.floor((4 * index) / PAGE_BYTES)).readUInt32LE((4 * index) & IN_PAGE);
  }

  toString(encoding: 'latin1' | 'utf16le', start: number, end: number): string {
    const first = Math.floor(start / PAGE_BYTES);
    const from = start & IN_PAGE;
    if (end - start <= PAGE_BYTES - from) return this.page(first).toString(encoding, from, from + end - start);
    const parts: Buffer[] = [];
    for (let at = start; at < end;) {
      const inPage = at & IN_PAGE;
      const count = Math.min(end - at, PAGE_BYTES - inPage);
      // Copies: the next page may take the place of this one.
      parts.push(Buffer.from(this.page(Math.floor(at / PAGE_BYTES)).subarray(inPage, inPage + count)));
      at += count;
    }
    return Buffer.concat(parts).toString(encoding);
  }

  close(): void {
    this.spill?.close();
    this.spill = undefined;
    this.pages.length = 0;
    this.cache.fill(undefined);
    this.cached.fill(-1);
    this.length = 0;
  }

  private turnPage(): void {
    const { memoryBytes, temporaryFolder } = this.options;
    const number = this.length / PAGE_BYTES - 1;
    if ((this.pages.length + 1) * PAGE_BYTES <= memoryBytes) {
      this.pages.push(this.current);
      this.current = Buffer.allocUnsafeSlow(PAGE_BYTES);
      return;
    }
    this.spill ??= new SpillFile(temporaryFolder, PAGE_BYTES);
    this.spill.write(number, this.current);
  }

  private page(number: number): Buffer {
    return (
      this.pages[number] ??
      (number * PAGE_BYTES === this.length - (this.length & IN_PAGE) ? this.current : this.spilled(number))
    );
  }

  private spilled(number: number): Buffer {
    const slot = number % this.cached.length;
    const page = this.cache[slot];
    if (page && this.cached[slot] === number) return page;
    if (!this.spill) throw new Error('there are no bytes, or no more');
    // Used again: what is left to the collector stays in memory for long, for it sees how small the objects are only.
    const bytes = page ?? Buffer.allocUnsafeSlow(PAGE_BYTES);
    this.cached[slot] = -1;
    this.spill.read(number, bytes);
    this.cached[slot] = number;
    this.cache[slot] = bytes;
    return bytes;
  }
}
