import type { ByteSource } from './byte-source.js';

const PIECE_SIZE = 64 * 1024;

/** The bytes from `from` to the end, piece by piece; the next is read when the one before was taken. */
export async function* chunks(source: ByteSource, from = 0, pieceSize = PIECE_SIZE): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < source.size;) {
    const piece = await source.read(offset, pieceSize);
    if (piece.length === 0) return;
    offset += piece.length;
    yield piece;
  }
}
