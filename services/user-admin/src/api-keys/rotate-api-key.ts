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

/** A key with a new secret; that before the last one ends at once. Without an overlap the tokens of the old one end too. */
export function rotatedKey(
  key: Pick<ApiKey, 'id' | 'secretHash' | 'version'>,
  wishes: Wishes,
  secret: string,
  now: Date,
): Rotated {
  const { overlapSeconds = DAY_S, expiresAt = aYearFrom(now) } = wishes;
  const overlaps = overlapSeconds > 0;
  return {
    id: key.id,
    secretHash: hashSecret(secret),
    previousHash: overlaps ? key.secretHash : null,
    previousUntil: overlaps ? new Date(now.getTime() + overlapSeconds * 1000) : null,
    expiresAt,
    version: key.version + (overlaps ? 0 : 1),
  };
}
