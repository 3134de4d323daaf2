import type { ProblemDetail } from '@muster/contracts';

const UPRN_DIGITS = 12;

/** What is wrong with a UPRN: 12 digits, text. One that is too short has most likely lost its zeros in a spreadsheet. */
export function uprnFault(text: string): Omit<ProblemDetail, 'pointer'> | undefined {
  if (!/^\d+$/.test(text) || text.length > UPRN_DIGITS) return { code: 'uprn_digits' };
  return text.length < UPRN_DIGITS ? { code: 'uprn_too_short', params: { length: text.length } } : undefined;
}

/** Whether it is a day of the calendar, `yyyy-MM-dd`. */
export function isDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day that it is somewhere, `yyyy-MM-dd`. */
export function todayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
}
