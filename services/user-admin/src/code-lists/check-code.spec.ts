import { describe, expect, it } from 'vitest';
import { PERMISSIONS, permissionsOf, presetList, type CodeList } from './code-list.js';
import { isKnownCode } from './check-code.js';
import { newReferences, referenceFaults, type ReferringValues } from './referring-values.js';

const levels = new Map([
  ['READ_ONLY', {}],
  ['GOLD', {}],
  ['__proto__', {}],
]);

describe('a code', () => {
  it.each([
    ['of the list', 'GOLD', true],
    ['with the name of a property', '__proto__', true],
    ['in other letter case', 'gold', false],
    ['mistyped', 'READONLI', false],
    ['that none is near to', 'platinum', false],
    ['with a name that only objects have', 'constructor', false],
    ['that is empty', '', false],
  ])('%s', (_what, value, known) => {
    expect(isKnownCode(levels, value)).toBe(known);
  });

  it('of an empty list is whatever it is', () => {
    expect(isKnownCode(new Map(), 'anything')).toBe(true);
  });
});

describe('the role options of a person', () => {
  const list: CodeList = new Map([
    ['Readers', { labels: { en: 'r', de: 'r' }, permissions: ['users:read', 'records:read'] }],
    ['Importers', { labels: { en: 'i', de: 'i' }, permissions: ['imports:write', 'records:read'] }],
    ['Guests', { labels: { en: 'g', de: 'g' }, permissions: [] }],
  ]);

  it.each([
    ['one', ['Readers'], ['users:read', 'records:read']],
    ['two', ['Readers', 'Importers'], ['users:read', 'records:read', 'imports:write']],
    ['one without any', ['Guests'], []],
    ['one that is no more listed', ['Sys_Admin'], []],
    ['none', [], []],
  ])('permit what they list: %s', (_what, options, permissions) => {
    expect([...permissionsOf(options, list)]).toEqual(permissions);
  });

  it('are preset: Sys_Admin permits all, but for what only connectors may', () => {
    const all = permissionsOf(['Sys_Admin'], presetList('role-options'));
    expect([...all]).toEqual([...PERMISSIONS]);
    expect(all.has('users:write')).toBe(true);
    expect([...all]).not.toContain('users:sync');
    expect(presetList('access-levels').size).toBe(0);
  });
});

describe('what an account names', () => {
  const nothing: ReferringValues = { groupIds: [], accessLevel: null, roles: [], roleOptions: [], customerType: null };
  const code = { labels: { en: '', de: '' } };
  const known = {
    groupIds: new Set(['a']),
    lists: new Map([
      ['access-levels', new Map([['GOLD', code]])],
      ['portal-roles', new Map([['BUYER', code]])],
      ['role-options', new Map([['Sys_Admin', code]])],
    ] as const),
  };
  const faults = (before: Partial<ReferringValues> | undefined, after: Partial<ReferringValues>) => {
    const earlier = before && { ...nothing, ...before };
    return referenceFaults(newReferences(earlier, { ...nothing, ...after }), known);
  };

  it.each([
    ['nothing', undefined, {}],
    [
      'what is there',
      undefined,
      { groupIds: ['a'], accessLevel: 'GOLD', roles: ['BUYER'], roleOptions: ['Sys_Admin'] },
    ],
    ['a code where the list is empty', undefined, { customerType: 'whatever' }],
    ['what it had before, though it is gone', { groupIds: ['x'], roles: ['OLD'] }, { groupIds: ['x'], roles: ['OLD'] }],
    ['less than before', { roles: ['OLD', 'OLDER'] }, { roles: ['OLDER'] }],
  ])('is fine: %s', (_what, before, after) => {
    expect(faults(before, after)).toEqual([]);
  });

  it.each([
    ['an unknown group', undefined, { groupIds: ['a', 'b'] }, '/userGroups', 'unknown_group', { group: 'b' }],
    [
      'a near code',
      undefined,
      { accessLevel: 'GOLF' },
      '/accessLevel',
      'unknown_code',
      { value: 'GOLF', near: 'yes', nearest: 'GOLD', codes: 'GOLD' },
    ],
    ['a far code', { roles: ['OLD'] }, { roles: ['OLD', 'x'] }, '/roles', 'unknown_code', { value: 'x' }],
    [
      'a role option',
      undefined,
      { roleOptions: ['sys_admin'] },
      '/roleOptions',
      'unknown_code',
      { nearest: 'Sys_Admin' },
    ],
  ])('is refused: %s', (_what, before, after, pointer, fault, params) => {
    expect(faults(before, after)).toMatchObject([{ pointer, code: fault, params }]);
  });
});
