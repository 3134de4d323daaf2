import type { Language } from '@muster/contracts';
import { ACCOUNT_FIELDS } from './account-fields.js';
import type { AccountKind } from './account-kinds.js';
import type { UserAccount } from './user-account.entity.js';

type Given =
  | 'id'
  | 'companyId'
  | 'emailKey'
  | 'usernameKey'
  | 'nameOrder'
  | 'emailOrder'
  | 'numberOrder'
  | 'foundBy'
  | 'passwordHash'
  | 'version'
  | 'createdAt'
  | 'updatedAt';

/** Everything of an account that a person or a connector decides, and what follows from it. */
export type AccountState = Omit<UserAccount, Given>;
/** What follows from the other values. */
type Derived = 'displayNameByHand' | 'phoneE164' | 'mobileE164';

/** What somebody wishes of an account: what is absent stays, null empties. */
export type AccountWishes = { readonly [P in Exclude<keyof AccountState, 'kind' | Derived>]?: AccountState[P] | null };

// The id is not among what is decided.
const none = Object.fromEntries(
  ACCOUNT_FIELDS.filter(({ id }) => id !== 'id').map(({ property, type }) => [property, isList(type) ? [] : null]),
) as unknown as AccountState;

/** An account of which nothing was said yet. */
export function blankState(kind: AccountKind, language: Language): AccountState {
  const derived = { displayNameByHand: false, phoneE164: null, mobileE164: null };
  const presets = { authorizationLevel: 0, hasOwnSchedule: kind === 'staff', loginEnabled: true } as const;
  return {
    ...none,
    ...derived,
    ...presets,
    kind,
    language,
    username: '',
    displayName: '',
  };
}

export function isList(type: (typeof ACCOUNT_FIELDS)[number]['type']): boolean {
  return type === 'list' || type === 'groups';
}

/** The properties of which `after` differs from `before`, with their new values. */
export function differences(before: AccountState, after: AccountState): Partial<AccountState> {
  const changed: Record<string, unknown> = {};
  // Property by property: an account has some eighty, of which most files change a few.
  for (const property in after) {
    const [was, is] = [before[property as keyof AccountState], after[property as keyof AccountState]];
    if (was !== is && !isSameList(was, is)) changed[property] = is;
  }
  return changed;
}

function isSameList(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((entry, place) => entry === other[place]);
}
