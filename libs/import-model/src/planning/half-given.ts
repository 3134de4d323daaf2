import type { RowProblem } from '@muster/contracts';
import type { CellValue, EntitySchema } from '../schema/field-schema.js';

/** The first pair of fields that go together of which a record would have only one. */
export function halfGiven(
  record: Readonly<Record<string, CellValue | undefined>>,
  schema: EntitySchema,
): RowProblem | undefined {
  for (const { fields, code } of schema.together) {
    const [first, second] = fields;
    const emptySecond = (record[second] ?? null) === null;
    if (((record[first] ?? null) === null) !== emptySecond) return { code, field: emptySecond ? second : first };
  }
  return undefined;
}
