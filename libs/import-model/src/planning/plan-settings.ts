import { fieldOf, type EntitySchema, type FieldSchema, type ImportMode } from '../schema/field-schema.js';
import type { PlanColumn, PlanSettings } from './row-plan.js';

/**
 * @param order the work order, or anything with its mode and columns
 * @throws Error when the entity has no such field
 */
export function planSettings(
  schema: EntitySchema,
  order: { readonly mode: ImportMode; readonly columns: readonly PlanColumn[] },
): PlanSettings {
  const { columns } = order;
  const mode = order.mode === 'sync' ? 'upsert' : order.mode;
  const fields = columns.map(({ field }) => knownField(schema, field));
  const keys = columns.filter(({ behaviour }) => behaviour === 'key').map(({ field }) => field);
  const unmapped = schema.fields.filter((field) => !field.readOnly && !fields.includes(field));
  const pairs = schema.together.flatMap(({ fields: ids, code }) => {
    const [first, second] = ids.map((id) => fields.findIndex((field) => field.id === id));
    return first === undefined || second === undefined || first < 0 || second < 0 ? [] : [{ first, second, ids, code }];
  });
  return { schema, mode, columns, keys, fields, unmapped, pairs };
}

function knownField(schema: EntitySchema, id: string): FieldSchema {
  const field = fieldOf(schema, id);
  if (!field) throw new Error(`The entity ${schema.name} has no field "${id}"`);
  return field;
}
