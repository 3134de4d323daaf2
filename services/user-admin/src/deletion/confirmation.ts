import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Actor, Id } from '@muster/contracts';

const ALGORITHM = 'HS256';
const AUDIENCE = 'muster-confirm-deletion';
/** How long somebody may think about it. */
const GOOD_FOR_MS = 5 * 60_000;

/** What somebody was told would happen, and confirms: nothing else happens on the token. */
export interface Deletion {
  readonly companyId: Id;
  readonly actor: Actor;
  readonly userId: Id;
  /** Of the account. */
  readonly version: number;
  readonly discardData: boolean;
  /** Of the records that were downloaded and go with the account; null: it has none, or they are discarded. */
  readonly downloadedDigest: string | null;
}

/** A token that {@link confirms} the deletion for 5 minutes. */
export function confirmationOf(deletion: Deletion, secret: string, now: Date): Promise<string> {
  const { userId, ...claims } = deletion;
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + GOOD_FOR_MS))
    .sign(keyOf(secret));
}

/** Whether the token was given for exactly this deletion, and is still good. */
export async function confirms(token: string, deletion: Deletion, secret: string, now: Date): Promise<boolean> {
  const { userId, ...claims } = deletion;
  const options = { algorithms: [ALGORITHM], audience: AUDIENCE, subject: userId, currentDate: now };
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), { ...options, requiredClaims: ['exp'] });
    return Object.entries(claims).every(([name, value]) => payload[name] === value);
  } catch {
    return false;
  }
}

/** A key of its own: no token of another kind that is signed with the same secret is taken for one of these. */
function keyOf(secret: string): Uint8Array {
  return createHmac('sha256', secret).update(AUDIENCE).digest();
}
