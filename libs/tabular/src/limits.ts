/** What a file may at most be. All are counted while it is read; what a file says about itself is not believed. */
export interface TableLimits {
  /** Rows that are not blank, the header not counted. */
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 units of one cell. */
  readonly cellLength: number;
  /** Bytes of the file as it lies there. */
  readonly fileBytes: number;
  /** Entries of a zip archive. */
  readonly entries: number;
  /** Bytes that all entries of an archive together unpack to. */
  readonly unpackedBytes: number;
  /** Bytes that one entry unpacks to. */
  readonly entryBytes: number;
  /** How many times larger an entry may become by unpacking; not held against what stays under a few megabytes. */
  readonly unpackRatio: number;
  /** Different texts in the table of shared strings of a workbook. */
  readonly sharedStrings: number;
}

const MEGABYTE = 1024 * 1024;

export const DEFAULT_LIMITS: TableLimits = {
  rows: 100_000,
  columns: 2_000,
  cellLength: 32_767,
  fileBytes: 30 * MEGABYTE,
  entries: 2_000,
  unpackedBytes: 2_048 * MEGABYTE,
  entryBytes: 1_024 * MEGABYTE,
  unpackRatio: 500,
  sharedStrings: 5_000_000,
};

/** For files one trusts: what the formats themselves allow. */
export const NO_LIMITS: TableLimits = {
  rows: Number.MAX_SAFE_INTEGER,
  columns: 16_384,
  cellLength: 16 * MEGABYTE,
  fileBytes: Number.MAX_SAFE_INTEGER,
  entries: 65_535,
  unpackedBytes: Number.MAX_SAFE_INTEGER,
  entryBytes: Number.MAX_SAFE_INTEGER,
  unpackRatio: Number.MAX_SAFE_INTEGER,
  sharedStrings: Number.MAX_SAFE_INTEGER,
};

/** Which of the rows of a sheet is its header is known later only; readers let so many more rows through than `rows` allows. */
export const ROWS_ABOVE_DATA = 100;

/** What rows themselves are held to, whatever file they are in. */
export type RowLimits = Pick<TableLimits, 'rows' | 'columns' | 'cellLength'>;
