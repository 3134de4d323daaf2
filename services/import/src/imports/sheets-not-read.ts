import type { StoredProblem } from './import-job.entity.js';

/** The sheets of a file that hold something. */
export interface SheetsOfFile {
  /** The one that was recognised as the table; null: a file without sheets. */
  readonly sheet: string | null;
  readonly otherSheets: readonly string[];
}

/** How many sheets a warning names. */
const NAMED = 10;

/**
 * What is said of a file with more sheets than the one that is read.
 * @param chosen what the configuration says; undefined: the one that was recognised
 */
export function sheetsNotRead(chosen: string | undefined, { sheet, otherSheets }: SheetsOfFile): StoredProblem[] {
  if (sheet === null) return [];
  const rest = [sheet, ...otherSheets].filter((name) => name !== (chosen ?? sheet));
  if (rest.length === 0) return [];
  const named = rest.slice(0, NAMED).join(', ');
  return [{ code: 'other_sheets', params: { sheets: rest.length > NAMED ? `${named} ...` : named } }];
}
