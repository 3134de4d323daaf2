import type { CellKind } from '../table.js';

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?$/;
const PLAIN_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
const PLAIN_MOMENT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * A date as `office:date-value` has it, rounded to the second. The sheet shows wall clock time: a time zone that follows
 * is left out.
 *
 * @param shown as the sheet shows it: it tells a date from a moment at midnight, which files write in either form
 * @returns undefined for what is no day of the years 0 to 9999
 */
export function dateValue(value: string, shown: string): readonly [text: string, kind: CellKind] | undefined {
  const showsTime = /\d:\d\d/.test(shown);
  if (!showsTime && PLAIN_DATE.test(value)) return [value, 'date'];
  if (PLAIN_MOMENT.test(value)) {
    return !showsTime && value.endsWith('T00:00:00') ? [value.slice(0, 10), 'date'] : [value, 'dateTime'];
  }
  const moment = momentOf(value);
  if (moment === undefined) return undefined;
  const text = new Date(moment).toISOString();
  if (text.length > 24) return undefined;
  const isDate = moment % MILLISECONDS_PER_DAY === 0 && !showsTime;
  return isDate ? [text.slice(0, 10), 'date'] : [text.slice(0, 19), 'dateTime'];
}

/** In milliseconds since 1970, as if the wall clock were in UTC. */
function momentOf(value: string): number | undefined {
  const parts = MOMENT.exec(value);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((at) => Number(parts[at] ?? 0)) as Six;
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  const isDay = new Date(midnight).getUTCMonth() === month - 1 && day > 0;
  if (!isDay || hour > 24 || minute > 59 || second > 60) return undefined;
  return midnight + (hour * 3600 + minute * 60 + second + Math.round(Number(parts[7] ?? 0))) * 1000;
}

type Six = [number, number, number, number, number, number];
