import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { CUSTOMER_CALL, type FieldSchema } from '@muster/import-model';
import { jsonTypeOf } from './read-value.js';
import type { RecordKind } from './record-kind.js';
import { RecordDto, RecordInput, RecordPatch } from './record.dto.js';

/** The classes by which one kind of records is described. */
export interface RecordModels {
  readonly dto: Type<RecordDto>;
  readonly input: Type<object>;
  readonly patch: Type<object>;
}

interface Shape {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean';
  readonly oneOf?: object[];
  readonly enum?: string[];
  readonly description: string;
  readonly example?: string | number | boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: boolean;
}

/** What a body or an answer may do without. */
interface Need {
  readonly required?: boolean;
  readonly nullable?: boolean;
}

const ID = { type: 'string', example: '0193d2a1c4f07b6e8a1f2c3d4e5f6071' } as const;
const OWN_FIELDS = {
  type: 'object',
  additionalProperties: true,
  selfRequired: false,
  nullable: true,
  description: 'Values of the company’s own fields by their names.',
  // What is in it depends on the company; one that fits them all is empty.
  example: {},
} as const;

const known = new Map<RecordKind, RecordModels>();

/** The schemas of an entity, `CustomerDto`, `CustomerInput` and `CustomerPatch`, made of its fields, once. */
export function recordModels(kind: RecordKind): RecordModels {
  const models = known.get(kind) ?? makeModels(kind);
  known.set(kind, models);
  return models;
}

function makeModels({ name, table, switches }: RecordKind): RecordModels {
  const dto = named(`${name}Dto`, class extends RecordDto {});
  const input = named(`${name}Input`, class extends RecordInput {});
  const patch = named(`${name}Patch`, class extends RecordPatch {});
  for (const field of table.schema.fields) {
    if (field.readOnly) continue;
    const isNeeded = field.required && field.default === undefined;
    // A yes or no with a preset has no empty state.
    const nullable = !field.required && !(field.type === 'yesNo' && field.default !== undefined);
    for (const [property, shape] of answeredAs(field)) addProperty(dto, property, shape, { nullable });
    addProperty(input, field.id, givenAs(field), { required: isNeeded, nullable: !isNeeded });
    addProperty(patch, field.id, givenAs(field), { required: false, nullable: !field.required });
  }
  for (const model of [input, patch]) ApiProperty(OWN_FIELDS)(model.prototype as object, 'customFields');
  for (const option of switches) addProperty(input, option, LAST_CALLS, { required: false });
  return { dto, input, patch };
}

const LAST_CALLS: Shape = {
  type: 'boolean',
  default: false,
  description: `Of a \`${CUSTOMER_CALL}\`: sets the last call of the customer to the start, where that is later.`,
};

function addProperty(model: Type<object>, name: string, shape: Shape, need: Need): void {
  // What is one of several things has no type that decorators could know.
  const type = shape.oneOf && { type: Object };
  ApiProperty({ ...type, ...shape, ...need })(model.prototype as object, name);
}

function named<T>(name: string, type: Type<T>): Type<T> {
  Object.defineProperty(type, 'name', { value: name });
  return type;
}

/** A reference is answered by the id, with what people know the other record by beside it. */
function answeredAs(field: FieldSchema): [property: string, shape: Shape][] {
  const { id, description } = field;
  if (field.type !== 'reference') {
    return [[id, shapeOf(field)]];
  }
  const beside = 'of it while it is a record of the same rep; null once it is not, or is in the recycle bin.';
  return [
    [id, { ...ID, description: `${description.en} Its id, whatever has become of it since.` }],
    [`${id}ExternalId`, { type: 'string', description: `External id ${beside}`, example: field.example }],
    [`${id}Name`, { type: 'string', description: `Name ${beside}`, example: 'Adler' }],
  ];
}

function givenAs(field: FieldSchema): Shape {
  if (field.type !== 'reference') return shapeOf(field);
  const externalId = { type: 'string', maxLength: 40, example: field.example } as const;
  return {
    description: `${field.description.en} By id, or by the external id that it has at the same rep.`,
    oneOf: [
      { type: 'string', pattern: '^[0-9a-f]{32}$', example: ID.example },
      { type: 'object', properties: { externalId }, required: ['externalId'], additionalProperties: false },
    ],
  };
}

function shapeOf(field: FieldSchema): Shape {
  const { type, description, maxLength, min, max, example, required, options = [] } = field;
  const notBlank = required && type === 'text' && { minLength: 1, pattern: '\\S' };
  const codes = type === 'selection' && options.length > 0 && { enum: options.map(({ code }) => code) };
  const base = { description: description.en, ...(maxLength && { maxLength }), ...notBlank, ...codes };
  switch (jsonTypeOf(field)) {
    case 'integer':
      return { ...base, type: 'integer', ...limits(min, max), example: Number(example) };
    case 'number':
      return { ...base, type: 'number', ...limits(min, max), example: Number(example) };
    case 'boolean':
      return { ...base, type: 'boolean', example: false };
    case 'text':
      return { ...base, type: 'string', example: type === 'dateTime' ? '2026-03-14T09:30:00' : example };
  }
}

function limits(minimum: number | undefined, maximum: number | undefined) {
  return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
}
