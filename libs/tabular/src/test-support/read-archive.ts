import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import type { ByteSource } from '../source/byte-source.js';
import { openArchive } from '../zip/open-archive.js';

/** Opens an archive and unpacks all that is in it. Gives the contents by name. */
export async function readAll(source: ByteSource, limits: Partial<TableLimits> = {}): Promise<Map<string, Buffer>> {
  const archive = await openArchive(source, { ...DEFAULT_LIMITS, ...limits });
  const contents = new Map<string, Buffer>();
  try {
    for (const entry of archive.entries.values()) contents.set(entry.name, await archive.bytes(entry, Infinity));
  } finally {
    await archive.close();
  }
  return contents;
}
