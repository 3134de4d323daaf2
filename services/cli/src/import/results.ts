import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createTableWriter, isBlank, type OutputCell, type SheetRow, type TableFormat } from '@muster/tabular';
import type { MusterApi } from '../api/muster-api.js';
import type { Language } from '../language.js';
import { UsageError } from '../usage-error.js';
import type { ImportRow, ImportRowPage } from './api-types.js';
import type { Original } from './original.js';

const FORMATS: readonly TableFormat[] = ['csv', 'xlsx', 'ods'];
/** The most that a page holds. */
const PAGE = 5_000;

const HEADERS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Row', 'Outcome', 'Record id', 'Code', 'Field', 'Message'],
  de: ['Zeile', 'Ergebnis', 'Datensatz-ID', 'Code', 'Feld', 'Meldung'],
};

/** @throws UsageError */
export function resultsFormat(path: string): TableFormat {
  const format = FORMATS.find((known) => path.toLowerCase().endsWith(`.${known}`));
  if (!format) throw new UsageError(`--results is a file that ends with .${FORMATS.join(', .')}, not "${path}".`);
  return format;
}

/**
 * Writes one file with all rows of the original, each with its number there and what became of it. It appears when it is
 * complete.
 * @returns how many rows
 */
export async function writeResults(
  api: MusterApi,
  importId: string,
  original: Original,
  path: string,
  language: Language,
): Promise<number> {
  const unfinished = `${path}.${process.pid}.part`;
  const columns = [...original.columns, ...HEADERS[language]].map((header) => ({ header }));
  const writer = await createTableWriter(resultsFormat(path), createWriteStream(unfinished), { columns, language });
  let count = 0;
  try {
    for await (const rows of joined(original, resultsOf(api, importId))) {
      await writer.write(rows);
      count += rows.length;
    }
    await writer.end();
    await rename(unfinished, path);
    return count;
  } catch (error) {
    writer.abort();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** In the order of the file. */
async function* resultsOf(api: MusterApi, importId: string): AsyncGenerator<ImportRow> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: ImportRowPage = await api.get<ImportRowPage>(`/v1/imports/${importId}/rows?limit=${PAGE}${after}`);
    yield* page.items;
    cursor = page.nextCursor;
  }
}

/** Both come in the order of the file, by whose row numbers they belong together. */
export async function* joined(
  { table, sheet, firstDataRow, columns }: Pick<Original, 'table' | 'sheet' | 'firstDataRow' | 'columns'>,
  results: AsyncIterable<ImportRow>,
): AsyncGenerator<OutputCell[][]> {
  const iterator = results[Symbol.asyncIterator]();
  let next = await iterator.next();
  for await (const { rows } of table.read({ sheet: sheet || undefined })) {
    const written: OutputCell[][] = [];
    for (const row of rows) {
      if (row.row < firstDataRow || isBlank(row.cells)) continue;
      while (!next.done && next.value.row < row.row) next = await iterator.next();
      const found = !next.done && next.value.row === row.row ? next.value : undefined;
      written.push([...original(row, columns.length), ...outcome(row.row, found)]);
    }
    yield written;
  }
}

function original({ cells, kinds }: SheetRow, width: number): OutputCell[] {
  return Array.from({ length: width }, (_, i) => ({ text: cells[i] ?? '', kind: kinds?.[i] }));
}

function outcome(row: number, found: ImportRow | undefined): OutputCell[] {
  const problems = found?.problems ?? [];
  const said = (of: (problem: ImportRow['problems'][number]) => string | undefined): string =>
    problems.map((problem) => of(problem) ?? '').join('; ');
  return [
    row,
    found?.outcome ?? 'unprocessed',
    found?.recordId ?? '',
    said(({ code }) => code),
    said(({ column, field }) => column ?? field),
    said(({ message }) => message),
  ];
}
