const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(-?)(\d{2,9}):([0-5]\d):([0-5]\d)$/;
const SECONDS_PER_DAY = 86_400;
const MILLISECONDS_PER_DAY = 86_400_000;
/** Days from 1899-12-30 to 1970-01-01. */
const UNIX_EPOCH = 25_569;

/** Days that only the calendar of Excel has. */
const EXCEL_DAYS = new Map([
  ['1900-01-00', 0],
  ['1900-02-29', 60],
]);

/** `yyyy-MM-dd` is a day of the calendar. */
export function isDay(text: string): boolean {
  return unixDay(text) !== undefined;
}

/** `yyyy-MM-dd` is a day that Excel names, though the calendar does not have it. */
export function isExcelDay(text: string): boolean {
  return EXCEL_DAYS.has(text);
}

/** The number of a day (`yyyy-MM-dd`) in the 1900 system. @returns undefined for what it has no number for: before 1900 */
export function serialOfDay(text: string): number | undefined {
  const known = EXCEL_DAYS.get(text);
  if (known !== undefined) return known;
  const day = unixDay(text);
  if (day === undefined || day + UNIX_EPOCH < 2) return undefined;
  // Excel counts a 29th of February 1900: days before it are one off.
  return day + UNIX_EPOCH <= 60 ? day + UNIX_EPOCH - 1 : day + UNIX_EPOCH;
}

/** `[-]HH:mm:ss` in seconds; hours may have more than two digits. */
export function secondsOfTime(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4]);
  return parts[1] === '-' ? -seconds : seconds;
}

/** Takes `yyyy-MM-ddTHH:mm:ss` apart. @returns undefined for a text of another form, or beyond 23:59:59 */
export function partsOfMoment(text: string): { readonly day: string; readonly seconds: number } | undefined {
  const seconds = text[10] === 'T' ? secondsOfTime(text.slice(11)) : undefined;
  if (seconds === undefined || seconds < 0 || seconds >= SECONDS_PER_DAY) return undefined;
  return { day: text.slice(0, 10), seconds };
}

export function fractionOfDay(seconds: number): number {
  return seconds / SECONDS_PER_DAY;
}

function unixDay(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const time = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(time);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? time / MILLISECONDS_PER_DAY
    : undefined;
}
