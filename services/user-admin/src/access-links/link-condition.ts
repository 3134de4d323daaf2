import type { TermCondition } from '../users/list-conditions.js';
import type { AccountLinkState } from './link-state.js';

const CURRENT = 'l.replaced_at is null';

/** The current link of an account is in this state; `none`: it has no link. */
export function hasLinkState(state: AccountLinkState): TermCondition {
  const none = state === 'none';
  return {
    who: (companyId, parameters) => {
      const company = parameters.add(companyId);
      if (!none) {
        return `select l.user_id from access_link l
          where l.company_id = ${company} and l.state = ${parameters.add(state)} and ${CURRENT}`;
      }
      return `select w.id from user_account w where w.company_id = ${company}
        and not exists (select 1 from access_link l where l.company_id = ${company} and l.user_id = w.id and ${CURRENT})`;
    },
    holds: (u, parameters) => {
      const of = `select 1 from access_link l where l.user_id = ${u}.id and ${CURRENT}`;
      return none ? `not exists (${of})` : `exists (${of} and l.state = ${parameters.add(state)})`;
    },
  };
}
