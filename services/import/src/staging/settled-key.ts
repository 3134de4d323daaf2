import type { RowProblem } from '@muster/contracts';
import { rowKey, type PlanSettings } from '@muster/import-model';
import type { StagedRow } from './chunk-payload.js';

/** For whom a row stands of which nothing becomes: `key`: by the key in `json`; `new`: for nobody; `unreadable`: it does not say. */
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
  if (key.kind === 'new') return { kind: 'new' };
  if (key.kind === 'empty') return { kind: 'unreadable' };
  const bare = columns.map(({ behaviour }, i) => (behaviour === 'key' ? values[i] : null));
  return { kind: 'key', json: JSON.stringify([row, ...bare]) };
}
