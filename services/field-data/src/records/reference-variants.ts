/** Zeros that spreadsheets take from the front of numbers. */
const ZEROS = 6;
const LONGEST = 40;

/**
 * What may have been meant by an external id that nobody has, the likeliest first: the same without the `.0` or the zeros
 * that programs add, with those that spreadsheets take away, in other letter case.
 */
export function referenceVariants(text: string): string[] {
  const whole = text.replace(/^(\d+)\.0+$/, '$1');
  const isNumber = /^\d+$/.test(whole);
  const padded = isNumber ? Array.from({ length: ZEROS }, (_, i) => '0'.repeat(i + 1) + whole) : [];
  const all = [whole, whole.toUpperCase(), whole.toLowerCase(), whole.replace(/^0+(?=.)/, ''), ...padded];
  return [...new Set(all)].filter((variant) => variant !== text && variant.length <= LONGEST);
}
