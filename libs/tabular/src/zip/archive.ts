/** A zip archive whose entries are unpacked as streams, every limit counted. */
export interface Archive {
  /** By name as in the file, separators as `/`. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /** The unpacked bytes; asks for more only when they were taken. @throws TabularError beyond a limit, or when damaged */
  stream(entry: ArchiveEntry, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** A small part as a whole. @throws TabularError also when it unpacks to more than `maxBytes` */
  bytes(entry: ArchiveEntry, maxBytes: number): Promise<Buffer>;
  /** Compressed bytes of the entries that were read so far. */
  bytesRead(): number;
  /** Bytes of the file. */
  readonly size: number;
  close(): Promise<void>;
}

export interface ArchiveEntry {
  readonly name: string;
  /** What the directory claims, in bytes. */
  readonly compressedSize: number;
  readonly size: number;
}
