const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A key signs for so long; then it is time for the next. */
const TURN_MS = 30 * DAY_MS;
/** A new key is published for so long before it signs: others keep what they have read for 5 minutes. */
const HERALD_MS = 15 * MINUTE_MS;
/** A key is published for so long after the next has taken over; the last token that it signed ended long before. */
const FAREWELL_MS = DAY_MS;

interface Dated {
  readonly createdAt: Date;
}

/** Whether a new key must be made. @param keys from the newest on */
export function isKeyDue([newest]: readonly Dated[], now: Date): boolean {
  return newest === undefined || now.getTime() - newest.createdAt.getTime() >= TURN_MS;
}

/** The key to sign with: the newest that everybody has had time to read, else the only ones there are. */
export function signingKeyOf<K extends Dated>(keys: readonly K[], now: Date): K {
  const signer = keys.find(({ createdAt }) => now.getTime() - createdAt.getTime() >= HERALD_MS) ?? keys.at(-1);
  if (!signer) throw new Error('There is no key to sign with');
  return signer;
}

/** The keys with which a token that is still good may have been signed, and the one that comes next. */
export function publishedKeys<K extends Dated>(keys: readonly K[], now: Date): K[] {
  return keys.filter((_key, at) => {
    const next = keys[at - 1];
    return next === undefined || now.getTime() - next.createdAt.getTime() < HERALD_MS + FAREWELL_MS;
  });
}
