import { message, pointerTo, type Language, type ProblemDetail, type RowProblem } from '@muster/contracts';
import {
  customFieldName,
  isCustomField,
  parseCell,
  ROW_PROBLEMS,
  type CellValue,
  type FieldSchema,
} from '@muster/import-model';

const TEXTS = new Map(Object.entries(ROW_PROBLEMS));

/** Reads one value of a JSON body as an import would read its cell. */
export function readValue(
  field: FieldSchema,
  value: unknown,
  language: Language,
): { readonly value: CellValue } | ProblemDetail {
  if (value === null) return { value: null };
  const expected = jsonTypeOf(field);
  const isExpected = expected === 'text' ? typeof value === 'string' : typeof value === shortType(expected);
  if (!isExpected) return { pointer: pointerOf(field.id), code: 'wrong_type', params: { expected } };
  const result = parseCell(field, textOf(value), { decimalSeparator: '.' });
  return result.ok ? { value: result.value } : detailOf(result.problem, language);
}

/** What an import says of a cell or a record, as a fault of a body. */
export function detailOf({ code, field, params }: RowProblem, language: Language): ProblemDetail {
  const texts = TEXTS.get(code);
  return {
    ...(field !== undefined && { pointer: pointerOf(field) }),
    code,
    ...(params && { params }),
    ...(texts && { message: message(texts, params ?? {}, language) }),
  };
}

/** Where a field stands in a body. */
export function pointerOf(field: string): string {
  return isCustomField(field) ? pointerTo('customFields', customFieldName(field)) : pointerTo(field);
}

/** As the texts of `wrong_type` name types. */
export type JsonType = 'text' | 'integer' | 'number' | 'boolean';

export function jsonTypeOf({ type }: Pick<FieldSchema, 'type'>): JsonType {
  if (type === 'integer' || type === 'number') return type;
  if (type === 'minutes') return 'integer';
  return type === 'yesNo' ? 'boolean' : 'text';
}

function shortType(type: JsonType): 'number' | 'boolean' {
  return type === 'boolean' ? 'boolean' : 'number';
}

/** Numbers without an exponent, which nobody types into a cell. */
function textOf(value: unknown): string {
  const text = String(value);
  return typeof value === 'number' && text.includes('e-') ? value.toFixed(20) : text;
}
