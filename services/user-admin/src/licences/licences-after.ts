import { licenceFigures, type LicenceFigures } from './licence-figures.js';

/** What one row of a file does to the licences; `row` names it. */
export interface LicenceChange<Row> {
  readonly row: Row;
  /** Whether its account uses a licence; a new one does not. */
  readonly before: boolean;
  readonly after: boolean;
}

export interface LicenceForecast<Row> {
  readonly now: LicenceFigures;
  /** Once the rows that are not refused are written. */
  readonly after: LicenceFigures;
  readonly freed: number;
  readonly taken: number;
  /** Rows for which none is left, in file order: `licence_exceeded`. */
  readonly refused: readonly Row[];
}

/**
 * What is left of the licences after an import. Those that the file frees count before new ones; new ones are given in file
 * order. Whoever keeps a licence keeps it, also in a company that uses more than it has.
 * @param changes of the rows that nothing else refuses, in file order
 */
export function licencesAfter<Row>(
  { total, inUse }: Pick<LicenceFigures, 'total' | 'inUse'>,
  changes: readonly LicenceChange<Row>[],
): LicenceForecast<Row> {
  const freed = changes.filter(({ before, after }) => before && !after).length;
  const wanting = changes.filter(({ before, after }) => !before && after);
  const left = Math.max(0, total - (inUse - freed));
  const taken = Math.min(left, wanting.length);
  return {
    now: licenceFigures(total, inUse),
    after: licenceFigures(total, inUse - freed + taken),
    freed,
    taken,
    refused: wanting.slice(taken).map(({ row }) => row),
  };
}
