import type { Id } from '@muster/contracts';
import type { DoneRow, PlannedRow } from './mass-changes.repository.js';
import { rowOutcome, type AccountResult } from './tally.js';

const FAILED: AccountResult = { outcome: 'failed' };

/** What is kept of an account of a plan. */
export function plannedRow(userId: Id, result: AccountResult = FAILED): PlannedRow {
  return { userId, planned: rowOutcome(result), plannedVersion: versionBefore(result), ...detailsOf(result) };
}

/** What is kept of an account of a run. */
export function doneRow(userId: Id, result: AccountResult = FAILED, changedSincePlan: boolean): DoneRow {
  return { userId, outcome: rowOutcome(result), changedSincePlan, ...detailsOf(result) };
}

function versionBefore(result: AccountResult): number | null {
  if (result.outcome === 'failed' || result.outcome === 'created') return null;
  const version = result.account?.version ?? null;
  return result.outcome === 'changed' && version !== null ? version - 1 : version;
}

function detailsOf(result: AccountResult): Pick<PlannedRow, 'changes' | 'problems'> {
  switch (result.outcome) {
    case 'changed':
      return { changes: result.differences, problems: orNull(result.warnings) };
    case 'refused':
      return { changes: null, problems: result.problems };
    case 'failed':
      return { changes: null, problems: [{ code: 'internal_error' }] };
    case 'created':
    case 'unchanged':
      return { changes: null, problems: orNull(result.warnings) };
  }
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
