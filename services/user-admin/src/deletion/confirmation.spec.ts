import { expect, it } from 'vitest';
import { confirmationOf, confirms, type Deletion } from './confirmation.js';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = new Date('2026-11-23T12:00:00Z');
const DELETION: Deletion = {
  companyId: 'c'.repeat(32),
  actor: `user:${'a'.repeat(32)}`,
  userId: 'b'.repeat(32),
  version: 3,
  discardData: false,
  downloadedDigest: null,
};
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

it('confirms what it was given for, for five minutes', async () => {
  const token = await confirmationOf(DELETION, SECRET, NOW);
  expect(await confirms(token, DELETION, SECRET, later(299))).toBe(true);
  expect(await confirms(token, DELETION, SECRET, later(301))).toBe(false);
});

it.each([
  ['company', { companyId: 'd'.repeat(32) }],
  ['caller', { actor: `user:${'d'.repeat(32)}` }],
  ['account', { userId: 'd'.repeat(32) }],
  ['version', { version: 4 }],
  ['loss of data', { discardData: true }],
  ['download', { downloadedDigest: 'of other records' }],
])('confirms nothing with another %s', async (_name, other) => {
  const token = await confirmationOf(DELETION, SECRET, NOW);
  expect(await confirms(token, { ...DELETION, ...other }, SECRET, NOW)).toBe(false);
});

it.each(['', 'nonsense', 'eyJhbGciOiJub25lIn0.e30.'])('takes no %j', async (token) => {
  expect(await confirms(token, DELETION, SECRET, NOW)).toBe(false);
});

it('takes none that was signed with another secret', async () => {
  const token = await confirmationOf(DELETION, `${SECRET}!`, NOW);
  expect(await confirms(token, DELETION, SECRET, NOW)).toBe(false);
});
