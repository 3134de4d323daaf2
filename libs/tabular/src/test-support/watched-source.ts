import type { ByteSource } from '../source/byte-source.js';

/** Bytes that keep account of how they are read. */
export class WatchedSource implements ByteSource {
  reads = 0;
  bytesRead = 0;
  largestRead = 0;
  /** Reads that were asked for and are not answered. */
  open = 0;
  timesClosed = 0;
  /** Reading from here on fails with this. */
  failure: { readonly from: number; readonly error: Error } | undefined;
  /** Reading from here on is never answered. */
  stuckFrom = Infinity;

  constructor(
    private readonly bytes: Uint8Array,
    readonly size = bytes.length,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.reads++;
    this.largestRead = Math.max(this.largestRead, length);
    if (offset >= this.stuckFrom) await new Promise<never>(() => undefined);
    this.open++;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    this.open--;
    if (this.failure && offset >= this.failure.from) throw this.failure.error;
    const found = this.bytes.subarray(offset, offset + length);
    this.bytesRead += found.length;
    return found;
  }

  close(): Promise<void> {
    this.timesClosed++;
    return Promise.resolve();
  }
}
