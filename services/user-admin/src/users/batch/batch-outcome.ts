import type { Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { AccountState } from '../account-state.js';
import type { UserAccount } from '../user-account.entity.js';
import type { KnownValues } from './account-batch.repository.js';
import { batchProblem, type Draft } from './batch-draft.js';
import { UNIQUE_FIELDS, type BatchOutcome, type BatchProblem, type Candidate, type UniqueField } from './batch-item.js';
import { fieldDifferences } from './field-differences.js';

/** Whether something is to be written of it. */
export function writes({ before, changes }: Draft): boolean {
  return before === undefined || Object.keys(changes).length > 0;
}

export function candidateOf({ before, after, unique }: Draft, known: KnownValues): Candidate {
  const keys: Partial<Record<UniqueField, string | null>> = {};
  const holders: Partial<Record<UniqueField, Id>> = {};
  for (const field of UNIQUE_FIELDS) {
    const value = unique[field];
    if (value === undefined) continue;
    const found = value === null ? undefined : known[field].get(value);
    keys[field] = found?.key ?? value;
    if (found?.holder !== undefined) holders[field] = found.holder;
  }
  return { id: before?.id, before, after, keys, holders };
}

/** What is given to an account that is new. */
export interface Birth {
  readonly companyId: Id;
  readonly username: string | undefined;
  readonly now: Date;
}

/** @param draft undefined: there is no such account */
export function outcomeOf(
  draft: Draft | undefined,
  problems: readonly BatchProblem[],
  { companyId, username, now }: Birth,
): BatchOutcome {
  if (!draft || problems.length > 0) return { outcome: 'refused', account: draft?.before, problems };
  const { before, after, changes, consequences } = draft;
  const warnings = draft.warnings.map(batchProblem);
  if (!before || !consequences) {
    const given = { id: newId(), companyId, passwordHash: null, version: 1, createdAt: now, updatedAt: now };
    const named = { username: username ?? after.username };
    return { outcome: 'created', account: { ...after, ...given, ...named } as UserAccount, warnings };
  }
  if (!writes(draft)) return { outcome: 'unchanged', account: before, warnings };
  return {
    outcome: 'changed',
    account: { ...before, ...changes, version: before.version + 1, updatedAt: now },
    properties: Object.keys(changes) as (keyof AccountState)[],
    differences: fieldDifferences(before, changes),
    consequences,
    warnings,
  };
}
