import type { ByteSource } from '../source/byte-source.js';

const SIGNATURE = '\xd0\xcf\x11\xe0';
const HEADER_LENGTH = 512;
const ENTRY_LENGTH = 128;
const LONGEST_NAME = 64;
/** Of the directory. A file of Excel has a handful of streams; what matters stands in the first. */
const MAX_SECTORS = 256;
/** Above are marks: free sector, end of a chain. */
const LAST_SECTOR = 0xfffffffa;
const FAT_SECTORS_IN_HEADER = 109;

/** The container of Office 97, and of encrypted workbooks to this day. */
export function isCompoundFile(head: string): boolean {
  return head.startsWith(SIGNATURE);
}

/**
 * What a compound file contains, by the names of its streams: `encrypted` (a package of today with a password), `XLS`,
 * `DOC` and so on. What cannot be read is taken for the most frequent, XLS.
 */
export async function compoundFormat(source: ByteSource): Promise<string> {
  const names = await streamNames(source);
  if (names.has('EncryptedPackage')) return 'encrypted';
  if (names.has('Workbook') || names.has('Book') || names.has('WORKBOOK')) return 'XLS';
  if (names.has('WordDocument')) return 'DOC';
  if (names.has('PowerPoint Document')) return 'PPT';
  if (names.has('VisioDocument')) return 'VSD';
  return names.has('__properties_version1.0') ? 'MSG' : 'XLS';
}

async function streamNames(source: ByteSource): Promise<Set<string>> {
  const header = asBuffer(await source.read(0, HEADER_LENGTH));
  const names = new Set<string>();
  if (header.length < HEADER_LENGTH) return names;
  const sectorSize = header.readUInt16LE(30) === 12 ? 4096 : 512;
  let sector = header.readUInt32LE(48);
  for (let i = 0; i < MAX_SECTORS && sector <= LAST_SECTOR; i++) {
    const entries = asBuffer(await source.read((sector + 1) * sectorSize, sectorSize));
    for (let at = 0; at + ENTRY_LENGTH <= entries.length; at += ENTRY_LENGTH) {
      // With its terminating zero.
      const nameLength = Math.min(entries.readUInt16LE(at + LONGEST_NAME), LONGEST_NAME);
      if (nameLength >= 4) names.add(entries.toString('utf16le', at, at + nameLength - 2));
    }
    sector = await nextSector(source, header, sectorSize, sector);
  }
  return names;
}

async function nextSector(source: ByteSource, header: Buffer, sectorSize: number, sector: number): Promise<number> {
  const perSector = sectorSize / 4;
  const index = Math.floor(sector / perSector);
  if (index >= FAT_SECTORS_IN_HEADER) return sector + 1;
  const place = (header.readUInt32LE(76 + index * 4) + 1) * sectorSize + (sector % perSector) * 4;
  const next = asBuffer(await source.read(place, 4));
  return next.length === 4 ? next.readUInt32LE(0) : Infinity;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
