import { planRow } from '../planning/plan-row.js';
import { planSettings } from '../planning/plan-settings.js';
import type { EmptyCell, PlanColumn, RowPlan, StoredRecord, UpdateBehaviour } from '../planning/row-plan.js';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue, ImportMode } from '../schema/field-schema.js';

export const ID = '0193d2a1c4f07b6e8a1f2c3d4e5f6071';

/** `externalId: key`, `name1: overwrite/keep`. */
export function columns(text: string): PlanColumn[] {
  return text.split(', ').map((column) => {
    const [field = '', rules = 'overwrite'] = column.split(': ');
    const [behaviour, emptyCell = 'keep'] = rules.split('/');
    return { field, behaviour: behaviour as UpdateBehaviour, emptyCell: emptyCell as EmptyCell };
  });
}

export function plan(mode: ImportMode, layout: string, row: CellValue[], matches: StoredRecord[] = []): RowPlan {
  return planRow(row, matches, planSettings(CUSTOMER, { mode, columns: columns(layout) }));
}

export function stored(
  values: Record<string, CellValue> = {},
  more: { id?: string; binned?: boolean } = {},
): StoredRecord {
  return { id: ID, externalId: 'K1', name1: 'Old', city: 'Wien', doNotCall: false, ...values, ...more };
}

/** The outcome, with the codes of the problems. */
export function brief(result: RowPlan): string {
  const codes = 'problems' in result ? result.problems.map(({ code }) => code) : [];
  return [result.outcome, ...codes].join(' ');
}
