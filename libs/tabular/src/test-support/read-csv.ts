import { openCsv, type CsvOverrides, type CsvTable } from '../csv/open-csv.js';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import type { SheetRow } from '../table.js';

export function openCsvText(
  file: string | Uint8Array,
  overrides: CsvOverrides = {},
  limits: Partial<TableLimits> = {},
): Promise<CsvTable> {
  const context = { limits: { ...DEFAULT_LIMITS, ...limits }, temporaryFolder: '' };
  return openCsv(bytesSource(typeof file === 'string' ? Buffer.from(file) : file), context, overrides);
}

export async function rowsOf(...file: Parameters<typeof openCsvText>): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of (await openCsvText(...file)).read()) rows.push(...batch.rows);
  return rows;
}

export async function cellsOf(...file: Parameters<typeof openCsvText>): Promise<string[][]> {
  return (await rowsOf(...file)).map(({ cells }) => cells);
}
