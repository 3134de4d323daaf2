import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { TabularError } from '../tabular-error.js';
import type { ByteSource } from './byte-source.js';

/**
 * A file on disk, opened once and read at any place. Its size is that of the moment it was opened.
 *
 * @throws TabularError file_unreadable for what is no file (a folder, a pipe); errors of the system (ENOENT, EACCES) as
 * they are
 */
export async function fileSource(path: string): Promise<ByteSource> {
  // Opening a pipe would wait for whoever writes into it.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new TabularError('file_unreadable', { format: 'BIN', reason: 'it is not a file' });
    return new FileSource(handle, status.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class FileSource implements ByteSource {
  constructor(
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.handle.read(bytes, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
