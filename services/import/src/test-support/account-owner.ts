import { accountLedger, type Id } from '@muster/contracts';
import type { TestService } from '@muster/testing';
import { playOwners } from './owners.js';

/** Stands for user-admin and for restore points: every row is an active account that stays as it is. */
export interface AccountOwner {
  /** Staff accounts that can sign in; a sync deactivates all but one, for whom its one row stands. */
  active: number;
  /** What is not answered: restore points, so that a run that has begun goes no further, or plans. */
  holds: 'points' | 'plans' | null;
  /** Imports whose rows were applied, in that order. */
  readonly written: Id[];
  stop(): Promise<void>;
}

export async function playAccountOwner(service: TestService): Promise<AccountOwner> {
  const owners = await playOwners(service);
  const owner: AccountOwner = { active: 2, holds: null, written: owners.written, stop: () => owners.stop() };
  const guard = { percent: 20, count: 500 };
  service.answer(accountLedger, () => ({ licences: 500, inUse: 1, administrators: 1, active: owner.active, guard }));
  owners.decide = (_row, { dryRun }) => (dryRun && owner.holds === 'plans' ? undefined : 'unchanged');
  owners.holdsPoints = () => owner.holds === 'points';
  owners.absent = ({ dryRun, most }) =>
    dryRun ? { planned: owner.active - 1, base: owner.active } : { deactivated: most };
  return owner;
}
