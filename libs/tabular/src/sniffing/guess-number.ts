export type DecimalSeparator = '.' | ',';

/** What a text would be as a number. */
export interface NumberGuess {
  readonly type: 'integer' | 'decimal' | 'percent';
  /** The decimal separator that it speaks for; `1.234` may have one or not. Absent: it says nothing. */
  readonly separator?: DecimalSeparator | 'ambiguous';
}

const CURRENCY = String.raw`(?:[€$£¥]|EUR|USD|CHF|GBP|CZK|PLN|HUF)`;
const AMOUNT = new RegExp(
  String.raw`^(?:${CURRENCY}\s?)?-?(?:${CURRENCY}\s?)?([\d.,][\d.,'’ \u00a0\u202f]*?)(?:\s?(%|${CURRENCY}))?-?$`,
);
/** More digits than a number in a computer holds exactly name something. */
const MOST_DIGITS = 15;

/**
 * A number as people write it: `-1.234,56`, `1,234.56`, `1 234,5`, `1'234.50`, `12,5 %`, `€ 7,90`. Not a number is what
 * would lose by becoming one: `007`, `+43660123456`, an EAN with 18 digits.
 */
export function guessNumber(text: string): NumberGuess | undefined {
  if (text.length > 40) return undefined;
  const [, amount, unit] = AMOUNT.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const reading = readAmount(amount);
  if (!reading) return undefined;
  const type = unit === '%' ? 'percent' : reading.hasFraction ? 'decimal' : 'integer';
  return reading.separator ? { type, separator: reading.separator } : { type };
}

interface Amount {
  readonly hasFraction: boolean;
  readonly separator?: DecimalSeparator | 'ambiguous';
}

function readAmount(amount: string): Amount | undefined {
  const compact = ungroup(amount);
  if (compact === undefined) return undefined;
  const marks = compact.replace(/\d/g, '');
  const digits = compact.length - marks.length;
  if (digits === 0 || digits > MOST_DIGITS || /^0\d/.test(compact)) return undefined;
  if (marks === '') return { hasFraction: false };
  const last = marks.at(-1) === ',' ? ',' : '.';
  const other = last === ',' ? '.' : ',';
  const groups = compact.split(marks.length === 1 || marks[0] === last ? last : other);
  if (marks.length === 1) return oneMark(compact, last, amount !== compact);
  if (marks === last.repeat(marks.length)) {
    return isGrouped(groups) ? { hasFraction: false, separator: other } : undefined;
  }
  // Groups of thousands, then the fraction.
  const [whole = '', ...fraction] = compact.split(last);
  const isSound = fraction.length === 1 && isGrouped(whole.split(other));
  return isSound ? { hasFraction: true, separator: last } : undefined;
}

/** `1,5` has a fraction; `1,234` may be more than a thousand. */
function oneMark(compact: string, mark: DecimalSeparator, isGroupedOtherwise: boolean): Amount | undefined {
  const [whole = '', fraction = ''] = compact.split(mark);
  if (fraction === '') return undefined;
  const mayBeGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && !isGroupedOtherwise;
  return { hasFraction: true, separator: mayBeGroup ? 'ambiguous' : mark };
}

function isGrouped(groups: readonly string[]): boolean {
  return groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
}

/** Takes spaces and apostrophes out that separate thousands; undefined where they separate something else. */
function ungroup(amount: string): string | undefined {
  if (!/['’ \u00a0\u202f]/.test(amount)) return amount;
  const [whole = ''] = amount.split(/[.,]/, 1);
  const groups = whole.split(/['’ \u00a0\u202f]/);
  return isGrouped(groups) && !/['’ \u00a0\u202f]/.test(amount.slice(whole.length)) ? groups.join('') + amount.slice(whole.length) : undefined; // prettier-ignore
}
