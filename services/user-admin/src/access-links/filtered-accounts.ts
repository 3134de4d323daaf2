import type { Id } from '@muster/contracts';
import { columnConditions, termConditions, type Parameters, type UserFilter } from '../users/list-conditions.js';

/** As the list of accounts is filtered. */
export type AccountFilter = UserFilter;

/** What stands after `from` in a statement about the accounts that meet a filter now, however many they are; their alias is `u`. */
export function filteredAccounts(companyId: Id, filter: AccountFilter, parameters: Parameters): string {
  const where = [
    `l.company_id = ${parameters.add(companyId)}`,
    ...columnConditions(filter, 'l', parameters),
    ...termConditions(filter).map((term) => term.holds('l', parameters)),
  ];
  return `user_listing l join user_account u on u.id = l.user_id where ${where.join(' and ')}`;
}
