import type { FieldSchema } from '../schema/field-schema.js';
import type { CellResult } from './cell-result.js';
import { invalidValue } from './problems.js';

const TIME = /^(\d{1,2}):(\d{2})(?::00)?(?: ?([ap])m)?$/i;
const SPAN = /^(\d{1,4}):([0-5]\d)(?::00)?$/;
const MINUTES = /^\d{1,9}$/;

/** Reads times of the day to the minute. Seconds that are not zero are not cut: they were meant. */
export function timeConverter(field: FieldSchema): (text: string) => CellResult {
  return (text) => {
    const value = timeText(text);
    return value === undefined ? invalidValue(field, 'time', text) : { ok: true, value };
  };
}

const DAY_OFF = new Set(['closed', 'day off', 'off', 'geschlossen', 'zu', 'frei']);

/** Reads times, and words for a day off. */
export function workingTimeConverter(field: FieldSchema): (text: string) => CellResult {
  return (text) => {
    const value = DAY_OFF.has(text.toLowerCase()) ? 'closed' : timeText(text);
    return value === undefined ? invalidValue(field, 'workingTime', text) : { ok: true, value };
  };
}

function timeText(text: string): string | undefined {
  const [, hours = '', minutes = '', half] = TIME.exec(text) ?? [];
  const hour = half === undefined ? Number(hours) : hour24(Number(hours), half.toLowerCase());
  if (hours === '' || hour === undefined || hour > 23 || Number(minutes) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

function hour24(hour: number, half: string): number | undefined {
  return hour < 1 || hour > 12 ? undefined : (hour % 12) + (half === 'p' ? 12 : 0);
}

/** Reads spans of whole minutes, `90` or as spreadsheets show them, `1:30`. */
export function minutesConverter(field: FieldSchema): (text: string) => CellResult {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
  return (text) => {
    const value = minutesOf(text);
    if (value === undefined) return invalidValue(field, 'minutes', text);
    return value >= min && value <= max ? { ok: true, value } : invalidValue(field, 'range', text, { min, max });
  };
}

function minutesOf(text: string): number | undefined {
  if (MINUTES.test(text)) return Number(text);
  const [, hours, minutes] = SPAN.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
