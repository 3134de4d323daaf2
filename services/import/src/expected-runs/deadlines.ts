import { addDays, dayAt, momentOf, weekdayOf, type TimeOfDay } from '../clock/wall-clock.js';

/** From Sunday on, as days of the week are counted. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** By when a run has to have come to its end. */
export interface ExpectedBy {
  /** By the clocks of the company. */
  readonly localTime: TimeOfDay;
  readonly weekdays: readonly Weekday[];
  /** How long before that time a run may have ended and still counts for it. */
  readonly withinHours: number;
}

/** The first time after `after` by which a run is expected. */
export function nextDeadline(after: Date, { localTime, weekdays }: ExpectedBy, timeZone: string): Date {
  let day = dayAt(after, timeZone);
  for (;;) {
    const weekday = WEEKDAYS[weekdayOf(day)];
    if (weekday !== undefined && weekdays.includes(weekday)) {
      const deadline = momentOf(day, localTime, timeZone);
      if (deadline > after) return deadline;
    }
    day = addDays(day, 1);
  }
}

/** Those that have passed: after `after`, until `now`; the last `most` of them. */
export function deadlinesPassed(after: Date, now: Date, expected: ExpectedBy, timeZone: string, most: number): Date[] {
  const passed: Date[] = [];
  let deadline = nextDeadline(after, expected, timeZone);
  while (deadline <= now) {
    passed.push(deadline);
    deadline = nextDeadline(deadline, expected, timeZone);
  }
  return passed.slice(-most);
}

/** From when on a run counts for a deadline. */
export function countsSince(deadline: Date, { withinHours }: ExpectedBy): Date {
  return new Date(deadline.getTime() - withinHours * 60 * 60_000);
}
