import type { SheetBatch } from '../table.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { SheetScanner, type SheetScannerOptions } from './sheet-scanner.js';

/** Rows of a batch: few enough that a reader that is slow with them keeps little in memory. */
const BATCH_ROWS = 250;
/** A batch is given out as well when so many bytes were read since the last. */
const BATCH_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();

/** The rows of a sheet. @throws TabularError as the sheet is read; the signal's reason when it aborts */
export async function* readSheet(
  archive: Archive,
  entry: ArchiveEntry,
  options: SheetScannerOptions,
  signal?: AbortSignal,
): AsyncGenerator<SheetBatch, void, void> {
  const scanner = new SheetScanner(options);
  let bytes = 0;
  const batch = (): SheetBatch => {
    const { rows } = scanner;
    scanner.rows = [];
    bytes = 0;
    return { rows, bytesRead: archive.bytesRead() };
  };
  for await (const chunk of archive.stream(entry, signal)) {
    scanner.push(chunk, false);
    while (scanner.scan(BATCH_ROWS)) {
      yield batch();
      signal?.throwIfAborted();
    }
    bytes += chunk.length;
    if (bytes < BATCH_BYTES || scanner.rows.length === 0) continue;
    yield batch();
    signal?.throwIfAborted();
  }
  scanner.push(NOTHING, true);
  while (scanner.scan(BATCH_ROWS)) yield batch();
  if (scanner.rows.length > 0) yield batch();
}
