import { fromRandomAccessReaderPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import type { ByteSource } from '../source/byte-source.js';
import { TabularError } from '../tabular-error.js';
import type { ArchiveFaults } from './archive-faults.js';
import { endOfArchive, TAIL_LENGTH } from './end-of-archive.js';
import { SourceReader } from './source-reader.js';
import type { ZipEntry } from './zip-entry.js';

const LOCAL_HEADER_LENGTH = 30;

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Where the bytes of an entry begin. @throws TabularError when they are not within the file */
  dataStart(entry: ZipEntry): Promise<number>;
  close(): void;
}

/**
 * Reads the directory of an archive, and what it takes does not depend on what the directory claims.
 *
 * @throws TabularError file_unreadable, file_encrypted, too_many_entries; what the source itself throws
 */
export async function readDirectory(
  source: ByteSource,
  maxEntries: number,
  faults: ArchiveFaults,
): Promise<ZipDirectory> {
  const reader = new SourceReader(source);
  try {
    const zip = await openZip(source, reader, faults);
    const records = await readRecords(zip, maxEntries);
    refuseOverlaps(records, faults);
    return {
      entries: byName(records),
      dataStart: (entry) =>
        dataStart(zip, entry).catch((error: unknown) => {
          throw translated(error, reader, faults, entry.name);
        }),
      close: () => zip.close(),
    };
  } catch (error) {
    throw translated(error, reader, faults);
  }
}

async function openZip(source: ByteSource, reader: SourceReader, faults: ArchiveFaults): Promise<ZipFile> {
  const tailStart = Math.max(0, source.size - TAIL_LENGTH);
  const end = endOfArchive(await reader.bytes(tailStart, source.size - tailStart));
  if (end === undefined) throw faults.cutOff('it is cut off: the directory at its end is missing');
  // Names are decoded here: yauzl would refuse the whole archive for one with `..`, and names are never used as paths.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
  return fromRandomAccessReaderPromise(reader, tailStart + end, options);
}

async function readRecords(zip: ZipFile, limit: number): Promise<Entry[]> {
  const records: Entry[] = [];
  for await (const record of zip.eachEntry()) {
    records.push(record);
    if (records.length > limit) throw new TabularError('too_many_entries', { limit, entries: zip.entryCount });
  }
  return records;
}

/** Entries that share bytes are how a small archive unpacks to a huge one; no program writes them. */
function refuseOverlaps(records: readonly Entry[], faults: ArchiveFaults): void {
  const inOrder = [...records].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const record of inOrder) {
    if (record.relativeOffsetOfLocalHeader < end) {
      throw faults.unreadable('its entries overlap', { entry: nameOf(record) });
    }
    end = record.relativeOffsetOfLocalHeader + LOCAL_HEADER_LENGTH + record.fileNameLength + record.compressedSize;
  }
}

/**
 * Two entries of one name: programs disagree whether the first or the last counts (Excel refuses the file), so that
 * what one has checked is not what the next one reads. Such a name is refused when it is read, and not before: pictures
 * that stand in a workbook twice do no harm. Entries of the same contents are no contradiction.
 */
function byName(records: readonly Entry[]): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  for (const record of records) {
    const name = nameOf(record);
    if (name.endsWith('/')) continue;
    const before = entries.get(name);
    const differs = before !== undefined && (before.crc32 !== record.crc32 || before.size !== record.uncompressedSize);
    entries.set(name, toEntry(name, record, differs || before?.ambiguous === true));
  }
  return entries;
}

function toEntry(name: string, record: Entry, ambiguous: boolean): ZipEntry {
  return {
    name,
    compressedSize: record.compressedSize,
    size: record.uncompressedSize,
    method: record.compressionMethod,
    crc32: record.crc32,
    encrypted: record.isEncrypted(),
    ambiguous,
    record,
  };
}

/** A leading separator is that of part names in the packages themselves. */
function nameOf(record: Entry): string {
  const name = getFileNameLowLevel(record.generalPurposeBitFlag, record.fileNameRaw, record.extraFields, false);
  return name.replace(/^(?:\.?\/)+/, '');
}

async function dataStart(zip: ZipFile, entry: ZipEntry): Promise<number> {
  return (await zip.readLocalFileHeaderPromise(entry.record, { minimal: true })).fileDataStart;
}

/** What yauzl says, as our error. What the source itself failed with is no fault of the archive and stays what it is. */
function translated(error: unknown, reader: SourceReader, faults: ArchiveFaults, entry?: string): unknown {
  if (error === reader.failure) return error;
  const isEncrypted = error instanceof Error && error.message.includes('encryption');
  return isEncrypted ? new TabularError('file_encrypted', {}, { cause: error }) : faults.translated(error, entry);
}
