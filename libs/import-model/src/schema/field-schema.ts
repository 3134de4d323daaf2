import type { IMPORT_MODES, Texts } from '@muster/contracts';

/** A canonical value: what a cell becomes, what is stored, what travels in chunks. An empty cell is null. */
export type CellValue = string | number | boolean | null;
export type ImportMode = (typeof IMPORT_MODES)[number];

/**
 * How a field's text is read and what its canonical value is.
 *
 * | type | canonical value |
 * | --- | --- |
 * | text, multiline, phone, email, link | the text, unchanged |
 * | identifier | text of letters, digits and `-_{}.`; never a number, so `007` stays `007` |
 * | recordId | 32 lower-case hexadecimal digits |
 * | integer, number | a number |
 * | yesNo | a boolean |
 * | date, dateTime | `yyyy-MM-dd`, `yyyy-MM-ddTHH:mm:ss` without a zone |
 */
export const FIELD_TYPES = [
  'text',
  'multiline',
  'identifier',
  'recordId',
  'integer',
  'number',
  'yesNo',
  'date',
  'dateTime',
  'phone',
  'email',
  'link',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldSchema {
  /** What a mapping names as its target. */
  readonly id: string;
  readonly type: FieldType;
  readonly label: Texts;
  readonly description: Texts;
  /** A record cannot be without it. */
  readonly required: boolean;
  /** Given by the system; can only be a key. */
  readonly readOnly: boolean;
  readonly usableAsKey: boolean;
  /** Once it has a value, no import changes it. */
  readonly fixedOnceSet: boolean;
  /** Unicode code points after NFC. */
  readonly maxLength?: number;
  /** Smallest and largest number. */
  readonly min?: number;
  readonly max?: number;
  /** What a new record gets when the cell is empty or the field is not mapped. */
  readonly default?: Exclude<CellValue, null>;
  readonly example: string;
  /** Headers by which the field is recognised, beside its id and its labels. */
  readonly synonyms: readonly string[];
}

/** No two records of an entity have the same values in `fields`; with `perRep`, no two records of one rep. */
export interface UniqueRule {
  readonly name: string;
  readonly fields: readonly string[];
  readonly perRep: boolean;
}

export interface EntitySchema {
  readonly name: string;
  readonly label: Texts;
  readonly modes: readonly ImportMode[];
  readonly fields: readonly FieldSchema[];
  /** Which field is the key when a configuration names none: the first of these that is mapped. */
  readonly presetKeys: readonly string[];
  readonly unique: readonly UniqueRule[];
  /** Fields that have values together or not at all. */
  readonly together: readonly { readonly fields: readonly [string, string]; readonly code: string }[];
}

const byId = new WeakMap<EntitySchema, ReadonlyMap<string, FieldSchema>>();

/** @returns the field with this id, whatever text the id is */
export function fieldOf(schema: EntitySchema, id: string): FieldSchema | undefined {
  let fields = byId.get(schema);
  if (!fields) byId.set(schema, (fields = new Map(schema.fields.map((field) => [field.id, field]))));
  return fields.get(id);
}
