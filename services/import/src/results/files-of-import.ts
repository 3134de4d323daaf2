import type { ImportJob } from '../imports/import-job.entity.js';
import { filesAsConfigured, sourceAsConfigured } from '../imports/open-as-configured.js';
import { placesIn, unionOfColumns, writtenAlike } from '../parts/part-columns.js';
import type { SourceFile } from '../parts/part-rules.js';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { FileRows } from './result-file.js';

/** The file that an import was made of, or its parts, to be streamed once more. */
export interface FilesOfImport {
  /** Every column, and how numbers are written. */
  readonly source: Pick<SourceSettings, 'columns' | 'decimalSeparator'>;
  readonly rows: AsyncIterable<FileRows>;
}

/** How many rows there may be was settled when the file came in. */
const ALL_ROWS = Number.MAX_SAFE_INTEGER;

type Read = Pick<ImportJob, 'configuration' | 'rowOffset'>;

/** @throws Problem file_removed, and what is wrong with a file that is read as the configuration says */
export async function filesOfImport(
  reader: UploadReader,
  files: readonly SourceFile[],
  read: Read,
): Promise<FilesOfImport> {
  const sources: SourceSettings[] = [];
  for (const { upload } of writtenAlike(files)) {
    sources.push(await sourceAsConfigured(reader, upload, read.configuration));
  }
  const columns = unionOfColumns(sources.map((source) => source.columns));
  const decimalSeparator = sources[0]?.decimalSeparator;
  return {
    source: { columns, ...(decimalSeparator !== undefined && { decimalSeparator }) },
    rows: rowsOf(reader, files, read, columns),
  };
}

/** Rows are numbered as the staging numbers them. */
async function* rowsOf(
  reader: UploadReader,
  files: readonly SourceFile[],
  { configuration, rowOffset }: Read,
  all: readonly string[],
): AsyncGenerator<FileRows> {
  let offset = rowOffset;
  let lastRow = rowOffset;
  let index = 0;
  for await (const file of filesAsConfigured(reader, files, configuration)) {
    const { columns } = file.source;
    const of = { offset, part: files[index++]?.part, columns, places: placesIn(all, columns) };
    for await (const { rows } of file.rows(ALL_ROWS)) {
      const numbered = offset === 0 ? rows : rows.map((row) => ({ ...row, row: row.row + of.offset }));
      lastRow = numbered.at(-1)?.row ?? lastRow;
      yield { rows: numbered, of };
    }
    offset = lastRow;
  }
}
