import type { OutputCell, OutputColumn, OutputRow } from './output-cell.js';

export interface DocumentProperties {
  readonly title?: string | undefined;
  readonly creator?: string | undefined;
  /** Preset: now. */
  readonly created?: Date | undefined;
}

/** A table that is known as a whole, on a sheet of its own. */
export interface FurtherSheet {
  /** Unlike those of the other sheets; made valid where a spreadsheet would refuse it. */
  readonly sheetName: string;
  readonly columns: readonly OutputColumn[];
  readonly rows: readonly (readonly OutputCell[])[];
}

export interface TableWriterOptions {
  /** With columns the first row is their headers: bold, frozen, with filters. Without, there are only the rows. */
  readonly columns?: readonly OutputColumn[] | undefined;
  /** Made valid where a spreadsheet would refuse it. */
  readonly sheetName?: string | undefined;
  /** Whose habits the file follows: the delimiter of CSV, how dates are shown. No value depends on it. Preset: en. */
  readonly language?: 'de' | 'en' | undefined;
  /** Small tables on sheets behind. Not in CSV. */
  readonly further?: readonly FurtherSheet[] | undefined;
  readonly properties?: DocumentProperties | undefined;
}

/** Writes one table to a stream, row by row, in memory that does not grow with the rows. */
export interface TableWriter {
  /**
   * Settles as soon as the stream can take more; wait for it before the next call. After an error only `abort` is left.
   *
   * @throws TabularError cell_not_writable, cell_too_long, too_many_rows, too_many_columns: no such cell or row exists in
   * the format. Whatever the output stream fails with.
   */
  write(rows: Iterable<OutputRow>): Promise<void>;
  /** Completes the file and ends the stream. Settles when the stream has passed everything on. */
  end(): Promise<void>;
  /** Gives up: what the stream has got is no file. Destroys the stream. */
  abort(reason?: Error): void;
}

/** What is behind a {@link TableWriter}: one class for each format. */
export interface FormatWriter {
  write(rows: Iterable<OutputRow>): Promise<void>;
  end(): Promise<void>;
  /** Gives back what it holds; the output is destroyed by others. */
  abort(): void;
}
