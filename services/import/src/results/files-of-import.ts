import { filesAsConfigured, sourceAsConfigured } from '../imports/open-as-configured.js';
import { placesIn, unionOfColumns, writtenAlike } from '../parts/part-columns.js';
import type { Reading } from '../reps/readings.js';
import { offsetsInOneFile, type SourceFile } from '../parts/part-rules.js';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { FileRows, OneOfFiles } from './result-file.js';

/** The file that an import was made of, or its parts, to be streamed once more. */
export interface FilesOfImport {
  /** Every column, and how numbers are written. */
  readonly source: Pick<SourceSettings, 'columns' | 'decimalSeparator'>;
  readonly rows: AsyncIterable<FileRows>;
}

/** How many rows there may be was settled when the file came in. */
const ALL_ROWS = Number.MAX_SAFE_INTEGER;

/** One of the files of an import, or its parts, and how it is read. */
export interface FileOfImport {
  readonly read: Pick<Reading, 'configuration' | 'rowOffset'>;
  /** The last row number that is its; absent: it is the last file. Further rows of it nobody wrote before it was replaced. */
  readonly lastRow?: number | undefined;
  readonly files: readonly SourceFile[];
  readonly isRest: boolean;
}

/** @throws Problem file_removed, and what is wrong with a file that is read as the configuration says */
export async function filesOfImport(reader: UploadReader, all: readonly FileOfImport[]): Promise<FilesOfImport> {
  const sources: SourceSettings[] = [];
  for (const { read, files } of all) {
    for (const { upload } of writtenAlike(files)) {
      sources.push(await sourceAsConfigured(reader, upload, read.configuration));
    }
  }
  const columns = unionOfColumns(sources.map((source) => source.columns));
  const decimalSeparator = sources[0]?.decimalSeparator;
  return {
    source: { columns, ...(decimalSeparator !== undefined && { decimalSeparator }) },
    rows: rowsOfAll(reader, all, columns),
  };
}

async function* rowsOfAll(
  reader: UploadReader,
  all: readonly FileOfImport[],
  columns: readonly string[],
): AsyncGenerator<FileRows> {
  for (const file of all) yield* rowsOf(reader, file, columns);
}

/** Rows are numbered as the staging numbers them. */
async function* rowsOf(
  reader: UploadReader,
  { files, read: { configuration, rowOffset }, isRest, lastRow: endsAt = Infinity }: FileOfImport,
  all: readonly string[],
): AsyncGenerator<FileRows> {
  const offsets = offsetsInOneFile(files)?.map((inFile) => rowOffset + inFile);
  let lastRow = rowOffset;
  let index = 0;
  for await (const file of filesAsConfigured(reader, files, configuration)) {
    const { columns } = file.source;
    const offset = offsets?.[index] ?? lastRow;
    const told = offsets ? { offset: rowOffset } : { offset, part: files[index]?.part };
    const of: OneOfFiles = { ...told, columns, places: placesIn(all, columns) };
    index++;
    for await (const { rows } of file.rows(ALL_ROWS)) {
      const numbered = offset === 0 ? rows : rows.map((row) => ({ ...row, row: row.row + offset }));
      lastRow = numbered.at(-1)?.row ?? lastRow;
      yield { rows: lastRow > endsAt ? numbered.filter(({ row }) => row <= endsAt) : numbered, of, isRest };
      if (lastRow >= endsAt) return;
    }
  }
}
