import type { FieldSchema } from '../schema/field-schema.js';
import type { CellResult } from './cell-result.js';
import { refused } from './problems.js';

const UPRN_DIGITS = 12;

/** What is wrong with a UPRN: 12 digits, text. One that is too short has most likely lost its zeros in a spreadsheet. */
export function uprnFault(
  text: string,
): { readonly code: string; readonly params?: { readonly length: number } } | undefined {
  if (!/^\d+$/.test(text) || text.length > UPRN_DIGITS) return { code: 'uprn_digits' };
  return text.length < UPRN_DIGITS ? { code: 'uprn_too_short', params: { length: text.length } } : undefined;
}

export function uprnConverter(field: FieldSchema): (text: string) => CellResult {
  return (value) => {
    const fault = uprnFault(value);
    return fault ? refused(field, fault.code, fault.params) : { ok: true, value };
  };
}
