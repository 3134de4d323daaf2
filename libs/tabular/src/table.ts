export interface TableRow {
  /** As a person finds it in the file, from 1: CSV counts records, header and blank ones included. */
  readonly row: number;
  /** As many as the header has; a shorter row is filled up with empty cells. */
  readonly cells: string[];
  /** The row has cells beyond the last column, and not all of them are empty. They are not in `cells`. */
  readonly extraCells?: true;
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

export interface TableLimits {
  /** Data rows that are not blank. */
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 units of one cell. */
  readonly cellLength: number;
}
