import { expect, it } from 'vitest';
import { GRACE_MS, refreshVerdict, type Refresh } from './refresh-verdict.js';

const now = new Date('2026-01-01T00:00:00Z');
const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
const open = { endedAt: null, expiresAt: after };
const unused = { expiresAt: after, usedAt: null, usedBy: null, repeated: false };
const used = { ...unused, usedAt: before, usedBy: 'me' };
const asked = (wishes: Partial<Refresh>): Refresh => ({
  token: unused,
  successor: null,
  session: open,
  client: 'me',
  ...wishes,
});
const lost = { token: used, successor: { usedAt: null } };

it.each([
  ['good', asked({}), 'rotate'],
  ['over', asked({ token: { ...unused, expiresAt: now } }), 'refuse'],
  ['of a session that has ended', asked({ session: { ...open, endedAt: before } }), 'refuse'],
  ['of a session that is over', asked({ session: { ...open, expiresAt: now } }), 'refuse'],
  ['used, and its answer lost', asked(lost), 'repeat'],
  ['used just within the grace', asked({ ...lost, token: { ...used, usedAt: new Date(now.getTime() - GRACE_MS) } }), 'repeat'],
  ['used longer ago', asked({ ...lost, token: { ...used, usedAt: new Date(now.getTime() - GRACE_MS - 1) } }), 'endSession'],
  ['used by another client', asked({ ...lost, client: 'other' }), 'endSession'],
  ['repeated before', asked({ ...lost, token: { ...used, repeated: true } }), 'endSession'],
  ['used, and so is what it was replaced by', asked({ ...lost, successor: { usedAt: before } }), 'endSession'],
  ['used, with nothing in its place', asked({ token: used }), 'endSession'],
  ['replaced without having been used', asked({ ...lost, token: { ...used, usedBy: null } }), 'endSession'],
  ['used and over', asked({ ...lost, client: 'other', token: { ...used, expiresAt: before } }), 'endSession'],
  ['used, of a session that has ended', asked({ ...lost, session: { ...open, endedAt: before } }), 'refuse'],
] as const)('a refresh token that is %s: %2$s', (_name, given, verdict) => {
  expect(refreshVerdict(given, now)).toBe(verdict);
}); // prettier-ignore
