import type { z } from 'zod';
import type { resolveReps } from '@muster/contracts';
import type { RepHit } from './reps.repository.js';

export type RepAnswer = z.infer<(typeof resolveReps)['answer']>;

/** Sorts hits into found, differing only in letter case, and named by nobody. */
export function repAnswer(hits: readonly RepHit[]): RepAnswer {
  const answer: RepAnswer = { found: [], caseOnly: [], notNamed: [] };
  for (const { value, exact, ...account } of hits) {
    if (value === null) answer.notNamed.push(account);
    else if (exact) answer.found.push({ ...account, value });
    else answer.caseOnly.push({ value, actual: account.email ?? '' });
  }
  return answer;
}
