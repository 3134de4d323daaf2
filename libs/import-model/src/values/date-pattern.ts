/** What a piece of a pattern reads. Numbers of one or two digits are read for `d` and `dd` alike. */
type Part = 'year4' | 'year2' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'half';

const PARTS: Readonly<Record<string, Part>> = {
  yyyy: 'year4',
  yy: 'year2',
  M: 'month',
  MM: 'month',
  d: 'day',
  dd: 'day',
  H: 'hour',
  HH: 'hour',
  h: 'hour12',
  hh: 'hour12',
  mm: 'minute',
  ss: 'second',
  a: 'half',
};

export type DatePattern = readonly (Part | { readonly literal: string })[];

export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Whether `text` is a pattern of a date, with or without a time: letters `yMdHhmsa`, each date part once. */
export function isDatePattern(text: string): boolean {
  const pattern = compilePattern(text);
  if (!pattern) return false;
  const parts = pattern.filter((part): part is Part => typeof part === 'string');
  const years = parts.filter((part) => part === 'year4' || part === 'year2').length;
  const once = new Set(parts).size === parts.length;
  const clock12 =
    parts.includes('hour12') === parts.includes('half') && !(parts.includes('hour12') && parts.includes('hour'));
  return years === 1 && once && clock12 && parts.includes('month') && parts.includes('day');
}

/** @returns undefined when a letter of the pattern means nothing */
export function compilePattern(text: string): DatePattern | undefined {
  const pieces: (Part | { literal: string })[] = [];
  for (const [piece] of text.matchAll(/([A-Za-z])\1*|[^A-Za-z]/gu)) {
    const part = Object.hasOwn(PARTS, piece) ? PARTS[piece] : undefined;
    if (part) pieces.push(part);
    else if (piece === 'T' || !/[A-Za-z]/u.test(piece)) pieces.push({ literal: piece });
    else return undefined;
  }
  return pieces;
}

/** @returns the parts if the whole text fits the pattern and names a day and time that exist */
export function matchPattern(pattern: DatePattern, text: string): DateParts | undefined {
  const parts: DateParts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  let at = 0;
  let half: string | undefined;
  for (const piece of pattern) {
    if (typeof piece !== 'string') {
      if (!text.startsWith(piece.literal, at)) return undefined;
      at += piece.literal.length;
    } else if (piece === 'half') {
      half = text.slice(at, at + 2).toLowerCase();
      at += 2;
    } else {
      const end = endOfDigits(text, at, piece === 'year4' ? 4 : 2);
      if (end === at || ((piece === 'year4' || piece === 'year2') && end - at !== (piece === 'year4' ? 4 : 2)))
        return undefined;
      store(parts, piece, Number(text.slice(at, end)));
      at = end;
    }
  }
  if (at !== text.length || (half !== undefined && !applyHalf(parts, half))) return undefined;
  return exists(parts) ? parts : undefined;
}

function store(parts: DateParts, part: Exclude<Part, 'half'>, value: number): void {
  switch (part) {
    case 'year4':
      parts.year = value;
      return;
    case 'year2':
      // As spreadsheets do it: 00-29 is this century.
      parts.year = value + (value < 30 ? 2000 : 1900);
      return;
    case 'hour':
    case 'hour12':
      parts.hour = value;
      return;
    default:
      parts[part] = value;
  }
}

function applyHalf(parts: DateParts, half: string): boolean {
  if ((half !== 'am' && half !== 'pm') || parts.hour < 1 || parts.hour > 12) return false;
  parts.hour = (parts.hour % 12) + (half === 'pm' ? 12 : 0);
  return true;
}

function endOfDigits(text: string, from: number, most: number): number {
  let at = from;
  while (at < from + most && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  return at;
}

function exists({ year, month, day, hour, minute, second }: DateParts): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  return day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
