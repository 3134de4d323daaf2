import { describe, expect, it } from 'vitest';
import { formatApiKey, parseApiKey } from '@muster/contracts';
import { isKeyValid } from '../api-keys/key-validity.js';
import { hashPassword, passwordFits } from './password-hash.js';
import { refreshVerdict } from './refresh-verdict.js';
import { hashSecret, newSecret, secretFits } from './secret.js';

const now = new Date('2026-01-01T00:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

describe('a password', () => {
  it('fits its own hash only, however its letters were typed', async () => {
    const hash = await hashPassword('Grün und blau 1');
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(await passwordFits('Grün und blau 1'.normalize('NFD'), hash)).toBe(true);
    expect(await passwordFits('Grün und blau 2', hash)).toBe(false);
    expect(await hashPassword('Grün und blau 1')).not.toBe(hash);
  });

  it('fits nobody', async () => {
    expect(await passwordFits('', null)).toBe(false);
  });
});

describe('a secret', () => {
  it('fits its own hash only', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(secretFits(secret, hashSecret(secret))).toBe(true);
    expect(secretFits(newSecret(), hashSecret(secret))).toBe(false);
  });

  it('makes an API key that can be taken apart', () => {
    const [id, secret] = ['0'.repeat(32), newSecret()];
    expect(parseApiKey(formatApiKey(id, secret))).toEqual({ id, secret });
    expect(parseApiKey(`msk_${id}_${secret}x`)).toBeUndefined();
    expect(parseApiKey(`${id}_${secret}`)).toBeUndefined();
  });
});

it.each([
  ['without an end', null, null, true],
  ['before its end', after, null, true],
  ['at its end', now, null, false],
  ['revoked', after, before, false],
])('a key %s is valid: %3$s', (_name, expiresAt, revokedAt, valid) => {
  expect(isKeyValid({ expiresAt, revokedAt }, now)).toBe(valid);
});

it.each([
  ['good', { expiresAt: after, usedAt: null, revokedAt: null }, 'rotate'],
  ['over', { expiresAt: before, usedAt: null, revokedAt: null }, 'refuse'],
  ['revoked', { expiresAt: after, usedAt: null, revokedAt: before }, 'refuse'],
  ['used', { expiresAt: after, usedAt: before, revokedAt: null }, 'revokeFamily'],
  ['used and over', { expiresAt: before, usedAt: before, revokedAt: null }, 'revokeFamily'],
] as const)('a refresh token that is %s: %s', (_name, token, verdict) => {
  expect(refreshVerdict(token, now)).toBe(verdict);
});
