import { expect, it } from 'vitest';
import { hashSecret } from '../sign-in/secret.js';
import { secondsOfToken } from '../sign-in/access-token.js';
import { keyEnd } from './key-end.js';

const now = new Date('2026-01-01T00:00:00Z');
const past = new Date(now.getTime() - 1);
const soon = new Date(now.getTime() + 1_000);
const later = new Date(now.getTime() + 2_000);
const hashes = { secretHash: hashSecret('new'), previousHash: hashSecret('old') };

it.each([
  ['the secret', 'new', { expiresAt: soon }, soon],
  ['the secret, without an end', 'new', {}, null],
  ['the secret, at its end', 'new', { expiresAt: now }, undefined],
  ['the secret, revoked', 'new', { expiresAt: later, revokedAt: past }, undefined],
  ['the secret, whatever became of the one before', 'new', { expiresAt: later, previousUntil: past }, later],
  ['the one before', 'old', { expiresAt: later, previousUntil: soon }, soon],
  ['the one before, of a key that ends earlier', 'old', { expiresAt: soon, previousUntil: later }, soon],
  ['the one before, of a key without an end', 'old', { previousUntil: soon }, soon],
  ['the one before, once the overlap is over', 'old', { expiresAt: later, previousUntil: now }, undefined],
  ['the one before, revoked', 'old', { previousUntil: later, revokedAt: past }, undefined],
  ['the one before, without an overlap', 'old', { previousHash: null }, undefined],
  ['another', 'other', { expiresAt: later, previousUntil: later }, undefined],
])('a key lets in by %s: %4$s', (_name, secret, marks, end) => {
  const key = { ...hashes, previousUntil: null, expiresAt: null, revokedAt: null, ...marks };
  expect(keyEnd(secret, key, now)).toEqual(end);
});

it.each([
  ['no end', null, 300],
  ['a far end', new Date('2027-01-01T00:00:00Z'), 300],
  ['an end before long', new Date(now.getTime() + 42_900), 42],
  ['an end at once', new Date(now.getTime() + 10), 1],
])('a token for a credential with %s is good for %3$s seconds', (_name, until, seconds) => {
  expect(secondsOfToken({ until }, now)).toBe(seconds);
});
