import { Problem } from '@muster/contracts';
import { unstorableTexts } from '@muster/platform';
import { dataRows, openTable, sniff, type ByteSource, type RowBatch, type Table } from '@muster/tabular';
import { asFileProblem } from './file-problems.js';
import { sourceSettings, type SourceOverrides, type SourceSettings } from './source-settings.js';

/** The size of a file is held to when it comes in, its rows are counted by what is data. */
const LIMITS = { fileBytes: Number.MAX_SAFE_INTEGER, rows: Number.MAX_SAFE_INTEGER };

/** A file of which is known how it is read. Whoever opens it closes it. */
export class OpenedUpload {
  private constructor(
    private readonly table: Table,
    readonly source: SourceSettings,
  ) {}

  /** @throws Problem unsupported_format and others that say why it is no table; the file is closed then */
  static open(bytes: ByteSource, overrides: SourceOverrides): Promise<OpenedUpload> {
    return OpenedUpload.openWith(bytes, overrides, (table) => recognise(table, overrides));
  }

  /** @throws Problem as {@link open} */
  static openKnown(bytes: ByteSource, source: SourceSettings): Promise<OpenedUpload> {
    return OpenedUpload.openWith(bytes, source, () => source);
  }

  private static async openWith(
    bytes: ByteSource,
    csv: SourceOverrides,
    settings: (table: Table) => SourceSettings | Promise<SourceSettings>,
  ): Promise<OpenedUpload> {
    try {
      const table = await openTable(bytes, { limits: LIMITS, csv });
      try {
        return new OpenedUpload(table, await settings(table));
      } catch (error) {
        await table.close();
        throw error;
      }
    } catch (error) {
      throw asFileProblem(error);
    }
  }

  /**
   * The rows below the header, in batches. Fails with a Problem: too_many_rows, no_data_rows, unbalanced_quotes,
   * wrong_encoding, file_unreadable; a batch before it may have come already.
   */
  async *rows(rowLimit: number): AsyncGenerator<RowBatch> {
    const { sheet, headerRow, firstDataRow, columns } = this.source;
    const options = { headerRow, firstDataRow, columns: columns.length, limits: { rows: rowLimit } };
    try {
      yield* dataRows(this.table.read({ sheet }), options);
    } catch (error) {
      throw asFileProblem(error);
    }
  }

  /** Reads the whole file once. @returns the number of data rows that are not blank @throws as {@link rows} */
  async countRows(rowLimit: number): Promise<number> {
    let count = 0;
    for await (const batch of this.rows(rowLimit)) count += batch.rows.length;
    return count;
  }

  close(): Promise<void> {
    return this.table.close();
  }
}

async function recognise(table: Table, overrides: SourceOverrides): Promise<SourceSettings> {
  const { sheet, headerRow } = overrides;
  const sniffed = await sniff(table, { sheet: table.format === 'csv' ? undefined : sheet, headerRow });
  // A table without a header cannot be mapped by names: its first row is taken for one.
  const withHeader =
    sniffed.headerRow > 0 ? sniffed : await sniff(table, { sheet: sniffed.sheet, headerRow: sniffed.firstDataRow });
  const settings = sourceSettings(withHeader, overrides);
  requireStorable(settings);
  return settings;
}

/** Names are kept with the upload; a header with NUL is most often UTF-16 that is read as something else. */
function requireStorable({ format, columns, sheet = '', otherSheets = [] }: SourceSettings): void {
  if (unstorableTexts([...columns, sheet, ...otherSheets]).length === 0) return;
  const params = { format: format.toUpperCase(), reason: 'the header holds a NUL character' };
  throw new Problem('file_unreadable', { params });
}
