import { formatApiKey } from '@muster/contracts';
import { hashSecret } from '../sign-in/secret.js';
import { ApiKey } from './api-key.entity.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

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
    secretHash: hashSecret(secret),
    expiresAt: wanted.expiresAt ?? new Date(now.getTime() + YEAR_MS),
    createdBy: wanted.createdBy,
    createdAt: now,
    revokedAt: null,
    lastUsedAt: null,
  });
  return { key, text: formatApiKey(id, secret) };
}
