import type { SheetRow } from '../table.js';
import { typeOfCell, type CellType } from './cell-type.js';
import { ColumnProfile } from './column-profile.js';

export interface FoundHeader {
  /** Number of the row; 0: the table has none. */
  readonly headerRow: number;
  /** Number of the first row with data. */
  readonly firstDataRow: number;
  /** From 0 to 1, how sure that is; under 0.5 one should ask. */
  readonly confidence: number;
}

/** A header stands below no more rows than this. */
const ROWS_ABOVE = 50;
/** Rows below that a header is compared with. */
const ROWS_BELOW = 200;
/** Columns that are compared; more would only cost time. */
const COLUMNS = 100;
/** Columns of a table in which a remark of two cells looks like a header. */
const NARROW = 4;
/** Nothing speaks for or against the first row: most files have a header. */
const UNDECIDED = 0.6;

/** Which row names the columns. @param rows the first ones of a sheet, at least one, without blank ones */
export function findHeader(rows: readonly SheetRow[]): FoundHeader {
  const first = firstTableRow(rows);
  const score = likeness(rows, first);
  if (score === undefined) return found(rows, first, UNDECIDED);
  // Above the table stands nothing of its own: a row of data that is taken for a header would be lost.
  if (score < 0) return { headerRow: 0, firstDataRow: rows[first]?.row ?? 1, confidence: sure(-score) };
  return found(rows, first, sure(score));
}

function sure(score: number): number {
  return Math.round(Math.min(1, UNDECIDED + score * (1 - UNDECIDED)) * 100) / 100;
}

function found(rows: readonly SheetRow[], at: number, confidence: number): FoundHeader {
  const headerRow = rows[at]?.row ?? 1;
  return { headerRow, firstDataRow: rows[at + 1]?.row ?? headerRow + 1, confidence };
}

/** Place of the first row that is no title, remark or group of columns above the table. */
function firstTableRow(rows: readonly SheetRow[]): number {
  const filled = rows.slice(0, ROWS_ABOVE * 2).map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  const fullest = filled.reduce((a, b) => Math.max(a, b), 1);
  const half = filled.findIndex((count, i) => i < ROWS_ABOVE && count * 2 >= fullest);
  let at = Math.max(half, 0);
  if (fullest > NARROW) return at;
  // In a narrow table half is not much. What stands above is followed by a row that is fuller and looks more like names.
  while (at < ROWS_ABOVE && (filled[at] ?? 0) < (filled[at + 1] ?? 0) && isNamesRather(rows, at + 1)) at++;
  return at;
}

/** Whether a row is rather the header than the one above it. */
function isNamesRather(rows: readonly SheetRow[], at: number): boolean {
  if (hasOnlyTexts(rows[at]) && !hasOnlyTexts(rows[at - 1])) return true;
  return (likeness(rows, at) ?? 0) > (likeness(rows, at - 1) ?? 0);
}

function hasOnlyTexts(row: SheetRow | undefined): boolean {
  return row?.cells.every((cell, i) => ['text', 'empty'].includes(typeOfCell(cell, row.kinds?.[i]).type)) ?? false;
}

/**
 * How much a row looks like the names of the columns below, -1 (a row of data like them) to 1; undefined when there is
 * nothing below.
 */
function likeness(rows: readonly SheetRow[], at: number): number | undefined {
  const row = rows[at];
  // Reports repeat the header on each page.
  const below = rows.slice(at + 1, at + 1 + ROWS_BELOW).filter(({ cells }) => !isSame(cells, row?.cells));
  if (!row || below.length === 0) return undefined;
  let sum = 0;
  let compared = 0;
  for (let i = 0; i < Math.min(row.cells.length, COLUMNS); i++) {
    const cell = row.cells[i] ?? '';
    if (cell.trim() === '') continue;
    const values = below.map(({ cells }) => cells[i] ?? '');
    const profile = new ColumnProfile();
    for (const [k, value] of values.entries()) profile.add(value, below[k]?.kinds?.[i]);
    if (profile.filled === 0) continue;
    sum += compare(cell, typeOfCell(cell, row.kinds?.[i]).type, values, profile);
    compared++;
  }
  return compared === 0 ? 0 : sum / compared;
}

function isSame(cells: readonly string[], others: readonly string[] = []): boolean {
  return cells.length === others.length && cells.every((cell, i) => cell === others[i]);
}

function compare(cell: string, type: CellType, values: readonly string[], profile: ColumnProfile): number {
  const column = profile.type;
  if (type === 'text') {
    if (column !== 'text') return 1;
    return compareTexts(cell, values.filter((value) => value.trim() !== '')); // prettier-ignore
  }
  if (isYear(cell) && values.filter(isYear).length * 2 < profile.filled) return 0.5;
  return family(type) === family(column) ? -1 : -0.3;
}

/** Names of columns are short, are not repeated below, and are not made as the values of the column are. */
function compareTexts(cell: string, values: readonly string[]): number {
  if (values.includes(cell)) return -0.5;
  const shapes = new Set(values.map(shapeOf));
  if (shapes.size === 1 && values.length > 1) return shapes.has(shapeOf(cell)) ? 0 : 0.5;
  const isLong = cell.length > 60 && values.every((value) => value.length < cell.length);
  return isLong || /[@\d]/.test(cell) ? -0.1 : 0.1;
}

/** `AT-4711` and `DE-0815` are made alike. */
function shapeOf(text: string): string {
  return text.slice(0, 60).replace(/\d/g, '0').replace(/\p{Lu}/gu, 'A').replace(/\p{Ll}+/gu, 'a'); // prettier-ignore
}

/** Years often stand above columns of figures. */
function isYear(cell: string): boolean {
  return /^(?:19|20)\d\d$/.test(cell.trim());
}

function family(type: CellType): string {
  if (type === 'integer' || type === 'decimal' || type === 'percent') return 'number';
  return type === 'date' || type === 'dateTime' || type === 'time' ? 'date' : type;
}
