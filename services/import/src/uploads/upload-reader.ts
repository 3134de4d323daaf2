import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { Problem, type Id } from '@muster/contracts';
import { unstorableTexts } from '@muster/platform';
import { readCsv, sniffCsv, type RowBatch } from '@muster/tabular';
import type { FileKey, FileStore } from '../files/file-store.js';
import { baseName } from './file-name.js';
import { asFileProblem } from './file-problems.js';
import { limitBytes } from './multipart.js';
import type { SourceSettings } from './source-settings.js';
import { Utf8Watch } from './utf8-watch.js';

const HEAD_BYTES = 64 * 1024;
const MEGABYTE = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Widest row and longest cell of a file; beyond them it is no table that somebody made. */
const TABLE_LIMITS = { columns: 500, cellLength: 32_768 };

export interface FileLimits {
  /** Data rows that are not blank. */
  readonly rows: number;
  readonly bytes: number;
}

export interface ReceivedFile {
  readonly fileName: string;
  readonly byteSize: number;
  readonly sha256: string;
  /** What its bytes say about its encoding; see {@link Utf8Watch}. */
  readonly utf8: 'ascii' | 'utf-8' | 'other';
}

/** What the sender says about the file; the rest is recognised. */
export type SourceOverrides = Partial<Pick<SourceSettings, 'encoding' | 'delimiter' | 'headerRow'>>;

/** Takes files in and reads them back as rows. */
export class UploadReader {
  constructor(private readonly files: FileStore) {}

  /** Streams a file into the store. @throws Problem file_too_large, file_empty: nothing is kept then */
  async receive(key: FileKey, content: Readable, fileName: string, byteLimit: number): Promise<ReceivedFile> {
    const hash = createHash('sha256');
    const utf8 = new Utf8Watch();
    let byteSize = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        byteSize += chunk.length;
        hash.update(chunk);
        utf8.push(chunk);
        done(null, chunk);
      },
      flush: (done) => done(byteSize === 0 ? new Problem('file_empty') : null),
    });
    const limit = limitBytes(byteLimit, (seen) => tooLarge(byteLimit, seen));
    await this.files.write(key, content, limit, measure);
    return { fileName: baseName(fileName), byteSize, sha256: hash.digest('hex'), utf8: utf8.verdict() };
  }

  /** How the file is to be read. @throws Problem unsupported_format and others that say why it is no table */
  async recognise(key: FileKey, file: ReceivedFile, overrides: SourceOverrides): Promise<SourceSettings> {
    const head = await this.files.readHead(key, HEAD_BYTES);
    const options = { isWholeFile: file.byteSize <= head.length, ...overrides };
    try {
      const sniffed = sniffCsv(head, options);
      const { delimiter, quote, headerRow, columns } = sniffed;
      requireStorableHeader(columns);
      const encoding = overrides.encoding ?? encodingByBytes(sniffed.encoding, file.utf8);
      return { format: 'csv', encoding, delimiter, quote, headerRow, columns };
    } catch (error) {
      throw asFileProblem(error);
    }
  }

  /**
   * The rows below the header, in batches. Fails with a Problem: too_many_rows, unbalanced_quotes, wrong_encoding,
   * file_unreadable; a batch before it may have come already.
   */
  async *rows(key: FileKey, source: SourceSettings, rowLimit: number, signal?: AbortSignal): AsyncGenerator<RowBatch> {
    const limits = { ...TABLE_LIMITS, rows: rowLimit };
    const { encoding, delimiter, quote, headerRow } = source;
    try {
      yield* readCsv(this.files.read(key), { encoding, delimiter, quote, headerRow, limits, signal });
    } catch (error) {
      throw asFileProblem(error);
    }
  }

  /** Reads the whole file once. @returns the number of data rows that are not blank @throws as {@link rows}, no_data_rows */
  async countRows(key: FileKey, source: SourceSettings, rowLimit: number): Promise<number> {
    let count = 0;
    for await (const batch of this.rows(key, source, rowLimit)) count += batch.rows.length;
    if (count === 0) throw new Problem('no_data_rows');
    return count;
  }

  async discard(companyId: Id, uploadId: Id): Promise<void> {
    await this.files.remove({ companyId, uploadId });
  }

  /** Removes what nobody has been writing to for a day. */
  removeLeftovers(now: Date): Promise<void> {
    return this.files.removeLeftovers(new Date(now.getTime() - DAY_MS));
  }
}

/** The whole file knows better than its first rows, which may be plain ASCII, or hold a fault in what is UTF-8 otherwise. */
function encodingByBytes(sniffed: string, bytes: ReceivedFile['utf8']): string {
  if (sniffed === 'utf-8') return bytes === 'other' ? 'windows-1252' : sniffed;
  return bytes === 'utf-8' && !sniffed.startsWith('utf-16') ? 'utf-8' : sniffed;
}

function tooLarge(limit: number, seen: number): Problem {
  // Rounded so that the second number is never below the first.
  const params = { limitMegabytes: limit / MEGABYTE, sizeMegabytes: Math.ceil((seen / MEGABYTE) * 10) / 10 };
  return new Problem('file_too_large', { params });
}

/** Column names are kept with the upload; a header with NUL is most often UTF-16 that is read as something else. */
function requireStorableHeader(columns: readonly string[]): void {
  if (unstorableTexts(columns).length === 0) return;
  throw new Problem('file_unreadable', { params: { format: 'CSV', reason: 'the header holds a NUL character' } });
}
