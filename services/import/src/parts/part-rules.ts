import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '@muster/contracts';
import type { FileLimits } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';

/** Parts of one series, at most. */
export const MOST_PARTS = 1_000;
/** How many files of the size that a company may send one series may hold. */
const FILES_OF_A_SERIES = 10;

const MEGABYTE = 1024 * 1024;

/** One file of an import, and which part of it, from 1; undefined: it is the whole. */
export interface SourceFile {
  readonly upload: Upload;
  readonly part?: number | undefined;
  /** What its rows are further down in the file that the part was cut from; undefined: it is a file of its own. */
  readonly rowOffset?: number | undefined;
}

export interface NumberedPart extends SourceFile {
  readonly part: number;
}

/**
 * What is to be added to the row numbers of each part to have those of the one file that all of them were cut from;
 * undefined: the parts are files of their own, or there is but one file.
 */
export function offsetsInOneFile(files: readonly SourceFile[]): number[] | undefined {
  const offsets = files.flatMap(({ rowOffset }) => rowOffset ?? []);
  return files.length > 0 && offsets.length === files.length ? offsets : undefined;
}

/** How far a series is, as far as its rules ask. */
export interface SeriesStanding {
  readonly partCount: number | null;
  readonly parts: readonly Pick<NumberedPart, 'part'>[];
}

/** What an upload row says of the parts that are in, in the order of their numbers. */
export function wholeOf(
  parts: readonly NumberedPart[],
): Pick<Upload, 'fileName' | 'byteSize' | 'sha256' | 'source' | 'rowCount'> {
  const uploads = parts.map(({ upload }) => upload);
  const [first, last] = [uploads.at(0), uploads.at(-1)];
  return {
    fileName: [...new Set([first?.fileName ?? '', last?.fileName ?? ''])].join(' … '),
    byteSize: total(uploads, ({ byteSize }) => byteSize),
    sha256: digestOf(uploads),
    source: first?.source ?? { format: 'csv', headerRow: 1, firstDataRow: 2, columns: [] },
    rowCount: total(uploads, ({ rowCount }) => rowCount),
  };
}

/** One part has the content of its file; several have that of their digests, one after another. */
function digestOf(uploads: readonly Upload[]): string {
  const [first, ...others] = uploads;
  if (first && others.length === 0) return first.sha256;
  return createHash('sha256').update(uploads.map(({ sha256 }) => sha256).join('\n')).digest('hex'); // prettier-ignore
}

/** What a series may hold; each of its files is held to the limits of a file. @throws Problem series_too_large, series_too_many_rows */
export function requireRoom(parts: readonly NumberedPart[], file: FileLimits): void {
  const bytes = total(parts, ({ upload }) => upload.byteSize);
  if (bytes > file.bytes * FILES_OF_A_SERIES) {
    const params = {
      limitMegabytes: (file.bytes * FILES_OF_A_SERIES) / MEGABYTE,
      sizeMegabytes: Math.ceil((bytes / MEGABYTE) * 10) / 10,
    };
    throw new Problem('series_too_large', { params });
  }
  requireRows(total(parts, ({ upload }) => upload.rowCount), file); // prettier-ignore
}

/** @throws Problem series_too_many_rows */
export function requireRows(rows: number, file: Pick<FileLimits, 'rows'>): void {
  const limit = file.rows * FILES_OF_A_SERIES;
  if (rows > limit) throw new Problem('series_too_many_rows', { params: { limit, rows } });
}

/** @throws Problem part_out_of_range */
export function requirePartOf(count: number | null, part: number): void {
  const most = count ?? MOST_PARTS;
  if (!Number.isInteger(part) || part < 1 || part > most) {
    throw new Problem('part_out_of_range', { params: { part, count: most } });
  }
}

/** Numbers of the parts that are not in; unknown, and none, while nobody said how many there are. */
export function missingParts({ partCount, parts }: SeriesStanding): number[] {
  const present = new Set(parts.map(({ part }) => part));
  return Array.from({ length: partCount ?? 0 }, (_, i) => i + 1).filter((part) => !present.has(part));
}

/** How many of the missing parts a problem names. */
const NAMED_PARTS = 20;

/** @throws Problem part_out_of_range, part_count_differs, parts_missing when the series cannot be closed with so many parts */
export function requireComplete({ partCount, parts }: SeriesStanding, count: number): void {
  if (partCount !== null && partCount !== count) {
    throw new Problem('part_count_differs', { params: { count, announced: partCount } });
  }
  for (const { part } of parts) requirePartOf(count, part);
  const missing = missingParts({ partCount: count, parts });
  if (missing.length === 0) return;
  const named = missing.slice(0, NAMED_PARTS).join(', ');
  const params = { count, missing: missing.length > NAMED_PARTS ? `${named}, …` : named };
  throw new Problem('parts_missing', { params });
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

/** Whether what was sent again as the same part is the same file, read alike, from the same place. */
export function isSamePart(one: SourceFile, other: SourceFile): boolean {
  return (
    one.upload.sha256 === other.upload.sha256 &&
    one.rowOffset === other.rowOffset &&
    isDeepStrictEqual(one.upload.source, other.upload.source)
  );
}
