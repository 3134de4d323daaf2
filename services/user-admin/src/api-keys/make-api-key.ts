import { formatApiKey } from '@muster/contracts';
import { hashSecret } from '../sign-in/secret.js';
import { ApiKey } from './api-key.entity.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Until when a key is good, unless somebody wishes otherwise. */
export function aYearFrom(now: Date): Date {
  return new Date(now.getTime() + YEAR_MS);
}

type Wanted = Pick<ApiKey, 'companyId' | 'name' | 'createdBy'> & {
  readonly scopes: readonly string[];
  /** Preset: a year from now. */
  readonly expiresAt?: Date | undefined;
};

/** A new key, and its text, which is kept nowhere. */
export function makeApiKey(wanted: Wanted, id: string, secret: string, now: Date): { key: ApiKey; text: string } {
  const key = Object.assign(new ApiKey(), {
    id,
    companyId: wanted.companyId,
    name: wanted.name,
    scopes: [...wanted.scopes],
    version: 1,
    secretHash: hashSecret(secret),
    previousHash: null,
    previousUntil: null,
    expiresAt: wanted.expiresAt ?? aYearFrom(now),
    createdBy: wanted.createdBy,
    createdAt: now,
    revokedAt: null,
    lastUsedAt: null,
  });
  return { key, text: formatApiKey(id, secret) };
}
