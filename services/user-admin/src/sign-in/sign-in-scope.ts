import type { Id } from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';

/** Of somebody who is not signed in yet, or just was. */
export function signInScope(companyId: Id, userId?: Id): Scope {
  return { companyId, actor: userId === undefined ? 'system' : `user:${userId}`, cause: `request:${newId()}` };
}
