import type { SheetGlance } from './sample-sheet.js';

/** Cells side by side of a cover sheet: a name, its value, a remark. */
const COVER = 3;

/**
 * The sheet that is meant when nobody names one: the first that is not hidden and holds more than a line, but not one as narrow
 * as a cover sheet where a table of more than twice its width follows; else the first that holds anything.
 */
export function mainSheet(sheets: readonly SheetGlance[]): SheetGlance | undefined {
  const full = sheets.filter(({ hasData }) => hasData);
  const visible = full.filter(({ hidden }) => !hidden);
  const candidates = visible.length > 0 ? visible : full;
  const tables = candidates.filter(({ rows }) => rows > 1);
  const widest = tables.reduce((most, { width }) => Math.max(most, width), 0);
  return tables.find(({ width }) => width > COVER || width * 2 >= widest) ?? candidates[0];
}
