import type { CellKind } from '../table.js';
import type { FormatKind } from './number-format.js';

const ISO = /^(\d{4}-\d{2}-\d{2})?T?(?:(\d{2}:\d{2})(?::(\d{2})([.,]\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const DAY_ZERO = new Set(['1899-12-30', '1899-12-31', '1904-01-01']);

/**
 * A date as strict workbooks write it (`t="d"`), in the parts that the format of its cell shows; without one, in those it has.
 * A time is on no day or on day zero. Zones mean nothing: cells have the time of the clock on the wall.
 *
 * @returns undefined when it is no date
 */
export function isoCell(
  text: string,
  format: FormatKind | undefined,
): { readonly text: string; readonly kind: CellKind } | undefined {
  const parts = rounded(text);
  if (!parts) return undefined;
  const { date, time } = parts;
  if (date === undefined || (format === 'time' && time !== undefined)) {
    return time === undefined ? undefined : { text: time, kind: 'time' };
  }
  if (time === undefined || format === 'date') return { text: date, kind: 'date' };
  return format === 'duration' && DAY_ZERO.has(date)
    ? { text: time, kind: 'time' }
    : { text: `${date}T${time}`, kind: 'dateTime' };
}

function rounded(text: string): { date: string | undefined; time: string | undefined } | undefined {
  const [, date, minutes, seconds = '00', fraction] = ISO.exec(text) ?? [];
  if (date === undefined && minutes === undefined) return undefined;
  const start = new Date(`${date ?? '2000-01-01'}T${minutes ?? '00:00'}:${seconds}Z`).getTime();
  // The platform takes 31 February for 3 March.
  if (Number.isNaN(start) || (date !== undefined && !new Date(start).toISOString().startsWith(date))) return undefined;
  const more = fraction !== undefined && Number(`0.${fraction.slice(1)}`) >= 0.5 ? 1000 : 0;
  const [day, clock] = new Date(start + more).toISOString().slice(0, 19).split('T');
  return { date: date === undefined ? undefined : day, time: minutes === undefined ? undefined : clock };
}
