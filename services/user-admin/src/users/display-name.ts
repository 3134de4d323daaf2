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

/** Completes names: the display name is made of the names unless it was set by hand, and the other way round. */
export function completeNames(given: Partial<Names>): Names {
  const split = splitDisplayName(given.displayName ?? '');
  const firstName = given.firstName ?? split.firstName;
  const lastName = given.lastName ?? split.lastName;
  return { firstName, lastName, displayName: given.displayName ?? [firstName, lastName].filter(Boolean).join(' ') };
}
