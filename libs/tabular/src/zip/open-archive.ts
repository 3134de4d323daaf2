import type { TableLimits } from '../limits.js';
import type { ByteSource } from '../source/byte-source.js';
import { ArchiveFaults } from './archive-faults.js';
import { readDirectory } from './read-directory.js';
import { ZipArchive } from './zip-archive.js';

/**
 * Opens a zip archive and reads its directory. The archive closes the source with itself; when opening fails, the source
 * stays open.
 *
 * @param format what refusals call the file
 * @throws TabularError file_unreadable, file_encrypted, too_many_entries; what the source itself throws
 */
export async function openArchive(
  source: ByteSource,
  limits: TableLimits,
  format: ArchiveFaults['format'] = 'ZIP',
): Promise<ZipArchive> {
  const faults = new ArchiveFaults(format);
  return new ZipArchive(source, await readDirectory(source, limits.entries, faults), limits, faults);
}
