import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { XmlScanner } from '../xml/xml-scanner.js';

/** Calls `onTag` for each tag of a part, as it is unpacked. */
export async function scanPart(
  archive: Archive,
  entry: ArchiveEntry,
  onTag: (tag: XmlScanner) => void,
  signal?: AbortSignal,
): Promise<void> {
  const scanner = new XmlScanner();
  for await (const bytes of archive.stream(entry, signal)) {
    scanner.push(bytes, false);
    while (scanner.next()) onTag(scanner);
  }
  scanner.push(new Uint8Array(), true);
  while (scanner.next()) onTag(scanner);
}
