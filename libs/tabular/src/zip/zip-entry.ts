import type { Entry } from 'yauzl';
import type { ArchiveEntry } from './archive.js';

export const STORED = 0;
export const DEFLATED = 8;

/** An entry as the directory of an archive describes it; all of it are claims. */
export interface ZipEntry extends ArchiveEntry {
  readonly method: number;
  readonly crc32: number;
  readonly encrypted: boolean;
  /** Another entry has the same name and different contents. */
  readonly ambiguous: boolean;
  readonly record: Entry;
}
