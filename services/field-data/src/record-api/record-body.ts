import {
  isId,
  pointerTo,
  Problem,
  type Id,
  type Language,
  type ProblemDetail,
  type RowProblem,
} from '@muster/contracts';
import {
  CUSTOM_FIELD_PREFIX,
  fieldOf,
  isCustomField,
  type CellValue,
  type EntitySchema,
  type FieldSchema,
  type PlanColumn,
} from '@muster/import-model';
import { detailOf, pointerOf, readValue } from './read-value.js';
import { readReference, type ReferenceWish } from './reference-wish.js';

/** The fields of a request as a row of an import, so that the same rules decide about both. */
export interface FieldInput {
  readonly columns: readonly PlanColumn[];
  /** Of a reference: null until it is resolved. */
  readonly values: readonly CellValue[];
  readonly references: readonly ReferenceWish[];
}

/** @throws Problem malformed_request when a body is not a JSON object */
export function objectOf(body: unknown): Record<string, unknown> {
  if (isObject(body)) return { ...body };
  throw new Problem('malformed_request', { params: { reason: 'a JSON object is expected' } });
}

/**
 * Reads the fields of a JSON body by the entity schema: types, lengths and formats are those of an import. Of the company's
 * own fields those that `customFields` names are meant; null instead of an object empties all of them (RFC 7396).
 * @throws Problem validation_failed with every faulty field
 */
export function readFields(
  body: Readonly<Record<string, unknown>>,
  schema: EntitySchema,
  language: Language,
): FieldInput {
  const columns: PlanColumn[] = [];
  const values: CellValue[] = [];
  const references: ReferenceWish[] = [];
  const errors: ProblemDetail[] = [];
  for (const [name, value] of entriesOf(body, schema, errors)) {
    const field = writableField(schema, name);
    if (!field) {
      errors.push(unknownProperty(pointerOf(name), name));
      continue;
    }
    const read = field.type === 'reference' ? readReference(field, value, language) : readValue(field, value, language);
    if ('code' in read) {
      errors.push(read);
      continue;
    }
    if ('reference' in read) references.push({ at: values.length, ...read.reference });
    columns.push({ field: name, behaviour: 'overwrite', emptyCell: 'clear' });
    values.push('value' in read ? read.value : null);
  }
  if (errors.length > 0) throw invalidFields(errors);
  return { columns, values, references };
}

/** Whose record it is to be. @throws Problem validation_failed, rep_unknown */
export function readRep(rep: unknown): Id {
  if (rep === undefined) throw invalidFields([{ pointer: '/repId', code: 'required' }]);
  if (!isId(rep)) throw new Problem('rep_unknown');
  return rep;
}

/** A property that is no field. @throws Problem validation_failed */
export function readSwitch(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw invalidFields([{ pointer: pointerTo(name), code: 'wrong_type', params: { expected: 'boolean' } }]);
}

/** What the rules of an import say of a record, as a problem of a request. */
export function problemOfRow(problems: readonly RowProblem[], language: Language): Problem {
  if (problems.some(({ code }) => code === 'external_id_fixed')) return new Problem('external_id_fixed');
  return invalidFields(problems.map((problem) => detailOf(problem, language)));
}

export function invalidFields(errors: readonly ProblemDetail[]): Problem {
  return new Problem('validation_failed', { params: { count: errors.length }, errors });
}

/** The properties of a body by the ids of fields. */
function entriesOf(
  { customFields, ...body }: Readonly<Record<string, unknown>>,
  { fields }: EntitySchema,
  errors: ProblemDetail[],
): [field: string, value: unknown][] {
  const plain = Object.entries(body).filter(([name]) => !isCustomField(name));
  // They stand in an object of their own, and only there.
  const elsewhere = Object.keys(body).filter(isCustomField);
  errors.push(...elsewhere.map((name) => unknownProperty(pointerTo(name), name)));
  if (customFields === undefined) return plain;
  if (customFields === null) {
    return [...plain, ...fields.filter(({ id }) => isCustomField(id)).map(({ id }): [string, null] => [id, null])];
  }
  if (isObject(customFields)) {
    const own = Object.entries(customFields);
    return [...plain, ...own.map(([name, value]): [string, unknown] => [CUSTOM_FIELD_PREFIX + name, value])];
  }
  errors.push({ pointer: '/customFields', code: 'wrong_type', params: { expected: 'object' } });
  return plain;
}

function writableField(schema: EntitySchema, name: string): FieldSchema | undefined {
  const field = fieldOf(schema, name);
  return field?.readOnly ? undefined : field;
}

function unknownProperty(pointer: string, name: string): ProblemDetail {
  return { pointer, code: 'unknown_property', params: { name } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
