/** Bytes that can be read at any place: a file, an object in a store, memory. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `offset` on; fewer than `length` only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close?(): Promise<void>;
}
