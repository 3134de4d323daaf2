import { pointerTo, Problem, type Language, type ProblemDetail, type RowProblem } from '@muster/contracts';
import {
  fieldOf,
  parseCell,
  ROW_PROBLEMS,
  type CellValue,
  type EntitySchema,
  type FieldSchema,
  type PlanColumn,
} from '@muster/import-model';
import { message } from '@muster/platform';

/** The fields of a request as a row of an import, so that the same rules decide about both. */
export interface FieldInput {
  readonly columns: PlanColumn[];
  readonly values: CellValue[];
}

const TEXTS = new Map(Object.entries(ROW_PROBLEMS));

/** @throws Problem malformed_request when a body is not a JSON object */
export function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new Problem('malformed_request', { params: { reason: 'a JSON object is expected' } });
}

/**
 * Reads the fields of a JSON body by the entity schema: types, lengths and formats are those of an import.
 * @throws Problem validation_failed with every faulty field
 */
export function readFields(
  body: Readonly<Record<string, unknown>>,
  schema: EntitySchema,
  language: Language,
): FieldInput {
  const input: FieldInput = { columns: [], values: [] };
  const errors: ProblemDetail[] = [];
  for (const [name, value] of Object.entries(body)) {
    const field = fieldOf(schema, name);
    const read = field && !field.readOnly ? readValue(field, value, language) : unknownProperty(name);
    if ('code' in read) errors.push(read);
    else {
      input.columns.push({ field: name, behaviour: 'overwrite', emptyCell: 'clear' });
      input.values.push(read.value);
    }
  }
  if (errors.length > 0) throw invalidFields(errors);
  return input;
}

/** What the rules of an import say of a record, as a problem of a request. */
export function problemOfRow(problems: readonly RowProblem[], language: Language): Problem {
  if (problems.some(({ code }) => code === 'external_id_fixed')) return new Problem('external_id_fixed');
  return invalidFields(problems.map((problem) => detailOf(problem, language)));
}

function readValue(field: FieldSchema, value: unknown, language: Language): { value: CellValue } | ProblemDetail {
  if (value === null) return { value: null };
  const expected = jsonTypeOf(field);
  const isExpected = expected === 'text' ? typeof value === 'string' : typeof value === shortType(expected);
  if (!isExpected) return { pointer: pointerTo(field.id), code: 'wrong_type', params: { expected } };
  const result = parseCell(field, textOf(value), { decimalSeparator: '.' });
  return result.ok ? { value: result.value } : detailOf(result.problem, language);
}

/** As the texts of `wrong_type` name types. */
type JsonType = 'text' | 'integer' | 'number' | 'boolean';

function jsonTypeOf({ type }: FieldSchema): JsonType {
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

function detailOf({ code, field, params }: RowProblem, language: Language): ProblemDetail {
  const texts = TEXTS.get(code);
  return {
    ...(field !== undefined && { pointer: pointerTo(field) }),
    code,
    ...(params && { params }),
    ...(texts && { message: message(texts, params ?? {}, language) }),
  };
}

function unknownProperty(name: string): ProblemDetail {
  return { pointer: pointerTo(name), code: 'unknown_property', params: { name } };
}

/** RFC 6901. */
function invalidFields(errors: readonly ProblemDetail[]): Problem {
  return new Problem('validation_failed', { params: { count: errors.length }, errors });
}
