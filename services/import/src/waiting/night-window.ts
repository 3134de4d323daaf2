import { addDays, dayAt, momentOf, type Day, type TimeOfDay } from '../clock/wall-clock.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Of a company, by the clocks of its time zone; `to` before `from` is on the next day. */
export interface NightWindow {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
}

export interface Night {
  readonly start: Date;
  /** No run begins any more. */
  readonly end: Date;
}

/** The night that it is at `now`, or else the next one. */
export function nightAt(now: Date, window: NightWindow, timeZone: string): Night {
  let day = addDays(dayAt(now, timeZone), -1);
  for (;;) {
    const night = nightOf(day, window, timeZone);
    if (night.end > now) return night;
    day = addDays(day, 1);
  }
}

/** @param day on which it begins */
function nightOf(day: Day, { from, to }: NightWindow, timeZone: string): Night {
  const start = momentOf(day, from, timeZone);
  const end = momentOf(to > from ? day : addDays(day, 1), to, timeZone);
  if (end > start) return { start, end };
  // All of it is in the hour that clocks leave out: it is as long as in any other night.
  return { start, end: new Date(start.getTime() + lengthOf(from, to) * MINUTE_MS) };
}

function lengthOf(from: TimeOfDay, to: TimeOfDay): number {
  return (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES;
}

function minuteOf(time: TimeOfDay): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
