import { callbackify } from 'node:util';
import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from '../source/byte-source.js';

const WINDOW = 64 * 1024;

/**
 * How yauzl reads a directory from a source. It asks for each entry twice, for a few bytes each time: these are answered
 * from a window that is read as a whole.
 */
export class SourceReader extends RandomAccessReader {
  /** What the source itself failed with, to be told apart from what is wrong with the archive. */
  failure: unknown;
  private window: Uint8Array = new Uint8Array();
  private windowStart = 0;

  constructor(private readonly source: ByteSource) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    callbackify(() => this.copy(buffer, offset, length, position))(callback);
  }

  /** Fewer than `length` only where the source ends. */
  async bytes(position: number, length: number): Promise<Uint8Array> {
    if (position < 0 || position >= this.source.size) return new Uint8Array();
    if (position < this.windowStart || position + length > this.windowStart + this.window.length) {
      this.window = await this.fromSource(position, Math.max(length, WINDOW));
      this.windowStart = position;
    }
    return this.window.subarray(position - this.windowStart, position - this.windowStart + length);
  }

  private async copy(buffer: Buffer, offset: number, length: number, position: number): Promise<number> {
    const bytes = await this.bytes(position, length);
    buffer.set(bytes, offset);
    return bytes.length;
  }

  private async fromSource(position: number, length: number): Promise<Uint8Array> {
    try {
      return await this.source.read(position, length);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
