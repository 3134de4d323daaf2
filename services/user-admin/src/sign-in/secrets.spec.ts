import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatApiKey, parseApiKey } from '@muster/contracts';
import { rotatedKey } from '../api-keys/rotate-api-key.js';
import { hashPassword, isOutdated, passwordFits } from './password-hash.js';
import { hashSecret, newSecret, secretFits } from './secret.js';

const now = new Date('2026-01-01T00:00:00Z');

// A hash takes a tenth of a second, many times as long on a machine that is busy.
describe('a password', () => {
  it('fits its own hash only, however its letters were typed', async () => {
    const hash = await hashPassword('Grün und blau 1');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await passwordFits('Grün und blau 1'.normalize('NFD'), hash)).toBe(true);
    expect(await passwordFits('Grün und blau 2', hash)).toBe(false);
    expect(await hashPassword('Grün und blau 1')).not.toBe(hash);
  });

  it('still fits a hash of a lower cost, which is to be renewed', async () => {
    const salt = Buffer.from('a salt of its own');
    const key = scryptSync('Grün und blau 1', salt, 32, { N: 1024, r: 8, p: 1 });
    const hash = ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
    expect(await passwordFits('Grün und blau 1', hash)).toBe(true);
    expect(isOutdated(hash)).toBe(true);
    expect(isOutdated(await hashPassword('Grün und blau 1'))).toBe(false);
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

describe('a rotated key', () => {
  const key = { id: '0'.repeat(32), secretHash: 'so far', previousUntil: null, version: 3 };

  it('keeps the secret so far for a day, and lives for a year', () => {
    expect(rotatedKey(key, {}, 'new', now)).toEqual({
      id: key.id,
      secretHash: hashSecret('new'),
      previousHash: 'so far',
      previousUntil: new Date('2026-01-02T00:00:00Z'),
      expiresAt: new Date('2027-01-01T00:00:00Z'),
      version: 3,
    });
  });

  it('without an overlap ends the tokens of the secret so far', () => {
    const { previousHash, previousUntil, version } = rotatedKey(key, { overlapSeconds: 0 }, 'new', now);
    expect({ previousHash, previousUntil, version }).toEqual({ previousHash: null, previousUntil: null, version: 4 });
  });

  it.each([
    ['that is still good', 1, 4],
    ['whose overlap is over', 0, 3],
  ])('ends the tokens of a secret before the last %s', (_name, ms, version) => {
    const previousUntil = new Date(now.getTime() + ms);
    expect(rotatedKey({ ...key, previousUntil }, {}, 'new', now)).toMatchObject({ previousHash: 'so far', version });
  });
});
