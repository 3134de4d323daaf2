import { describe, expect, it } from 'vitest';
import { presetList, type CodeListName } from './code-list.js';
import { isSameList, planCodeList, type WishedCode } from './plan-code-list.js';

const labels = { en: 'Gold', de: 'Gold' };

describe('a code list', () => {
  it('is kept in its order, composed and without blanks around', () => {
    const { codes, faults } = planCodeList('access-levels', [
      { code: ' B ', labels: { en: ' Bu\u0308 ', de: 'B' } },
      { code: 'A', labels },
    ]);
    expect(faults).toEqual([]);
    expect([...codes]).toEqual([
      ['B', { labels: { en: 'Bü', de: 'B' } }],
      ['A', { labels }],
    ]);
  });

  it.each<[string, CodeListName, Partial<WishedCode>[], string, string]>([
    ['a code twice', 'access-levels', [{ code: 'A' }, { code: 'A' }], '/codes/1/code', 'not_unique'],
    ['a code in two letter cases', 'portal-roles', [{ code: 'Ä' }, { code: 'ä' }], '/codes/1/code', 'not_unique'],
    ['a separator', 'portal-roles', [{ code: 'a;b' }], '/codes/0/code', 'separator_in_value'],
    ['a long customer type', 'customer-types', [{ code: 'x'.repeat(31) }], '/codes/0/code', 'too_long'],
    ['an option without permissions', 'role-options', [{ code: 'A' }], '/codes/0/permissions', 'permissions_missing'],
    [
      'permissions elsewhere',
      'access-levels',
      [{ code: 'A', permissions: [] }],
      '/codes/0/permissions',
      'permissions_not_here',
    ],
  ])('is refused for %s', (_why, list, wished, pointer, code) => {
    const { faults } = planCodeList(
      list,
      wished.map((entry) => ({ code: '', labels, ...entry })),
    );
    expect(faults).toMatchObject([{ pointer, code }]);
  });

  it('is the same only with the same order, labels and permissions', () => {
    const [a, b] = [
      { code: 'A', labels },
      { code: 'B', labels },
    ];
    const list = (...wished: WishedCode[]) => planCodeList('access-levels', wished).codes;
    const option = (...permissions: 'users:read'[]) => planCodeList('role-options', [{ ...a, permissions }]).codes;
    expect(isSameList(list(a, b), list(a, b))).toBe(true);
    expect(isSameList(list(a, b), list(b, a))).toBe(false);
    expect(isSameList(list(a), list({ ...a, labels: { ...labels, de: 'x' } }))).toBe(false);
    expect(isSameList(option(), option('users:read'))).toBe(false);
    expect(isSameList(presetList('role-options'), presetList('role-options'))).toBe(true);
  });
});
