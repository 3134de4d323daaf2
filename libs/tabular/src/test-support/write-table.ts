import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openTable, type OpenTableOptions } from '../open-table.js';
import type { SheetRow, TableFormat } from '../table.js';
import { createTableWriter } from '../writing/create-table-writer.js';
import type { OutputRow } from '../writing/output-cell.js';
import type { TableWriterOptions } from '../writing/table-writer.js';

/** A whole file of these rows. */
export async function writeTable(
  format: TableFormat,
  rows: Iterable<OutputRow>,
  options: TableWriterOptions = {},
): Promise<Buffer> {
  const output = new PassThrough();
  const file = buffer(output);
  // Who awaits the writer below hears of its failure; the file is then never complete.
  file.catch(() => undefined);
  const writer = await createTableWriter(format, output, options);
  try {
    await writer.write(rows);
    await writer.end();
  } catch (error) {
    writer.abort();
    throw error;
  }
  return file;
}

/** What is read of a file that was written. */
export async function writtenRows(
  format: TableFormat,
  rows: Iterable<OutputRow>,
  options: TableWriterOptions = {},
  reading: OpenTableOptions = { csv: { delimiter: options.language === 'de' ? ';' : ',' } },
): Promise<SheetRow[]> {
  const table = await openTable(await writeTable(format, rows, options), reading);
  const found: SheetRow[] = [];
  try {
    for await (const batch of table.read()) found.push(...batch.rows);
  } finally {
    await table.close();
  }
  return found;
}
