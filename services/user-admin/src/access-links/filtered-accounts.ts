import type { Id } from '@muster/contracts';
import { columnConditions, termConditions, type Parameters, type UserFilter } from '../users/list-conditions.js';
import { hasLinkState } from './link-condition.js';
import type { AccountLinkState } from './link-state.js';

/** As the list of accounts is filtered. */
export type AccountFilter = UserFilter & { readonly accessLinkState?: AccountLinkState };

/** What stands after `from` in a statement about the accounts that meet a filter now, however many they are; their alias is `u`. */
export function filteredAccounts(companyId: Id, filter: AccountFilter, parameters: Parameters): string {
  const { accessLinkState: state } = filter;
  const terms = [...termConditions(filter), ...(state === undefined ? [] : [hasLinkState(state)])];
  const where = [
    `u.company_id = ${parameters.add(companyId)}`,
    ...columnConditions(filter, 'u', parameters),
    ...terms.map((term) => term.holds('u', parameters)),
  ];
  return `user_account u where ${where.join(' and ')}`;
}
