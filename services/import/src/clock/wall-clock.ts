import { localTime } from '@muster/import-model';

const DAY_MS = 24 * 60 * 60_000;

/** A day of the calendar, `2026-03-29`. */
export type Day = string;
/** What a clock shows, `06:00`. */
export type TimeOfDay = string;

/** The day that it is somewhere. @param timeZone IANA name */
export function dayAt(moment: Date, timeZone: string): Day {
  return new Date(clockOf(moment.getTime(), timeZone)).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/**
 * When the clocks of `timeZone` show that time of that day. Of an hour that comes twice the first one; a time that is left
 * out when clocks go forward is as much later as they do (as RFC 5545 and Temporal have it).
 */
export function momentOf(day: Day, time: TimeOfDay, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const offsetAt = (moment: number) => clockOf(moment, timeZone) - moment;
  const before = wanted - offsetAt(wanted - DAY_MS);
  const after = wanted - offsetAt(wanted + DAY_MS);
  const shown = [before, after].filter((moment) => clockOf(moment, timeZone) === wanted);
  return new Date(shown.length > 0 ? Math.min(...shown) : before);
}

/** What the clocks show, as if they were those of UTC: milliseconds since 1970, fractions of seconds left out. */
function clockOf(moment: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localTime(moment, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
