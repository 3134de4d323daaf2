/** How a serial number of days is shown. A duration counts its hours beyond 24, a time begins anew each day. */
export type SerialKind = 'date' | 'time' | 'dateTime' | 'duration';

const SECONDS_PER_DAY = 86_400;
/** Behind the last second of the year 9999, the last that a spreadsheet shows as a date. */
const END_OF_DATES_1900 = 2_958_466;
const DAYS_FROM_1900_TO_1904 = 1_462;
/** Days from 1899-12-30 to 1970-01-01. */
const UNIX_EPOCH = 25_569;

/**
 * The day, time or span that a serial number stands for, rounded to the second: `yyyy-MM-dd`, `HH:mm:ss`,
 * `yyyy-MM-ddTHH:mm:ss`.
 *
 * In the 1900 system days are named as Excel names them: 60 is 1900-02-29, which never was, and 0 is 1900-01-00.
 *
 * @returns undefined for what is no date: negative ones and those beyond the year 9999 (times and spans have no bounds)
 */
export function serialText(serial: number, kind: SerialKind, date1904: boolean): string | undefined {
  if (kind === 'duration') return durationText(serial * SECONDS_PER_DAY);
  if (kind === 'time') return serial < 0 ? durationText(serial * SECONDS_PER_DAY) : timeOf(roundedSeconds(serial));
  const seconds = roundedSeconds(serial);
  const day = Math.floor(seconds / SECONDS_PER_DAY) + (date1904 ? DAYS_FROM_1900_TO_1904 : 0);
  if (serial < 0 || !(day < END_OF_DATES_1900)) return undefined;
  const date = date1904 || day > 60 ? civilDate(day - UNIX_EPOCH) : earlyDate(day);
  return kind === 'date' ? date : `${date}T${timeOf(seconds)}`;
}

/** A span of time as `[-]HH:mm:ss`, rounded to the second; hours may have more than two digits. */
export function durationText(seconds: number): string | undefined {
  const rounded = Math.round(Math.abs(seconds));
  if (!Number.isSafeInteger(rounded)) return undefined;
  const sign = seconds < 0 && rounded > 0 ? '-' : '';
  return `${sign}${two(Math.floor(rounded / 3600))}:${two(Math.floor(rounded / 60) % 60)}:${two(rounded % 60)}`;
}

/** Days before March 1900, where the calendar of the 1900 system is not the true one. */
function earlyDate(day: number): string {
  if (day === 60) return '1900-02-29';
  return day === 0 ? '1900-01-00' : civilDate(day + 1 - UNIX_EPOCH);
}

function roundedSeconds(serial: number): number {
  return Math.round(serial * SECONDS_PER_DAY);
}

function timeOf(seconds: number): string {
  const ofDay = seconds % SECONDS_PER_DAY;
  return `${MINUTES[Math.floor(ofDay / 60)]}:${two(ofDay % 60)}`;
}

const CACHED_DAYS = 4_096;
const cachedDays = new Float64Array(CACHED_DAYS).fill(Number.NaN);
const cachedDates: string[] = Array.from({ length: CACHED_DAYS }, () => '');

/** The days of a table are mostly the same few thousand. */
function civilDate(unixDay: number): string {
  const slot = unixDay & (CACHED_DAYS - 1);
  if (cachedDays[slot] !== unixDay) {
    cachedDays[slot] = unixDay;
    cachedDates[slot] = civilFromDays(unixDay);
  }
  return cachedDates[slot] ?? '';
}

/** By days since 1970-01-01; the algorithm is Howard Hinnant's `civil_from_days`, for the years 0 to 9999. */
function civilFromDays(unixDay: number): string {
  const day = unixDay + 719_468;
  const era = Math.floor(day / 146_097);
  const ofEra = day - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(ofYear - Math.floor((153 * shifted + 2) / 5) + 1)}`;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function two(value: number): string {
  return TWO_DIGITS[value] ?? String(value);
}

/** The minutes of a day as `HH:mm`. */
const MINUTES = Array.from({ length: 24 * 60 }, (_, minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);
