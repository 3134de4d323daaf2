import type { TermCondition } from '../users/list-conditions.js';
import type { AccountLinkState } from './link-state.js';

const CURRENT = 'replaced_at is null';

/**
 * The current link of an account is in this state; `none`: it has no link. Said so that the planner has no choice, whatever
 * it believes about the tables: one look at an index for each account at hand, one pass to find all.
 */
export function hasLinkState(state: AccountLinkState): TermCondition {
  const none = state === 'none';
  return {
    who: (companyId, parameters) => {
      const company = `company_id = ${parameters.add(companyId)}`;
      if (!none) {
        return `select user_id from access_link where ${company} and state = ${parameters.add(state)} and ${CURRENT}`;
      }
      return `select id from user_account where ${company}
        except select user_id from access_link where ${company} and ${CURRENT}`;
    },
    holds: (u, parameters) => {
      const current = `(select l.state from access_link l where l.user_id = ${u}.id and l.${CURRENT})`;
      return none ? `${current} is null` : `${current} = ${parameters.add(state)}`;
    },
  };
}
