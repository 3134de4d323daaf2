import type { Response } from 'express';
import { createTableWriter, type OutputRow, type TableFormat, type TableWriterOptions } from '@muster/tabular';
import { attachment } from '../http/attachment.js';

export const EXPORT_FORMATS = ['xlsx', 'csv', 'ods'] as const satisfies readonly TableFormat[];

export const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** Rows below the header that a sheet of Excel and LibreOffice holds. */
export const SHEET_LIMIT = 1_048_575;

/**
 * Sends a table as it is made: the next rows are fetched when the client has taken those before. When something fails after
 * the first bytes the answer is cut off, so that nobody takes it for whole.
 * @param name of the file, without its ending
 */
export async function sendTable(
  response: Response,
  format: TableFormat,
  name: string,
  options: TableWriterOptions,
  pages: AsyncIterable<readonly OutputRow[]>,
): Promise<void> {
  response.setHeader('Content-Type', MEDIA_TYPES[format]);
  response.setHeader('Content-Disposition', attachment(name, `.${format}`));
  response.setHeader('Cache-Control', 'no-store');
  const writer = await createTableWriter(format, response, options);
  try {
    for await (const rows of pages) await writer.write(rows);
    await writer.end();
  } catch (error) {
    // Who went away before the end gets no answer, and is no fault of ours.
    const gone = response.destroyed;
    writer.abort(error instanceof Error ? error : new Error(String(error)));
    if (!gone) throw error;
  }
}
