import { describe, expect, it } from 'vitest';
import { linkEnd, linkRefusal, LINK_STATES, settledState, tokenRefusal, type LinkMarks } from './link-state.js';

const now = new Date('2026-01-08T00:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const SENT: LinkMarks = { state: 'sent', usedAt: null, disabledAt: null, replacedAt: null, expiresAt: after };
const ON = { loginEnabled: true };
const OFF = { loginEnabled: false };

describe('a link', () => {
  it.each<[string, Partial<LinkMarks>, { loginEnabled: boolean }, string | undefined]>([
    ['sent', {}, ON, undefined],
    ['delivered', { state: 'delivered' }, ON, undefined],
    ['that could not be delivered, as far as is known', { state: 'failed' }, ON, undefined],
    ['at its end', { expiresAt: now }, ON, 'access_link_expired'],
    ['after its end', { expiresAt: before }, ON, 'access_link_expired'],
    ['used', { state: 'used', usedAt: before }, ON, 'access_link_used'],
    ['used, then replaced', { state: 'used', usedAt: before, replacedAt: before }, ON, 'access_link_used'],
    ['used, then disabled', { state: 'disabled', usedAt: before, disabledAt: before }, ON, 'access_link_used'],
    ['replaced', { replacedAt: before }, ON, 'access_link_replaced'],
    ['replaced, and too old', { replacedAt: before, expiresAt: before }, ON, 'access_link_replaced'],
    ['disabled', { state: 'disabled', disabledAt: before }, ON, 'access_link_disabled'],
    [
      'disabled, then replaced',
      { state: 'disabled', disabledAt: before, replacedAt: before },
      ON,
      'access_link_disabled',
    ],
    ['of a deactivated account', {}, OFF, 'access_link_disabled'],
    ['without a token', { state: 'created', expiresAt: null }, ON, 'access_link_not_found'],
  ])('%s', (_name, marks, account, refusal) => {
    expect(linkRefusal({ ...SENT, ...marks }, account, now)).toBe(refusal);
  });

  it('lives for so many days', () => {
    expect(linkEnd(7, new Date('2026-01-01T00:00:00Z'))).toEqual(now);
  });
});

describe('a token is made', () => {
  const waiting = { state: 'created', replacedAt: null, requestedAt: before, attempt: 0 } as const;

  it.each([
    ['for a link that is to be sent', waiting, ON, 1, undefined],
    ['anew for a later attempt', { ...waiting, state: 'sent', attempt: 1 } as const, ON, 2, undefined],
    ['never twice for an attempt', { ...waiting, state: 'sent', attempt: 1 } as const, ON, 1, 'answered'],
    ['never for an earlier attempt', { ...waiting, state: 'sent', attempt: 3 } as const, ON, 2, 'answered'],
    ['never unasked', { ...waiting, requestedAt: null }, ON, 1, 'obsolete'],
    ['never once it is replaced', { ...waiting, replacedAt: before }, ON, 1, 'obsolete'],
    ['never for a deactivated account', waiting, OFF, 1, 'obsolete'],
    ...LINK_STATES.slice(2).map(
      (state) => [`never when it is ${state}`, { ...waiting, state }, ON, 1, 'obsolete'] as const,
    ),
  ] as const)('%s', (_name, link, account, attempt, refusal) => {
    expect(tokenRefusal(link, account, attempt)).toBe(refusal);
  });
});

it.each([
  ['created', undefined, 'failed'],
  ['sent', 'delivered', 'failed'],
  ['delivered', undefined, 'failed'],
  ['failed', 'delivered', undefined],
  ['used', undefined, undefined],
  ['disabled', undefined, undefined],
] as const)('what is %s is then delivered: %s, failed: %s', (state, delivered, failed) => {
  expect([settledState(state, 'delivered'), settledState(state, 'failed')]).toEqual([delivered, failed]);
});
