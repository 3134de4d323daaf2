const ZERO = 48;
const NINE = 57;

/**
 * Reads numbers as people and spreadsheets write them: sign, digits, groups of three, decimals, `1,5E-05`.
 *
 * @param decimal the decimal separator of the file; the other one may then separate groups of three. Without it a single
 * `,` or `.` is the decimal separator, so that no number becomes a thousand times another.
 */
export function numberReader(decimal: ',' | '.' | undefined): (text: string) => number | undefined {
  return (text) => {
    if (text.length > 40) return undefined;
    if (isDigits(text, 0, text.length)) return Number(text);
    const exponentAt = text.search(/e/i);
    const exponent = exponentAt < 0 ? '' : text.slice(exponentAt + 1);
    if (exponentAt >= 0 && !/^[+-]?\d{1,3}$/.test(exponent)) return undefined;
    const mantissa = readMantissa(exponentAt < 0 ? text : text.slice(0, exponentAt), decimal);
    if (mantissa === undefined) return undefined;
    const value = Number(exponent === '' ? mantissa : `${mantissa}e${exponent}`);
    // Minus zero is zero.
    return Number.isFinite(value) ? value + 0 : undefined;
  };
}

/** @returns the number in the notation of JavaScript, or undefined */
function readMantissa(text: string, decimal: ',' | '.' | undefined): string | undefined {
  const sign = text.startsWith('-') || text.startsWith('\u2212') ? '-' : '';
  const body = sign !== '' || text.startsWith('+') ? text.slice(1) : text;
  const point = decimal ?? decimalOf(body);
  const at = body.indexOf(point);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (at >= 0 && !isDigits(fraction, 0, fraction.length)) return undefined;
  const whole = ungrouped(at < 0 ? body : body.slice(0, at), point === ',' ? '.' : ',');
  if (whole === undefined || (whole === '' && fraction === '')) return undefined;
  return `${sign}${whole || '0'}${fraction && `.${fraction}`}`;
}

/** The separator that stands last; of several equal ones none is decimal. */
function decimalOf(body: string): ',' | '.' {
  const comma = body.lastIndexOf(',');
  const dot = body.lastIndexOf('.');
  const last = comma > dot ? ',' : '.';
  const repeats = body.indexOf(last) !== body.lastIndexOf(last);
  return repeats ? (last === ',' ? '.' : ',') : last;
}

/** `1.234.567` -> `1234567`; groups are of three and of one kind. */
function ungrouped(text: string, separator: string): string | undefined {
  if (text === '' || isDigits(text, 0, text.length)) return text;
  const mark = [separator, ' ', '\u00a0', '\u202f', "'", '\u2019'].find((candidate) => text.includes(candidate));
  if (mark === undefined) return undefined;
  const [first = '', ...groups] = text.split(mark);
  const isGrouped = first.length <= 3 && isDigits(first, 0, first.length) && groups.every((group) => isGroup(group));
  return isGrouped ? first + groups.join('') : undefined;
}

function isGroup(text: string): boolean {
  return text.length === 3 && isDigits(text, 0, 3);
}

function isDigits(text: string, from: number, to: number): boolean {
  if (from === to) return false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}
