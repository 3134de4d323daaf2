const NUMBER = /^[\t\n\r ]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[\t\n\r ]*$/;

/**
 * The number that a file holds in the lexical form of `xsd:double`, white space around it allowed.
 *
 * @returns undefined when it is none: words, a decimal comma, NaN, more than a double can hold
 */
export function parseNumber(raw: string): number | undefined {
  if (!NUMBER.test(raw)) return undefined;
  const value = Number(raw);
  return Number.isFinite(value) ? value : undefined;
}
