import type { RowProblem } from '@muster/contracts';
import { rowKey, type PlanSettings } from '@muster/import-model';
import type { StagedRow } from './chunk-payload.js';

/**
 * For whom a row stands of which nothing becomes: `key`: for whoever has the key in `json`, or else one of its unique values;
 * `new`: for nobody; `unreadable`: it does not say.
 */
export type SettledKey = { readonly kind: 'key'; readonly json: string } | { readonly kind: 'new' | 'unreadable' };

/** With a cell too many nobody knows which of them the key is; where the file was cut off, whose rows are lost. */
const UNCERTAIN = new Set(['extra_cells', 'row_cut_off']);

/** @param problems what is wrong with the row; a cell that cannot be read is null in it */
export function settledKey(
  [row, ...values]: StagedRow,
  problems: readonly RowProblem[],
  settings: PlanSettings,
): SettledKey {
  const { keys, columns } = settings;
  const isDoubtful = problems.some(({ code, field = '' }) => UNCERTAIN.has(code) || keys.includes(field));
  if (isDoubtful) return { kind: 'unreadable' };
  const key = rowKey(values, settings);
  if (key.kind === 'empty') return { kind: 'unreadable' };
  const telling = columns.map(({ behaviour, field }) => behaviour === 'key' || isUnique(field, settings));
  const bare = telling.map((tells, i) => (tells ? (values[i] ?? null) : null));
  if (bare.every((value) => value === null)) return { kind: 'new' };
  return { kind: 'key', json: JSON.stringify([row, ...bare]) };
}

function isUnique(id: string, { schema }: PlanSettings): boolean {
  return schema.unique.some(({ fields: [field, ...more] }) => field === id && more.length === 0);
}
