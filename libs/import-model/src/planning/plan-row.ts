import type { RowProblem } from '@muster/contracts';
import type { CellValue } from '../schema/field-schema.js';
import { checkRow } from './check-row.js';
import { planCreation } from './plan-creation.js';
import { planUpdate } from './plan-update.js';
import { rowKey } from './row-key.js';
import type { PlanSettings, RowPlan, StoredRecord } from './row-plan.js';

/**
 * Decides what becomes of one row. The only place where keys, modes, keep and overwrite, empty cells and "unchanged" are
 * decided: a plan and a run call it with the same arguments and get the same answer.
 *
 * @param row canonical values in the order of `settings.columns`, each readable by itself
 * @param matches the stored records with the key of the row (see `rowKey`); none when the row has no key
 */
export function planRow(row: readonly CellValue[], matches: readonly StoredRecord[], settings: PlanSettings): RowPlan {
  const fault = checkRow(row, settings);
  if (fault) return invalid([fault], matches);
  const key = rowKey(row, settings);
  if (key.kind === 'empty') return invalid([{ code: 'key_empty', field: key.field }]);
  if (key.kind === 'new') return planCreation(row, settings);
  if (matches.length > 1) return invalid([{ code: 'ambiguous_key', params: { count: matches.length } }]);
  const match = matches[0];
  if (!match) return planWithoutMatch(row, settings);
  if (settings.mode === 'create' && !match.binned) return invalid([duplicateKey(settings)], matches);
  return planUpdate(row, match, settings);
}

function planWithoutMatch(row: readonly CellValue[], settings: PlanSettings): RowPlan {
  const { keys, mode } = settings;
  if (keys.includes('id')) return invalid([{ code: 'unknown_id', field: 'id' }]);
  if (mode === 'update') return { outcome: 'ignored', problems: [{ code: 'key_not_found', ...onlyField(keys) }] };
  return planCreation(row, settings);
}

function duplicateKey({ keys }: PlanSettings): RowProblem {
  return { code: 'duplicate_key', ...onlyField(keys) };
}

function onlyField(keys: readonly string[]): { field?: string } {
  const [field, ...more] = keys;
  return field !== undefined && more.length === 0 ? { field } : {};
}

function invalid(problems: readonly RowProblem[], matches: readonly StoredRecord[] = []): RowPlan {
  const [match, ...more] = matches;
  return { outcome: 'invalid', ...(match && more.length === 0 && { id: match.id }), problems };
}
