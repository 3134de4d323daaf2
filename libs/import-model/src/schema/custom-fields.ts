import type { Texts } from '@muster/contracts';
import { field } from './define-field.js';
import type { EntitySchema, FieldSchema, FieldType, SelectionOption } from './field-schema.js';

/** What stands before the name of a company's own field, in files and mappings. */
export const CUSTOM_FIELD_PREFIX = 'customFields.';

/** Types of values that a company's own field can have, and what a value of it looks like. */
const EXAMPLES = {
  text: 'A 17',
  multiline: 'Zeile 1',
  integer: '12',
  number: '1.5',
  date: '2026-03-14',
  time: '09:30',
  dateTime: '2026-03-14 09:30',
  yesNo: 'yes',
  phone: '+43 316 8050-0',
  email: 'einkauf@example.com',
  link: 'www.example.com',
  selection: 'A',
  multiSelection: 'A;B',
} as const satisfies Partial<Record<FieldType, string>>;
export type CustomFieldType = keyof typeof EXAMPLES;
export const CUSTOM_FIELD_TYPES = Object.keys(EXAMPLES) as CustomFieldType[];

/** Code points of a text; an e-mail address and a phone number have their own limits. */
const LENGTHS: Partial<Record<CustomFieldType, number>> = {
  text: 1_000,
  multiline: 1_000,
  link: 1_000,
  email: 254,
  phone: 40,
};

const NOT_AS_KEY: readonly CustomFieldType[] = ['multiline', 'number', 'yesNo', 'multiSelection'];

/** A name that a mapping, a column of a statement and a property can all have. */
export const CUSTOM_FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** A field that a company added to an entity. Its name and type never change. */
export interface CustomFieldDefinition {
  readonly name: string;
  readonly type: CustomFieldType;
  readonly label: Texts;
  readonly description: Texts;
  /** Of a selection. */
  readonly options: readonly SelectionOption[];
}

export function isCustomField(id: string): boolean {
  return id.startsWith(CUSTOM_FIELD_PREFIX);
}

/** The name of a company's own field by what a mapping names. */
export function customFieldName(id: string): string {
  return id.slice(CUSTOM_FIELD_PREFIX.length);
}

/** An entity as a company has it: with its own fields after those that all have. They can always be empty. */
export function withCustomFields(schema: EntitySchema, definitions: readonly CustomFieldDefinition[]): EntitySchema {
  if (definitions.length === 0) return schema;
  return { ...schema, fields: [...schema.fields, ...definitions.map(customField)] };
}

function customField({ name, type, label, description, options }: CustomFieldDefinition): FieldSchema {
  const maxLength = LENGTHS[type];
  const hasOptions = type === 'selection' || type === 'multiSelection';
  return field(CUSTOM_FIELD_PREFIX + name, type, [label.en, label.de], {
    description: [description.en, description.de],
    usableAsKey: !NOT_AS_KEY.includes(type),
    ...(maxLength !== undefined && { maxLength }),
    ...(hasOptions && { options }),
    example: (hasOptions ? options[0]?.code : undefined) ?? EXAMPLES[type],
    synonyms: [name],
  });
}
