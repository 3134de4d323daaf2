import type { RowProblem } from '@muster/contracts';
import type { FieldSchema } from '../schema/field-schema.js';
import { cutText } from '../text/cut-text.js';
import type { CellResult } from './cell-result.js';

/** How much of a cell a problem repeats. */
const SHOWN = 60;

/** What a value should have looked like; the texts are in `ROW_PROBLEMS`. */
export type ExpectedForm =
  | 'identifier'
  | 'integer'
  | 'minutes'
  | 'number'
  | 'range'
  | 'yesNo'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'workingTime'
  | 'pattern'
  | 'phone'
  | 'email'
  | 'link';

export function refused(field: FieldSchema, code: string, params?: RowProblem['params']): CellResult {
  return { ok: false, problem: { code, field: field.id, ...(params && { params }) } };
}

export function invalidValue(
  field: FieldSchema,
  expected: ExpectedForm,
  value: string,
  more: Readonly<Record<string, string | number>> = {},
): CellResult {
  return refused(field, 'invalid_value', { expected, value: shown(value), ...more });
}

/** What `error_cell` says of what stands in the cell. */
export function errorCellParams(text: string): Readonly<Record<string, string>> {
  return { value: shown(text), ...(/^#+$/.test(text) && { narrow: 'yes' }) };
}

/** The beginning of a cell as a problem may carry it: well-formed, without control characters. */
export function shown(text: string): string {
  return cutText(text, SHOWN)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ');
}
