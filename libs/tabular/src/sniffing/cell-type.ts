import type { CellKind } from '../table.js';
import { guessDate, type DateGuess } from './guess-date.js';
import { guessNumber, type NumberGuess } from './guess-number.js';

export const CELL_TYPES = ['text', 'integer', 'decimal', 'percent', 'date', 'time', 'dateTime', 'boolean', 'error', 'empty'] as const; // prettier-ignore
/** What a cell is, by its kind in the file or, where that is text, by what is written. */
export type CellType = (typeof CELL_TYPES)[number];

export interface TypedCell {
  readonly type: CellType;
  /** How the text is written; absent where the file itself says what the cell is. */
  readonly number?: NumberGuess;
  readonly date?: DateGuess;
}

const BOOLEANS = new Set(['true', 'false', 'wahr', 'falsch', 'vrai', 'faux', 'yes', 'no', 'ja', 'nein', 'oui', 'non']);
const ONLY_TYPE: Readonly<Record<CellType, TypedCell>> = {
  text: { type: 'text' },
  integer: { type: 'integer' },
  decimal: { type: 'decimal' },
  percent: { type: 'percent' },
  date: { type: 'date' },
  time: { type: 'time' },
  dateTime: { type: 'dateTime' },
  boolean: { type: 'boolean' },
  error: { type: 'error' },
  empty: { type: 'empty' },
};

export function typeOfCell(cell: string, kind: CellKind = 'text'): TypedCell {
  if (kind === 'number') return ONLY_TYPE[cell.includes('.') || cell.includes('e-') ? 'decimal' : 'integer'];
  return kind === 'text' ? typeOfText(cell.trim()) : ONLY_TYPE[kind];
}

function typeOfText(text: string): TypedCell {
  if (text === '') return ONLY_TYPE.empty;
  const number = guessNumber(text);
  if (number) return { type: number.type, number };
  const date = guessDate(text);
  if (date) return { type: date.type, date };
  if (BOOLEANS.has(text.toLowerCase())) return ONLY_TYPE.boolean;
  return ONLY_TYPE.text;
}
