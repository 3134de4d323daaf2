import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A temporary file of pages of one size. Its name is taken off as soon as it is open: whatever becomes of the process,
 * nothing is left. Synchronous, because it is read from within the scanning of cells; a page comes from the cache of the
 * system in some microseconds.
 */
export class SpillFile {
  private readonly descriptor: number;
  /** Where the system does not let go of the name of an open file: to be removed when it is closed. */
  private name: string | undefined;

  constructor(
    folder: string,
    private readonly pageBytes: number,
  ) {
    const path = join(folder, `tabular-${process.pid}-${randomUUID()}.strings`);
    this.descriptor = openSync(path, 'wx+', 0o600);
    try {
      rmSync(path, { force: true });
    } catch {
      this.name = path;
    }
  }

  write(page: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(this.descriptor, bytes, at, bytes.length - at, page * this.pageBytes + at);
    }
  }

  /** Fills `bytes` with a page that was written. */
  read(page: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const got = readSync(this.descriptor, bytes, at, bytes.length - at, page * this.pageBytes + at);
      if (got === 0) throw new Error('a temporary file is shorter than what was written to it');
      at += got;
    }
  }

  close(): void {
    closeSync(this.descriptor);
    if (this.name !== undefined) rmSync(this.name, { force: true });
  }
}
