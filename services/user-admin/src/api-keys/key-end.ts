import { secretFits } from '../sign-in/secret.js';
import type { ApiKeyCredential } from './api-keys.repository.js';

type Marks = Pick<ApiKeyCredential, 'secretHash' | 'previousHash' | 'previousUntil' | 'expiresAt' | 'revokedAt'>;

/**
 * Until when a key lets in whoever shows this secret: that of the key, or the one before it within the overlap of a rotation.
 * Undefined: it does not; null: without an end. Secrets are compared in constant time.
 */
export function keyEnd(secret: string, key: Marks, now: Date): Date | null | undefined {
  const { secretHash, previousHash, previousUntil, expiresAt, revokedAt } = key;
  const isCurrent = secretFits(secret, secretHash);
  if (!isCurrent && (previousHash === null || previousUntil === null || !secretFits(secret, previousHash)))
    return undefined;
  const ends = [expiresAt, isCurrent ? null : previousUntil].flatMap((end) => end ?? []);
  if (revokedAt !== null || ends.some((end) => end <= now)) return undefined;
  return ends.reduce<Date | null>((first, end) => (first === null || end < first ? end : first), null);
}
