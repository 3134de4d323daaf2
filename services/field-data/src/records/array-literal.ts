import type { CellValue } from '@muster/import-model';

const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

/**
 * The literal of a PostgreSQL array, for `unnest($1::text[])`. A ready literal is what passes rows fastest: half the time
 * of a JSON parameter, and less than what the driver makes of an array.
 */
export function arrayLiteral(values: readonly (CellValue | undefined)[]): string {
  let literal = '{';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) literal += ',';
    const value = values[i];
    if (value === null || value === undefined) literal += 'NULL';
    else if (typeof value === 'string')
      literal += `"${NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, '\\$&') : value}"`;
    else literal += String(value);
  }
  return `${literal}}`;
}
