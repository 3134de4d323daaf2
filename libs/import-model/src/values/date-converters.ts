import type { FieldSchema } from '../schema/field-schema.js';
import type { CellResult, SourceFormat } from './cell-result.js';
import { compilePattern, matchPattern, type DateParts, type DatePattern } from './date-pattern.js';
import { localTime } from './local-time.js';
import { invalidValue } from './problems.js';

const ALWAYS_READ = ['yyyy-MM-dd'];
/** Beyond doubt also without a pattern: nobody writes months first with dots. */
const READ_WITHOUT_PATTERN = ['dd.MM.yyyy'];
const TIMES = ['', ' HH:mm', 'THH:mm', ' HH:mm:ss', 'THH:mm:ss', ' h:mm a', ' h:mm:ss a'];

type Converter = (text: string) => CellResult;

/** Reads days. A time is no fault when it is midnight, as spreadsheets write days. */
export function dateConverter(field: FieldSchema, source: SourceFormat): Converter {
  const read = partsReader(source);
  return (text) => {
    const parts = read(text);
    const isDay = parts && parts.hour === 0 && parts.minute === 0 && parts.second === 0;
    return isDay ? { ok: true, value: dayText(parts) } : wrongForm(field, 'date', source, text);
  };
}

/** Reads days with times; a day alone is its midnight. Fractions of seconds are cut. */
export function dateTimeConverter(field: FieldSchema, source: SourceFormat): Converter {
  const read = partsReader(source);
  return (text) => {
    const parts = read(text) ?? zonedParts(text, source.timeZone, read) ?? read(withoutFraction(text));
    return parts
      ? { ok: true, value: `${dayText(parts)}T${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}` }
      : wrongForm(field, 'dateTime', source, text);
  };
}

function wrongForm(
  field: FieldSchema,
  form: 'date' | 'dateTime',
  { dateFormat }: SourceFormat,
  text: string,
): CellResult {
  return dateFormat === undefined
    ? invalidValue(field, form, text)
    : invalidValue(field, 'pattern', text, { pattern: dateFormat });
}

function partsReader({ dateFormat }: SourceFormat): (text: string) => DateParts | undefined {
  const patterns = patternsOf(dateFormat);
  return (text) => {
    if (text.length > 40) return undefined;
    for (const pattern of patterns) {
      const parts = matchPattern(pattern, text);
      if (parts) return parts;
    }
    return undefined;
  };
}

function patternsOf(dateFormat: string | undefined): DatePattern[] {
  const hasTime = dateFormat !== undefined && /[Hh]/.test(dateFormat);
  const own = dateFormat === undefined ? READ_WITHOUT_PATTERN : [dateFormat];
  const days = hasTime ? ALWAYS_READ : [...own, ...ALWAYS_READ];
  const texts = days.flatMap((day) => TIMES.map((time) => day + time));
  return [...(hasTime ? own : []), ...texts].map((text) => {
    const pattern = compilePattern(text);
    if (!pattern) throw new Error(`"${text}" is no date pattern`);
    return pattern;
  });
}

const FRACTION = /^(.{16,19}:\d{2})[.,]\d{1,9}$/;
const ZONED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

function withoutFraction(text: string): string {
  return FRACTION.exec(text)?.[1] ?? text;
}

/** A moment with an offset, as local time of `timeZone`. */
function zonedParts(
  text: string,
  timeZone: string | undefined,
  read: (text: string) => DateParts | undefined,
): DateParts | undefined {
  if (timeZone === undefined || text.length > 40) return undefined;
  const [, day, time, offset] = ZONED.exec(text) ?? [];
  // Date.parse makes a 2nd of March of a 30th of February.
  if (day === undefined || time === undefined || offset === undefined || !read(`${day}T${time}`)) return undefined;
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const moment = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : localTime(moment, timeZone);
}

function dayText({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
