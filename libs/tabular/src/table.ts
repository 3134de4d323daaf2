import type { CsvDialect } from './csv/csv-dialect.js';
import type { TableLimits } from './limits.js';

/** What kind of value a cell holds. Texts of all kinds but `text` have one form only, whatever the sheet's format shows. */
export type CellKind = 'text' | 'number' | 'percent' | 'date' | 'time' | 'dateTime' | 'boolean' | 'error';

/** A row of a sheet as it stands there; nothing is a header yet. */
export interface SheetRow {
  /** As a person finds it in the file, from 1. CSV counts records, blank ones included. */
  readonly row: number;
  /** From the first column on, up to the last one that holds something. */
  readonly cells: string[];
  /** The kinds of `cells`, one for one; absent when all of them are text. */
  readonly kinds?: CellKind[];
}

export interface SheetBatch {
  /** Rows that hold something, in the order of the sheet; their numbers may have gaps. */
  readonly rows: SheetRow[];
  /** Bytes of the file that were read up to here. */
  readonly bytesRead: number;
  /** CSV ends with the last of these rows, without a line end: how many cells that row has, empty ones included. */
  readonly openEnd?: number | undefined;
}

export interface SheetInfo {
  readonly name: string;
  readonly hidden: boolean;
}

export interface ReadOptions {
  /** Name of the sheet. Preset: the first that is not hidden, or the first. */
  readonly sheet?: string | undefined;
  /** Reading ends with its reason as soon as it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export type TableFormat = 'xlsx' | 'ods' | 'csv';

/** A file whose rows can be read, one sheet after another. */
export interface Table {
  readonly format: TableFormat;
  /** In the order of the workbook; CSV has one, without a name. */
  readonly sheets: readonly SheetInfo[];
  /** Bytes of the file. */
  readonly size: number;
  /** What a CSV file is read as; other formats have none. */
  readonly csv?: CsvDialect;
  /**
   * The rows of one sheet. The file is asked for more only when the batch before was taken.
   *
   * @throws TabularError as the file is read; rows above the place may have been given out before
   */
  read(options?: ReadOptions): AsyncGenerator<SheetBatch, void, void>;
  /** Gives the file and everything temporary back. */
  close(): Promise<void>;
}

/** What the readers of all formats are given. */
export interface TableContext {
  readonly limits: TableLimits;
  /** Where parts that are too large for the memory may be kept while a table is open. */
  readonly temporaryFolder: string;
}

export interface TableRow {
  /** As a person finds it in the file, from 1: CSV counts records, header and blank ones included. */
  readonly row: number;
  /** As many as the header has; a shorter row is filled up with empty cells. */
  readonly cells: string[];
  /** The kinds of `cells`, one for one; absent when all of them are text. */
  readonly kinds?: CellKind[];
  /** The row has cells beyond the last column, and not all of them are empty. They are not in `cells`. */
  readonly extraCells?: true;
  /** CSV ends in this row, which has fewer cells than the header and no line end: it looks cut off. */
  readonly cutOff?: true;
}

export interface RowBatch {
  /**
   * Data rows that are not blank, in the order of the file. Their cells may be parts of a larger text: who keeps single
   * rows for long should keep copies, such as JSON, else the text stays in memory with them.
   */
  readonly rows: TableRow[];
  /** Bytes of the file up to the end of this batch, at most those that were read. */
  readonly bytesRead: number;
}
