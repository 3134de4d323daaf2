import type { FieldChange, RowProblem } from '@muster/contracts';
import type { CellValue, FieldSchema } from '../schema/field-schema.js';
import { cutText } from '../text/cut-text.js';
import { judgeRecord } from './judge-record.js';
import type { PlanColumn, PlanSettings, RowPlan, StoredRecord } from './row-plan.js';

/** Longest text in a change, in characters. */
const CHANGE_LENGTH = 500;

/** What a row changes in the record that it means. Key columns and read-only fields are never written. */
export function planUpdate(row: readonly CellValue[], stored: StoredRecord, settings: PlanSettings): RowPlan {
  const { schema, columns, fields } = settings;
  const set: Record<string, CellValue> = {};
  const changes: FieldChange[] = [];
  const problems: RowProblem[] = [];
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    const field = fields[i];
    if (!column || !field || column.behaviour !== 'overwrite' || field.readOnly || field.onlyOnCreation) continue;
    const wish = wishOf(row[i] ?? null, column, field);
    if (wish === undefined) continue;
    const from = stored[field.id] ?? null;
    if (wish === from) continue;
    const problem = refusal(field, from, wish);
    if (problem) problems.push(problem);
    set[field.id] = wish;
    changes.push({ field: field.id, from: cut(from), to: cut(wish) });
  }
  if (changes.length > 0) {
    problems.push(...judgeRecord({ ...stored, ...set }, schema, (name) => Object.hasOwn(set, name)));
  }
  if (problems.length > 0) return { outcome: 'invalid', id: stored.id, problems };
  if (changes.length === 0 && !stored.binned) return { outcome: 'unchanged', id: stored.id };
  return { outcome: 'updated', id: stored.id, set, changes, restored: stored.binned ?? false };
}

/** The value that a cell asks for; undefined: it asks for nothing. */
function wishOf(value: CellValue, { emptyCell }: PlanColumn, field: FieldSchema): CellValue | undefined {
  if (value !== null || field.refusesEmpty) return value;
  switch (emptyCell) {
    case 'keep':
      return undefined;
    case 'clear':
      // Where no is the preset, empty is no. Where yes is, nobody who empties a cell asks for it: it takes a licence.
      return field.type === 'yesNo' && field.default === false ? false : null;
    case 'default':
      return field.default ?? null;
  }
}

function refusal(field: FieldSchema, from: CellValue, to: CellValue): RowProblem | undefined {
  // A yes/no that has a preset has no empty state.
  const cannotBeEmpty = field.required || (field.type === 'yesNo' && field.default !== undefined);
  if (cannotBeEmpty && to === null) return { code: 'required', field: field.id };
  if (field.fixedOnceSet && from !== null) return { code: 'external_id_fixed', field: field.id };
  return undefined;
}

function cut(value: CellValue): CellValue {
  return typeof value === 'string' ? cutText(value, CHANGE_LENGTH) : value;
}
