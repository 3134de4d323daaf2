import type { CellKind } from '../table.js';
import type { CellFill, OutputColumn } from './output-cell.js';

const SECONDS_PER_DAY = 86_400;

/** How values are shown. A duration counts hours beyond 24. */
export type CellFormat = 'general' | 'text' | 'date' | 'dateTime' | 'time' | 'duration' | 'percent' | 'boolean';

export const FORMATS: readonly CellFormat[] = [
  'general',
  'text',
  'date',
  'dateTime',
  'time',
  'duration',
  'percent',
  'boolean',
];
export const FILLS: readonly CellFill[] = ['error', 'changed', 'warning'];

/** The colours by which Excel itself marks what is bad, good, neutral. */
export const FILL_COLOURS: Readonly<Record<CellFill, string>> = {
  error: 'FFC7CE',
  changed: 'C6EFCE',
  warning: 'FFEB9C',
};

/** How empty cells of a column of this kind are formatted. */
export function formatOfKind(kind: CellKind): CellFormat {
  return kind === 'number' || kind === 'error' ? 'general' : kind;
}

/** The format of a time or span in seconds. */
export function formatOfTime(seconds: number): 'time' | 'duration' {
  return seconds >= 0 && seconds < SECONDS_PER_DAY ? 'time' : 'duration';
}

/** In characters: enough for the header and its filter button. */
export function columnWidth({ header, width }: OutputColumn): number {
  return width ?? Math.min(Math.max(header.length + 4, 10), 40);
}
