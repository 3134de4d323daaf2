import { describe, expect, it } from 'vitest';
import { namesAfter, splitDisplayName } from './display-name.js';

describe('a display name', () => {
  it.each([
    ['Anna Muster', 'Anna', 'Muster'],
    ['Anna Maria  von Muster', 'Anna Maria von', 'Muster'],
    ['Cher', '', 'Cher'],
    ['  Anna Muster ', 'Anna', 'Muster'],
    ['', '', ''],
  ])('%j is %j and %j', (displayName, firstName, lastName) => {
    expect(splitDisplayName(displayName)).toEqual({ firstName, lastName });
  });

  const nobody = { kind: 'staff', firstName: null, lastName: null, displayName: '', displayNameByHand: false } as const;
  const anna = { ...nobody, firstName: 'Anna', lastName: 'Muster', displayName: 'Anna Muster' };
  const byHand = { ...anna, displayName: 'A. M.', displayNameByHand: true };

  it.each([
    ['made of the names', nobody, { firstName: 'Anna', lastName: 'Muster' }, ['Anna', 'Muster', 'Anna Muster', false]],
    ['kept when typed', nobody, { firstName: 'A', lastName: 'M', displayName: 'Am' }, ['A', 'M', 'Am', true]],
    ['the names when alone', nobody, { displayName: 'Anna Muster' }, ['Anna', 'Muster', 'Anna Muster', false]],
    [
      'a missing name',
      nobody,
      { firstName: 'Ann', displayName: 'Anna Muster' },
      ['Ann', 'Muster', 'Anna Muster', true],
    ],
    ['no name at all', nobody, { displayName: 'Cher' }, [null, 'Cher', 'Cher', false]],
    ['followed', anna, { lastName: 'Huber' }, ['Anna', 'Huber', 'Anna Huber', false]],
    [
      'followed when it comes along unchanged',
      anna,
      { firstName: 'Eva', displayName: 'Anna Muster' },
      ['Eva', 'Muster', 'Eva Muster', false],
    ],
    ['set by hand', anna, { displayName: 'A. M.' }, ['Anna', 'Muster', 'A. M.', true]],
    ['no longer followed', byHand, { lastName: 'Huber' }, ['Anna', 'Huber', 'A. M.', true]],
    ['followed again', byHand, { displayName: null }, ['Anna', 'Muster', 'Anna Muster', false]],
    [
      'followed again when set to the names',
      byHand,
      { displayName: 'Anna Muster' },
      ['Anna', 'Muster', 'Anna Muster', false],
    ],
    [
      'as typed',
      { ...anna, kind: 'portal' as const },
      { displayName: 'Eva Maria Huber' },
      ['Eva Maria', 'Huber', 'Eva Maria Huber', false],
    ],
    [
      'as typed, of one word',
      { ...anna, kind: 'portal' as const },
      { displayName: 'Cher' },
      [null, 'Cher', 'Cher', false],
    ],
  ])('%s', (_what, before, wishes, expected) => {
    const { firstName, lastName, displayName, displayNameByHand } = namesAfter(before, wishes);
    expect([firstName, lastName, displayName, displayNameByHand]).toEqual(expected);
  });
});
