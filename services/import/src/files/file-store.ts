import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { glob, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Id } from '@muster/contracts';
import { fileSource, type ByteSource } from '@muster/tabular';

/** Where uploaded files are kept. A key is of one company; its parts are ids, so that no name from outside becomes a path. */
export interface FileKey {
  readonly companyId: Id;
  readonly uploadId: Id;
}

/** Ends the name of a file that is still being written. */
const UNFINISHED = '.part';

/** Keeps files in a folder that every replica of the import service can reach. */
export class FileStore {
  constructor(private readonly folder: string) {}

  /**
   * Streams bytes in, by way of `through`; the file appears under its key only when it is complete and on disk. Errors of
   * the streams leave nothing. The caller listens to errors of `source` that come before it is read.
   */
  async write(key: FileKey, source: Readable, ...through: Transform[]): Promise<void> {
    const path = this.pathOf(key);
    const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await pipeline([source, ...through, createWriteStream(unfinished, { mode: 0o600, flush: true })]);
      await rename(unfinished, path);
    } catch (error) {
      // Why it failed counts for more than what is left of it, which goes with the leftovers.
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** To be read at any place; the caller closes it. @throws `ENOENT` when there is no such file */
  open(key: FileKey): Promise<ByteSource> {
    return fileSource(this.pathOf(key));
  }

  async remove(key: FileKey): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  /** All files of a company, those that are being written among them. */
  async removeAll(companyId: Id): Promise<void> {
    await rm(join(this.folder, companyId), { recursive: true, force: true });
  }

  /** Removes what processes that were killed had begun to write, and nobody has written to since `before`. */
  async removeLeftovers(before: Date): Promise<void> {
    for await (const name of glob(`*/*${UNFINISHED}`, { cwd: this.folder })) {
      const path = join(this.folder, name);
      // Another replica may have been faster.
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtime < before) await rm(path, { force: true });
    }
  }

  private pathOf({ companyId, uploadId }: FileKey): string {
    return join(this.folder, companyId, uploadId);
  }
}
