import type { RowProblem } from '@muster/contracts';
import type { CellValue } from '../schema/field-schema.js';
import { judgeRecord } from './judge-record.js';
import type { PlanSettings, RowPlan } from './row-plan.js';

/** A new record: every mapped value is written whatever its behaviour; empty cells and other fields get the field's default. */
export function planCreation(row: readonly CellValue[], settings: PlanSettings): RowPlan {
  const { fields, unmapped, mode, schema } = settings;
  const values: Record<string, CellValue> = {};
  const problems: RowProblem[] = [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    if (!field || field.readOnly) continue;
    const value = row[i] ?? field.default ?? null;
    values[field.id] = value;
    if (field.required && value === null) problems.push({ code: 'required', field: field.id });
  }
  for (const { id, default: preset, required } of unmapped) {
    if (preset !== undefined) values[id] = preset;
    else if (!required) continue;
    // An upsert without the column cannot mean to create: it was made for records that exist.
    else if (mode === 'upsert') return { outcome: 'ignored', problems: [{ code: 'key_not_found' }] };
    else problems.push({ code: 'required', field: id });
  }
  problems.push(...judgeRecord(values, schema));
  return problems.length > 0 ? { outcome: 'invalid', problems } : { outcome: 'created', values };
}
