import { expect, it } from 'vitest';
import { sessionEnd, tokenEnd } from './session-lifetime.js';

const now = new Date('2026-01-01T00:00:00Z');

it.each([
  ['password', '2026-04-01T00:00:00.000Z', '2026-01-31T00:00:00.000Z'],
  ['accessLink', '2026-04-01T00:00:00.000Z', '2026-01-31T00:00:00.000Z'],
  ['identityProvider', '2026-01-01T12:00:00.000Z', '2026-01-01T12:00:00.000Z'],
] as const)('a session by %s ends %s at the latest, and %s when it is not used', (method, end, idle) => {
  const expiresAt = sessionEnd(method, now);
  expect(expiresAt.toISOString()).toBe(end);
  expect(tokenEnd({ method, expiresAt }, now).toISOString()).toBe(idle);
});

it('no token outlives its session', () => {
  const expiresAt = new Date('2026-01-02T00:00:00Z');
  expect(tokenEnd({ method: 'password', expiresAt }, now)).toEqual(expiresAt);
});
