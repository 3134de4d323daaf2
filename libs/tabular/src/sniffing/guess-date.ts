export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** What a text would be as a date, a time or both. */
export interface DateGuess {
  readonly type: 'date' | 'time' | 'dateTime';
  /** Absent for a time. `ambiguous`: day and month could be either. */
  readonly order?: DateOrder | 'ambiguous';
  /** Such as `dd.MM.yyyy` or `yyyy-MM-dd HH:mm`; day and month are A and B where their order is open. */
  readonly pattern: string;
}

const MONTHS =
  'jan(?:uary|uar|ner)?|jänner|feb(?:ruary|ruar|ber)?|mar(?:ch)?|mär(?:z)?|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?';
const TIME = String.raw`([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(?:\s?([ap]\.?m\.?))?`;
const ZONE = String.raw`(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?`;
const ONLY_TIME = new RegExp(`^${TIME}$`, 'i');
const WITH_TIME = new RegExp(String.raw`^(.*?)(?:T|,?\s+)${TIME}${ZONE}$`, 'i');
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const DAY_NAMED_MONTH = new RegExp(String.raw`^(\d{1,2})(\.?[ -]|\.)(${MONTHS})(\.?,?[ -]|\.)(\d{4}|\d{2})$`, 'i');
const NAMED_MONTH_DAY = new RegExp(String.raw`^(${MONTHS})\.?[ -](\d{1,2}),?[ -](\d{4})$`, 'i');

/** A date as people write it, with months of English and German; native ones are ISO 8601 already. */
export function guessDate(text: string): DateGuess | undefined {
  if (text.length > 40 || !/\d/.test(text)) return undefined;
  const onlyTime = ONLY_TIME.exec(text);
  if (onlyTime) return { type: 'time', pattern: timePattern(onlyTime.slice(1)) };
  const timed = WITH_TIME.exec(text);
  const day = guessDay(timed?.[1] ?? text);
  if (!day || !timed) return day;
  const between = timed[0].charAt(timed[1]?.length ?? 0) === 'T' ? "'T'" : ' ';
  return { ...day, type: 'dateTime', pattern: `${day.pattern}${between}${timePattern(timed.slice(2))}` };
}

function timePattern([hour = '', , second, half]: readonly (string | undefined)[]): string {
  const letter = half === undefined ? 'H' : 'h';
  const hours = hour.length === 2 ? letter + letter : letter;
  return `${hours}:mm${second === undefined ? '' : ':ss'}${half === undefined ? '' : ' a'}`;
}

function guessDay(text: string): DateGuess | undefined {
  const [, year = '', separator = '', month = '', day = ''] = YEAR_FIRST.exec(text) ?? [];
  if (year !== '') {
    if (!isDay(year, month, day)) return undefined;
    return {
      type: 'date',
      order: 'ymd',
      pattern: `yyyy${separator}${letters('M', month)}${separator}${letters('d', day)}`,
    };
  }
  return guessYearLast(text) ?? guessNamedMonth(text);
}

function guessYearLast(text: string): DateGuess | undefined {
  const [, first = '', separator = '', second = '', year = ''] = YEAR_LAST.exec(text) ?? [];
  if (first === '') return undefined;
  const asDmy = isDay(year, second, first);
  // Nobody writes the month first with dots.
  const asMdy = separator !== '.' && isDay(year, first, second);
  if (!asDmy && !asMdy) return undefined;
  const order = asDmy && asMdy ? 'ambiguous' : asDmy ? 'dmy' : 'mdy';
  const [a, b] = order === 'dmy' ? ['d', 'M'] : order === 'mdy' ? ['M', 'd'] : ['A', 'B'];
  const pattern = `${letters(a ?? '', first)}${separator}${letters(b ?? '', second)}${separator}${letters('y', year)}`;
  return { type: 'date', order, pattern };
}

function guessNamedMonth(text: string): DateGuess | undefined {
  const [, day = '', before = '', month = '', after = '', year = ''] = DAY_NAMED_MONTH.exec(text) ?? [];
  if (day !== '' && Number(day) >= 1 && Number(day) <= 31) {
    const name = month.length > 4 ? 'MMMM' : 'MMM';
    return { type: 'date', order: 'dmy', pattern: `${letters('d', day)}${before}${name}${after}${letters('y', year)}` };
  }
  const [, named = '', dayAfter = ''] = NAMED_MONTH_DAY.exec(text) ?? [];
  if (named === '' || Number(dayAfter) < 1 || Number(dayAfter) > 31) return undefined;
  return { type: 'date', order: 'mdy', pattern: `${named.length > 4 ? 'MMMM' : 'MMM'} d, yyyy` };
}

function letters(letter: string, digits: string): string {
  return letter.repeat(digits.length);
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: string, month: string, day: string): boolean {
  const last = DAYS[Number(month) - 1];
  return last !== undefined && Number(day) >= 1 && Number(day) <= last && (year.length === 2 || Number(year) >= 1000);
}
