import type { UserAccount } from '../users/user-account.entity.js';

type Account = Pick<UserAccount, 'id' | 'kind' | 'hasOwnSchedule'>;

/**
 * Why records cannot go to an account; undefined: they can. It may be deactivated, as one of whom nobody knows yet that
 * he or she begins next month.
 */
export function targetObstacle(from: Account, to: Account | null): 'same' | 'unknown' | 'no_schedule' | undefined {
  if (to?.kind !== 'staff') return 'unknown';
  if (to.id === from.id) return 'same';
  return to.hasOwnSchedule ? undefined : 'no_schedule';
}
