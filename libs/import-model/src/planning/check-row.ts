import type { RowProblem } from '@muster/contracts';
import type { CellValue } from '../schema/field-schema.js';
import type { PlanSettings } from './row-plan.js';

/**
 * What is wrong with a row whatever is stored: of two mapped fields that go together, one is empty and the other is not.
 * `planRow` asks it first; a reader of the file may ask before.
 */
export function checkRow(row: readonly CellValue[], { pairs }: Pick<PlanSettings, 'pairs'>): RowProblem | undefined {
  for (const { first, second, ids, code } of pairs) {
    const emptySecond = (row[second] ?? null) === null;
    if (((row[first] ?? null) === null) !== emptySecond) return { code, field: ids[emptySecond ? 1 : 0] };
  }
  return undefined;
}
