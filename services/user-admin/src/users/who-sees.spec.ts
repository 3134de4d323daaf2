import { describe, expect, it } from 'vitest';
import { isSeen, seesAllFields, sightOf } from './who-sees.js';

const me = { id: 'me', groupIds: ['a', 'b'] };
const ofMyGroup = { id: 'x', groupIds: ['b', 'c'] };
const stranger = { id: 'y', groupIds: ['c'] };
const alone = { id: 'z', groupIds: [] };

describe('an account is seen', () => {
  it.each([
    ['administrator', [], 'me', [true, true, true, true]],
    ['key', ['users:read'], null, [true, true, true, true]],
    ['key', ['users:sync'], null, [true, true, true, true]],
    ['supervisor', [], 'me', [true, true, false, false]],
    ['user', [], 'me', [true, false, false, false]],
    ['portal', [], 'me', [true, false, false, false]],
    ['person', [], 'me', [true, false, false, false]],
    ['person', ['records:read', 'users:write'], 'me', [true, false, false, false]],
    ['person', ['users:read'], 'me', [true, true, true, true]],
    ['user', ['users:read'], 'me', [true, false, false, false]],
  ] as const)('by %s with %j', (role, scopes, userId, expected) => {
    const sight = sightOf({ role, scopes, userId });
    expect([me, ofMyGroup, stranger, alone].map((account) => isSeen(sight, account, me))).toEqual(expected);
  });

  it('by a supervisor without groups: its own', () => {
    const sight = sightOf({ role: 'supervisor', scopes: [], userId: 'z' });
    expect([me, alone].map((account) => isSeen(sight, account, alone))).toEqual([false, true]);
  });
});

it.each([
  ['administrator', [], true],
  ['supervisor', [], false],
  ['user', [], false],
  ['key', ['users:read'], false],
  ['key', ['users:read', 'users:write'], true],
  ['key', ['users:sync'], true],
  ['person', ['users:read'], false],
  ['person', ['users:write'], true],
  ['portal', [], false],
  ['user', ['users:write'], false],
] as const)('all fields are for %s with %j: %s', (role, scopes, expected) => {
  expect(seesAllFields({ role, scopes })).toBe(expected);
});
