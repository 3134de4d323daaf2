import { tmpdir } from 'node:os';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { openOds } from '../ods/open-ods.js';
import type { ByteSource } from '../source/byte-source.js';
import { bytesSource } from '../source/bytes-source.js';
import type { ReadOptions, SheetRow, Table } from '../table.js';
import { openArchive } from '../zip/open-archive.js';
import { makeZip } from './make-zip.js';

/** An ODS file with only what a reader needs. @param parts more of it, by name */
export function makeOds(content: string | Buffer, parts: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  return makeZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', ...parts, 'content.xml': content });
}

export async function openOdsBytes(file: Buffer | ByteSource, limits: Partial<TableLimits> = {}): Promise<Table> {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const archive = await openArchive(Buffer.isBuffer(file) ? bytesSource(file) : file, all);
  return openOds(archive, { limits: all, temporaryFolder: tmpdir() });
}

export async function rowsOf(table: Table, options?: ReadOptions): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of table.read(options)) rows.push(...batch.rows);
  return rows;
}

/** All rows of the preset sheet of a content. */
export async function readContent(content: string | Buffer, limits: Partial<TableLimits> = {}): Promise<SheetRow[]> {
  return rowsOf(await openOdsBytes(await makeOds(content), limits));
}
