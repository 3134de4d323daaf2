import type { Readable } from 'node:stream';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Id } from '@muster/contracts';

/** Where uploaded files are kept. A key is of one company; its parts are ids, so that no name from outside becomes a path. */
export interface FileKey {
  readonly companyId: Id;
  readonly uploadId: Id;
}

/** Keeps files in a folder that every replica of the import service can reach. */
export class FileStore {
  constructor(private readonly folder: string) {}

  /** Streams bytes in; the file appears under its key only when it is complete and on disk. Errors of the source leave nothing. */
  async write(key: FileKey, source: Readable): Promise<void> {
    const path = this.pathOf(key);
    const unfinished = `${path}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await pipeline(source, createWriteStream(unfinished, { mode: 0o600, flush: true }));
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** The bytes from the beginning. The stream fails with `ENOENT` when there is no such file. */
  read(key: FileKey): Readable {
    return createReadStream(this.pathOf(key), { highWaterMark: 256 * 1024 });
  }

  /** At most the first `length` bytes. */
  async readHead(key: FileKey, length: number): Promise<Buffer> {
    const file = await open(this.pathOf(key));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async remove(key: FileKey): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf({ companyId, uploadId }: FileKey): string {
    return join(this.folder, companyId, uploadId);
  }
}
