import type { TableLimits } from '../limits.js';
import type { ByteSource } from '../source/byte-source.js';
import { untilAborted } from '../source/until-aborted.js';
import { TabularError } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from './archive.js';
import type { ArchiveFaults } from './archive-faults.js';
import { crc32 } from './crc32.js';
import { inflate } from './inflate.js';
import type { ZipDirectory } from './read-directory.js';
import { UnpackMeter } from './unpack-meter.js';
import { DEFLATED, STORED, type ZipEntry } from './zip-entry.js';

const PIECE_SIZE = 256 * 1024;

export class ZipArchive implements Archive {
  private readonly meter: UnpackMeter;

  constructor(
    private readonly source: ByteSource,
    private readonly directory: ZipDirectory,
    limits: TableLimits,
    readonly faults: ArchiveFaults,
  ) {
    this.meter = new UnpackMeter(limits);
  }

  get entries(): ReadonlyMap<string, ArchiveEntry> {
    return this.directory.entries;
  }

  get size(): number {
    return this.source.size;
  }

  bytesRead(): number {
    return this.meter.bytesRead;
  }

  async *stream(given: ArchiveEntry, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const entry = this.readable(given);
    const start = await untilAborted(this.directory.dataStart(entry), signal);
    let size = 0;
    let crc = 0;
    for await (const chunk of this.unpacked(entry, start, signal)) {
      signal?.throwIfAborted();
      size += chunk.length;
      this.meter.countUnpacked(entry, size);
      if (size > entry.size) break;
      crc = crc32(chunk, crc);
      yield chunk;
    }
    if (size !== entry.size) {
      throw this.faults.unreadable('an entry has not the size that the directory says', { entry: entry.name });
    }
    if (crc !== entry.crc32) throw this.faults.unreadable('a checksum is wrong', { entry: entry.name });
  }

  async bytes(entry: ArchiveEntry, maxBytes: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.stream(entry)) {
      size += chunk.length;
      if (size > maxBytes) throw new TabularError('unpacks_too_large', { limit: maxBytes, bytes: size });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  }

  async close(): Promise<void> {
    this.directory.close();
    await this.source.close?.();
  }

  /** Names are looked up again: an entry of another archive has no business here. */
  private readable({ name }: ArchiveEntry): ZipEntry {
    const entry = this.directory.entries.get(name);
    if (!entry) throw this.faults.unreadable('it has no such entry', { entry: name });
    if (entry.encrypted) throw new TabularError('file_encrypted');
    if (entry.ambiguous) throw this.faults.unreadable('two different entries have one name', { entry: name });
    if (entry.method !== STORED && entry.method !== DEFLATED) {
      throw this.faults.unreadable(`compression method ${entry.method} is unknown`, { entry: name });
    }
    return entry;
  }

  private async *unpacked(entry: ZipEntry, start: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const pieces = this.pieces(entry, start, signal);
    try {
      // Nothing to unpack is not the same as an empty stream of deflate, which has two bytes.
      yield* entry.method === STORED || entry.compressedSize === 0 ? pieces : inflate(pieces, entry.size);
    } catch (error) {
      signal?.throwIfAborted();
      throw isZlibError(error) ? this.faults.translated(error, entry.name) : error;
    }
  }

  private async *pieces(entry: ZipEntry, start: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let done = 0; done < entry.compressedSize;) {
      const length = Math.min(PIECE_SIZE, entry.compressedSize - done);
      const piece = await untilAborted(this.source.read(start + done, length), signal);
      if (piece.length === 0) throw this.faults.cutOff('it is cut off', entry.name);
      done += piece.length;
      this.meter.countCompressed(entry, done);
      yield piece;
    }
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
