import { CUSTOMER } from '../schema/customer.js';
import { field } from '../schema/define-field.js';
import { fieldOf, type CellValue, type FieldSchema, type FieldType } from '../schema/field-schema.js';
import type { CellOptions, SourceFormat } from '../values/cell-result.js';
import { parseCell } from '../values/compile-column.js';

export function aField(type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema {
  return { ...field('x', type, ['X', 'X'], { description: ['', ''], example: '', synonyms: [] }), ...more };
}

export function customerField(id: string): FieldSchema {
  const found = fieldOf(CUSTOMER, id);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}

/** The value, or the code of the problem with a `!` in front. */
export function read(
  type: FieldType | FieldSchema,
  text: string,
  source?: SourceFormat,
  options?: CellOptions,
): CellValue {
  const result = parseCell(typeof type === 'string' ? aField(type) : type, text, source, options);
  return result.ok ? result.value : `!${result.problem.code}`;
}
