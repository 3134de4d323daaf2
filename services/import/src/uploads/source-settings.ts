/** How a file is read. What was recognised from its content; a configuration's `source` overrides single values. */
export interface SourceSettings {
  readonly format: 'csv';
  readonly encoding: string;
  readonly delimiter: string;
  readonly quote: string;
  /** Record number of the header, from 1. */
  readonly headerRow: number;
  /** Header texts, in file order. */
  readonly columns: readonly string[];
}
