/** Elements that hold sheets, one in the other. */
export const AROUND_SHEETS: ReadonlySet<string> = new Set([
  'office:document-content',
  'office:body',
  'office:spreadsheet',
]);

/** Elements that hold rows and mean nothing for their values. */
export const AROUND_ROWS: ReadonlySet<string> = new Set([
  'table:table-row-group',
  'table:table-header-rows',
  'table:table-rows',
]);

/** Elements that hold paragraphs of a cell. */
export const AROUND_PARAGRAPHS: ReadonlySet<string> = new Set([
  'text:list',
  'text:list-header',
  'text:list-item',
  'text:numbered-paragraph',
  'text:section',
]);

/** A table among the sheets that keeps values of another file, for formulas: spreadsheets show no sheet of this kind. */
export function isCacheOfOtherFile(name: string): boolean {
  return /^'[a-z][a-z\d+.-]*:.*'#/is.test(name);
}

/** How often something is repeated: nonsense is once. */
export function repeats(value: string | undefined): number {
  if (value === undefined || !/^\d+$/.test(value)) return 1;
  return Math.min(Math.max(1, Number(value)), MOST_REPEATS);
}

const MOST_REPEATS = 2 ** 31;
