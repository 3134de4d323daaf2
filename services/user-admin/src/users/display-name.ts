import type { AccountState, AccountWishes } from './account-state.js';

export interface Names {
  readonly firstName: string;
  readonly lastName: string;
  readonly displayName: string;
}

/** The last word is the last name, the rest, possibly nothing, the first name. */
export function splitDisplayName(displayName: string): Pick<Names, 'firstName' | 'lastName'> {
  const words = displayName.trim().split(/\s+/u);
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

/** The display name of an account to which nobody gave another. */
export function madeDisplayName(firstName: string | null, lastName: string | null): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}

type NameState = Pick<AccountState, 'kind' | 'firstName' | 'lastName' | 'displayName' | 'displayNameByHand'>;
type NameWishes = Pick<AccountWishes, 'firstName' | 'lastName' | 'displayName'>;

/**
 * The names after a change. A display name follows the names until it is set to another one by hand; null lets it follow
 * again. Names that are missing are taken from the display name; those of portal users always follow it, who are known by
 * the name that was typed.
 */
export function namesAfter(before: NameState, wishes: NameWishes): Omit<NameState, 'kind'> {
  const typed = wishes.displayName === before.displayName ? undefined : wishes.displayName;
  const split = typed ? splitDisplayName(typed) : undefined;
  const nameOf = (part: 'firstName' | 'lastName') => {
    if (wishes[part] !== undefined) return wishes[part];
    const follows = before.kind === 'portal' || before[part] === null;
    return split && follows ? split[part] || null : before[part];
  };
  const [firstName, lastName] = [nameOf('firstName'), nameOf('lastName')];
  const made = madeDisplayName(firstName, lastName);
  const kept = typed ?? (before.displayNameByHand && typed === undefined ? before.displayName : made);
  return { firstName, lastName, displayName: kept, displayNameByHand: kept !== made };
}
