import { XmlScanner } from '../xml/xml-scanner.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';

export interface ScanPartOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when the tags of the bytes at hand were given out. */
  readonly onPause?: (scanner: XmlScanner) => void;
}

/** Calls `onTag` for each tag of a part, as it is unpacked. */
export async function scanPart(
  archive: Archive,
  entry: ArchiveEntry,
  onTag: (tag: XmlScanner) => void,
  { signal, onPause }: ScanPartOptions = {},
): Promise<void> {
  const scanner = new XmlScanner();
  for await (const bytes of archive.stream(entry, signal)) {
    scanner.push(bytes, false);
    while (scanner.next()) onTag(scanner);
    onPause?.(scanner);
  }
  scanner.push(new Uint8Array(), true);
  while (scanner.next()) onTag(scanner);
}
