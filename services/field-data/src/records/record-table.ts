import { getMetadataArgsStorage } from 'typeorm';
import {
  CUSTOM_FIELD_PREFIX,
  withCustomFields,
  type CustomFieldDefinition,
  type EntitySchema,
} from '@muster/import-model';

/** Types of columns that hold fields, as PostgreSQL names them. */
const FIELD_TYPES = [
  'text',
  'uuid',
  'integer',
  'double precision',
  'boolean',
  'date',
  'timestamp without time zone',
] as const;
export type FieldColumnType = (typeof FIELD_TYPES)[number];

/** A field with a column of its own. */
export interface PlainColumn {
  readonly field: string;
  readonly column: string;
  readonly type: FieldColumnType;
}

/** A field of the company: a property of `custom_fields`, left out when it is empty. */
export interface CustomColumn {
  readonly field: string;
  readonly custom: string;
}

/** Where a field of the entity schema is stored. */
export type FieldColumn = PlainColumn | CustomColumn;

export function isPlain(column: FieldColumn): column is PlainColumn {
  return 'column' in column;
}

/** A table of records: the entity schema says what its fields mean, the entity class where they are stored. */
export interface RecordTable {
  readonly schema: EntitySchema;
  readonly table: string;
  /** Every field of the schema but `id`, in the schema's order. */
  readonly columns: readonly FieldColumn[];
  /** Unique index over company, rep and external id. */
  readonly externalIdIndex: string;
}

type EntityClass = abstract new (...args: never[]) => object;

/**
 * Takes the map from field to column from the entity class, so that it is written down once.
 * @throws Error when the class has no property for a field of the schema, or of a type that fields do not have
 */
export function recordTable(entity: EntityClass, schema: EntitySchema, externalIdIndex: string): RecordTable {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;
  if (table === undefined) throw new Error(`${entity.name} is not an entity`);
  const columns = schema.fields.filter(({ readOnly }) => !readOnly).map(({ id }) => fieldColumn(entity, id));
  return { schema, table, columns, externalIdIndex };
}

/** The table as a company has it, with its own fields. */
export function withCustomColumns(table: RecordTable, definitions: readonly CustomFieldDefinition[]): RecordTable {
  if (definitions.length === 0) return table;
  const columns = definitions.map(({ name }) => ({ field: CUSTOM_FIELD_PREFIX + name, custom: name }));
  return {
    ...table,
    schema: withCustomFields(table.schema, definitions),
    columns: [...table.columns, ...columns],
  };
}

function fieldColumn(entity: EntityClass, field: string): PlainColumn {
  const column = getMetadataArgsStorage().columns.find(
    ({ target, propertyName }) => propertyName === field && isOf(entity, target),
  );
  const type = FIELD_TYPES.find((one) => one === column?.options.type);
  if (!column || !type) throw new Error(`${entity.name} has no column for the field ${field}`);
  return { field, column: column.options.name ?? field, type };
}

/** Columns that every entity has are declared by the class that theirs extends. */
function isOf(entity: EntityClass, target: unknown): boolean {
  return target === entity || (typeof target === 'function' && entity.prototype instanceof target);
}

/** The columns of these fields, in the order of `fields`. */
export function columnsOf({ columns }: RecordTable, fields: Iterable<string>): FieldColumn[] {
  const byField = new Map(columns.map((column) => [column.field, column]));
  return [...fields].map((field) => {
    const column = byField.get(field);
    if (!column) throw new Error(`There is no column for the field ${field}`);
    return column;
  });
}
