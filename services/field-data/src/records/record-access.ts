import { findReps, Problem, type Id } from '@muster/contracts';
import type { Caller, Questions } from '@muster/platform';

const COMPANY_WIDE: ReadonlySet<Caller['role']> = new Set(['administrator', 'key', 'person']);

/**
 * Whose records a caller sees and writes: everybody's (null) for administrators, and for keys and people of role 1, whom a
 * scope has let in; else the caller's own.
 */
export function reachOf({ role, userId }: Pick<Caller, 'role' | 'userId'>): Id | null {
  return COMPANY_WIDE.has(role) ? null : userId;
}

/** @throws Problem rep_unknown unless it is an account with its own schedule, in the caller's reach */
export async function requireRep(questions: Questions, caller: Caller, repId: Id): Promise<void> {
  const reach = reachOf(caller);
  if (reach !== null && reach !== repId) throw new Problem('rep_unknown');
  const { found } = await questions.ask(findReps, { companyId: caller.companyId, userIds: [repId] });
  if (!found.some(({ userId, hasOwnSchedule }) => userId === repId && hasOwnSchedule)) throw new Problem('rep_unknown');
}
