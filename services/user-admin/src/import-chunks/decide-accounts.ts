import type { RowProblem } from '@muster/contracts';
import { decideRows, refused, type KeyIndex, type PlanSettings, type RowDecision } from '@muster/import-model';
import type { StoredAccount } from './account-cells.js';
import { groupsColumn, type GroupedRows } from './group-cells.js';

export type AccountDecision = RowDecision<StoredAccount>;

/** The rules of every import, and what rows about accounts must not do: touch accounts of another kind, or name groups that there are not. */
export function decideAccounts(
  { rows, unknown }: GroupedRows,
  index: KeyIndex<StoredAccount>,
  settings: PlanSettings,
  groupProblem: (group: string) => RowProblem,
): AccountDecision[] {
  return decideRows(rows, index, settings).map((decision, i) => {
    if (index.matchesOf(i).some(({ kind }) => kind !== 'staff'))
      return refused(decision, { code: 'key_of_other_kind' });
    const names = writesGroups(decision, settings) ? (unknown.get(decision.row) ?? []) : [];
    if (names.length === 0) return decision;
    return refused(decision, ...names.map(groupProblem));
  });
}

function writesGroups({ plan }: AccountDecision, settings: PlanSettings): boolean {
  if (plan.outcome === 'created') return true;
  if (plan.outcome !== 'updated' && plan.outcome !== 'unchanged') return false;
  const at = groupsColumn(settings);
  return at !== undefined && settings.columns[at]?.behaviour === 'overwrite';
}

/** Names of groups that rows would need which are in order otherwise. */
export function wantedGroups(
  { rows, unknown }: GroupedRows,
  index: KeyIndex<StoredAccount>,
  settings: PlanSettings,
): string[] {
  const needed = decideRows(rows, index, settings).filter(
    (decision, i) => writesGroups(decision, settings) && index.matchesOf(i).every(({ kind }) => kind === 'staff'),
  );
  return [...new Set(needed.flatMap(({ row }) => unknown.get(row) ?? []))];
}
