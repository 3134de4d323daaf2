import type { Id } from '@muster/contracts';
import { hashSecret } from '../sign-in/secret.js';
import type { ApiKey } from './api-key.entity.js';
import { aYearFrom } from './make-api-key.js';

const DAY_S = 24 * 60 * 60;

interface Wishes {
  readonly overlapSeconds?: number;
  readonly expiresAt?: Date;
}

type Rotated = Pick<ApiKey, 'secretHash' | 'previousHash' | 'previousUntil' | 'expiresAt' | 'version'> & {
  readonly id: Id;
};

/**
 * A key with a new secret. The one so far is good for the overlap; one before it that was still good ends at once. With a
 * secret that ends now the tokens that were given so far end too: of none is known for which secret it was given.
 */
export function rotatedKey(
  key: Pick<ApiKey, 'id' | 'secretHash' | 'previousUntil' | 'version'>,
  wishes: Wishes,
  secret: string,
  now: Date,
): Rotated {
  const { overlapSeconds = DAY_S, expiresAt = aYearFrom(now) } = wishes;
  const overlaps = overlapSeconds > 0;
  const endsOne = !overlaps || (key.previousUntil !== null && key.previousUntil > now);
  return {
    id: key.id,
    secretHash: hashSecret(secret),
    previousHash: overlaps ? key.secretHash : null,
    previousUntil: overlaps ? new Date(now.getTime() + overlapSeconds * 1000) : null,
    expiresAt,
    version: key.version + (endsOne ? 1 : 0),
  };
}
