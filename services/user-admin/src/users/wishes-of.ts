import { ACCOUNT_FIELDS } from './account-fields.js';
import type { AccountWishes } from './account-state.js';
import { valueAt } from './nested.js';

/** What a checked body wishes of an account. */
export function wishesOf(body: object): AccountWishes {
  const values = ACCOUNT_FIELDS.flatMap(({ id, property, readOnly }) => {
    const value = valueAt(body, id);
    return readOnly || id === 'kind' || value === undefined ? [] : [[property, value]];
  });
  return Object.fromEntries(values) as AccountWishes;
}
