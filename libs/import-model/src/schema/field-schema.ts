import type { IMPORT_MODES, RowProblem, Texts } from '@muster/contracts';

/** A canonical value: what a cell becomes, what is stored, what travels in chunks. An empty cell is null. */
export type CellValue = string | number | boolean | null;
/** What becomes of the rows of a file. */
export type RowMode = (typeof IMPORT_MODES)[number];
/** `sync`: an upsert of its rows, after which what is absent from the file goes. */
export type ImportMode = RowMode | 'sync';

/**
 * How a field's text is read and what its canonical value is.
 *
 * | type | canonical value |
 * | --- | --- |
 * | text, multiline, phone, email, link | the text, unchanged |
 * | identifier | text of letters, digits and `-_{}.`; never a number, so `007` stays `007` |
 * | recordId | 32 lower-case hexadecimal digits |
 * | integer, number | a number |
 * | minutes | a whole number; also read as hours and minutes, `1:30` |
 * | yesNo | a boolean |
 * | date, dateTime | `yyyy-MM-dd`, `yyyy-MM-ddTHH:mm:ss` without a zone |
 * | time | `HH:mm` |
 * | selection | the code of one of `options`; its labels are read too |
 * | multiSelection | codes in the order of `options`, with `;` between them |
 * | list | texts with `;` between them, each once, in the order of the cell |
 * | workingTime | `HH:mm`, or `closed` for a day off |
 * | uprn | 12 digits, text |
 * | reference | in a file the external id or the id of a record of the same rep; its owner makes the id of it |
 */
export const FIELD_TYPES = [
  'text',
  'multiline',
  'identifier',
  'recordId',
  'integer',
  'number',
  'minutes',
  'yesNo',
  'date',
  'dateTime',
  'time',
  'selection',
  'multiSelection',
  'reference',
  'list',
  'workingTime',
  'uprn',
  'phone',
  'email',
  'link',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One value of a selection. */
export interface SelectionOption {
  /** What is stored; holds no `;`. */
  readonly code: string;
  readonly label: Texts;
  /** Other texts that are read as it, in any letter case. */
  readonly words?: readonly string[];
}

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
  /** Values that differ in letter case alone are the same one, as keys and as unique values. */
  readonly ignoresCase?: boolean;
  /** Says something about a new record only; not part of what is stored. */
  readonly onlyOnCreation?: boolean;
  /** An empty cell says nothing else than a fault, whatever it may mean elsewhere; where there is no value, it is none. */
  readonly refusesEmpty?: boolean;
  /** Once it has a value, no import changes it. */
  readonly fixedOnceSet: boolean;
  /** Unicode code points after NFC; of each entry of a list. */
  readonly maxLength?: number;
  /** Entries of a list. */
  readonly maxEntries?: number;
  /** Smallest and largest number. */
  readonly min?: number;
  readonly max?: number;
  /** Values of a selection; an empty list accepts every text. */
  readonly options?: readonly SelectionOption[];
  /** The entity whose records a reference names. */
  readonly references?: string;
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

/** A record by the ids of its fields, in canonical form; what is left out is empty. */
export type RecordFields = Readonly<Record<string, CellValue | undefined>>;

/** What must hold between several fields of one record. */
export interface RecordRule {
  /** Fields that it looks at; what changes none of them is not judged by it. */
  readonly fields: readonly string[];
  /** @param record as it would be */
  readonly check: (record: RecordFields) => RowProblem | undefined;
}

export interface EntitySchema {
  readonly name: string;
  readonly label: Texts;
  /** What is imported belongs to the company itself: no row says whose it is. Preset: it belongs to reps. */
  readonly ofCompany?: boolean;
  readonly modes: readonly ImportMode[];
  readonly fields: readonly FieldSchema[];
  /** Which field is the key when a configuration names none: the first of these that is mapped. */
  readonly presetKeys: readonly string[];
  readonly unique: readonly UniqueRule[];
  /** Fields that have values together or not at all. */
  readonly together: readonly { readonly fields: readonly [string, string]; readonly code: string }[];
  readonly rules: readonly RecordRule[];
}

const byId = new WeakMap<EntitySchema, ReadonlyMap<string, FieldSchema>>();

/** @returns the field with this id, whatever text the id is */
export function fieldOf(schema: EntitySchema, id: string): FieldSchema | undefined {
  let fields = byId.get(schema);
  if (!fields) byId.set(schema, (fields = new Map(schema.fields.map((field) => [field.id, field]))));
  return fields.get(id);
}

/** As what a value of a key or unique field is compared. */
export function comparedAs(value: CellValue, field: Pick<FieldSchema, 'ignoresCase'> | undefined): CellValue {
  return field?.ignoresCase && typeof value === 'string' ? value.toLowerCase() : value;
}
