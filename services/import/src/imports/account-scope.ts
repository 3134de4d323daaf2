import { Problem } from '@muster/contracts';
import { entitySchema, isEntityName } from '@muster/import-model';
import type { Caller } from '@muster/platform';

const NEEDED = 'users:write';

/**
 * An import of accounts makes administrators, and its rows hold what only they may see: who may do or see something by a
 * scope needs that of accounts too.
 * @throws Problem forbidden
 */
export function requireScopeFor(entity: string, { role, scopes }: Pick<Caller, 'role' | 'scopes'>): void {
  const byScope = role === 'key' || role === 'person';
  const isOfAccounts = isEntityName(entity) && entitySchema(entity).ofCompany === true;
  if (byScope && isOfAccounts && !scopes.includes(NEEDED))
    throw new Problem('forbidden', { params: { needed: NEEDED } });
}
