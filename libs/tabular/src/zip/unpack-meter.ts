import type { TableLimits } from '../limits.js';
import { TabularError } from '../tabular-error.js';
import type { ArchiveEntry } from './archive.js';

/** Small parts shrink to almost nothing when they repeat themselves; no bomb fits in here. */
const FREE_OF_RATIO = 8 * 1024 * 1024;

/** Counts what the entries of one archive unpack to. An entry that is read again counts once. */
export class UnpackMeter {
  private readonly unpacked = new Map<ArchiveEntry, number>();
  private readonly compressed = new Map<ArchiveEntry, number>();
  private unpackedInTotal = 0;
  private compressedInTotal = 0;

  constructor(private readonly limits: TableLimits) {}

  get bytesRead(): number {
    return this.compressedInTotal;
  }

  countCompressed(entry: ArchiveEntry, bytes: number): void {
    this.compressedInTotal += growth(this.compressed, entry, bytes);
  }

  /** @param bytes of this entry so far. @throws TabularError unpacks_too_large, unpack_ratio_too_high */
  countUnpacked(entry: ArchiveEntry, bytes: number): void {
    this.unpackedInTotal += growth(this.unpacked, entry, bytes);
    const { entryBytes, unpackedBytes, unpackRatio } = this.limits;
    if (bytes > entryBytes) throw new TabularError('unpacks_too_large', { limit: entryBytes, bytes });
    if (this.unpackedInTotal > unpackedBytes) {
      throw new TabularError('unpacks_too_large', { limit: unpackedBytes, bytes: this.unpackedInTotal });
    }
    if (bytes > FREE_OF_RATIO && bytes > entry.compressedSize * unpackRatio) {
      const ratio = Math.ceil(bytes / Math.max(1, entry.compressedSize));
      throw new TabularError('unpack_ratio_too_high', { limit: unpackRatio, ratio });
    }
  }
}

function growth(counts: Map<ArchiveEntry, number>, entry: ArchiveEntry, bytes: number): number {
  const before = counts.get(entry) ?? 0;
  if (bytes <= before) return 0;
  counts.set(entry, bytes);
  return bytes - before;
}
