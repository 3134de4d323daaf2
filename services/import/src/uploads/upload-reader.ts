import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { Problem, type Id } from '@muster/contracts';
import type { ByteSource } from '@muster/tabular';
import type { FileKey, FileStore } from '../files/file-store.js';
import { baseName } from './file-name.js';
import { limitBytes } from './multipart.js';
import { OpenedUpload } from './opened-upload.js';
import type { SourceOverrides, SourceSettings } from './source-settings.js';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface FileLimits {
  /** Data rows that are not blank. */
  readonly rows: number;
  readonly bytes: number;
}

export interface ReceivedFile {
  readonly fileName: string;
  readonly byteSize: number;
  readonly sha256: string;
}

/** Takes files in and reads them back as tables. */
export class UploadReader {
  constructor(private readonly files: FileStore) {}

  /** Streams a file into the store. @throws Problem file_too_large, file_empty: nothing is kept then */
  async receive(key: FileKey, content: Readable, fileName: string, byteLimit: number): Promise<ReceivedFile> {
    const hash = createHash('sha256');
    let byteSize = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        byteSize += chunk.length;
        hash.update(chunk);
        done(null, chunk);
      },
      flush: (done) => done(byteSize === 0 ? new Problem('file_empty') : null),
    });
    const limit = limitBytes(byteLimit, (seen) => tooLarge(byteLimit, seen));
    await this.files.write(key, content, limit, measure);
    return { fileName: baseName(fileName), byteSize, sha256: hash.digest('hex') };
  }

  /** @throws Problem unsupported_format and others that say why it is no table */
  async open(key: FileKey, overrides: SourceOverrides): Promise<OpenedUpload> {
    return OpenedUpload.open(await this.files.open(key), overrides);
  }

  /** Opens a file whose settings are known, so that nothing of it is looked at before its rows. */
  async openKnown(key: FileKey, source: SourceSettings): Promise<OpenedUpload> {
    return OpenedUpload.openKnown(await this.files.open(key), source);
  }

  /** What was sent, as it was. */
  bytes(key: FileKey): Promise<ByteSource> {
    return this.files.open(key);
  }

  async discard(companyId: Id, uploadId: Id): Promise<void> {
    await this.files.remove({ companyId, uploadId });
  }

  /** Of a company that was deleted. */
  discardAll(companyId: Id): Promise<void> {
    return this.files.removeAll(companyId);
  }

  /** Removes what nobody has been writing to for a day. */
  removeLeftovers(now: Date): Promise<void> {
    return this.files.removeLeftovers(new Date(now.getTime() - DAY_MS));
  }
}

function tooLarge(limit: number, seen: number): Problem {
  // Rounded so that the second number is never below the first.
  const params = { limitMegabytes: limit / MEGABYTE, sizeMegabytes: Math.ceil((seen / MEGABYTE) * 10) / 10 };
  return new Problem('file_too_large', { params });
}
