import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { NO_LIMITS, openTable, sniff, type CsvDialect, type Table, type TableFormat } from '@muster/tabular';

/** What a configuration says about how a file is read; the rest is recognised. */
export interface SourceSaid {
  readonly sheet?: string | undefined;
  readonly headerRow?: number | undefined;
  readonly firstDataRow?: number | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
}

/** The file that is imported, and how it is read. Whoever opens it closes its table. */
export interface Original {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly table: Table;
  readonly format: TableFormat;
  readonly csv?: CsvDialect | undefined;
  /** Of a workbook. */
  readonly sheet: string;
  /** Number of the row that names the columns. */
  readonly headerRow: number;
  readonly firstDataRow: number;
  readonly columns: readonly string[];
  /** What the configuration says of its encoding. */
  readonly encoding: string | undefined;
}

/** Reads a file as the server would by the same configuration. @throws TabularError, errors of the file system */
export async function openOriginal(path: string, said: SourceSaid): Promise<Original> {
  const { delimiter, encoding } = said;
  const { size: bytes } = await stat(path);
  const table = await openTable(path, { limits: NO_LIMITS, csv: { delimiter, encoding } });
  try {
    const sheet = table.format === 'csv' ? undefined : said.sheet;
    const found = await sniff(table, { sheet, headerRow: said.headerRow });
    // A table without a header cannot be mapped by names: its first row is taken for one.
    const { headerRow, columns } =
      found.headerRow > 0 ? found : await sniff(table, { sheet: found.sheet, headerRow: found.firstDataRow });
    return {
      ...{ path, name: basename(path), bytes, table, format: table.format, csv: table.csv, sheet: found.sheet },
      headerRow,
      firstDataRow: Math.max(said.firstDataRow ?? 0, headerRow + 1),
      columns: columns.map(({ name }) => name),
      encoding,
    };
  } catch (error) {
    await table.close();
    throw error;
  }
}
