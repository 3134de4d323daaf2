/** Of the rows of the file: `5 %`, `0.5%`. */
export const ERROR_SHARE = /^(?:100|\d{1,2}(?:[.,]\d{1,3})?) ?%$/;

/** So many invalid and failed rows are let pass; fractions are rounded down. @param maxErrors a number, or a share of the rows */
export function errorLimit(maxErrors: number | string, rows: number): number {
  if (typeof maxErrors === 'number') return maxErrors;
  // In thousandths of a percent, so that 7 % of 100 are 7.
  const share = Math.round(Number.parseFloat(maxErrors.replace(',', '.')) * 1_000);
  return Math.floor((rows * share) / 100_000);
}
