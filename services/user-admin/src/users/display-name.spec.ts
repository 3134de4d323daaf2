import { describe, expect, it } from 'vitest';
import { completeNames, splitDisplayName } from './display-name.js';
import { nameFaults } from './name-faults.js';

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

  it('is made of the names unless it was set by hand', () => {
    const names = { firstName: 'Anna', lastName: 'Muster' };
    expect(completeNames(names).displayName).toBe('Anna Muster');
    expect(completeNames({ ...names, displayName: 'A. M.' })).toEqual({ ...names, displayName: 'A. M.' });
    expect(completeNames({ displayName: 'Anna Muster' })).toEqual({ ...names, displayName: 'Anna Muster' });
    expect(completeNames({ firstName: 'Ann', displayName: 'Anna Muster' }).firstName).toBe('Ann');
  });

  it('says what staff names lack', () => {
    expect(nameFaults({ firstName: 'Anna', lastName: 'Muster' })).toEqual([]);
    expect(nameFaults(splitDisplayName('Cher'))).toEqual([{ pointer: '/firstName', code: 'required' }]);
    expect(nameFaults(splitDisplayName(`Anna ${'x'.repeat(51)}`))).toEqual([
      { pointer: '/lastName', code: 'too_long', params: { limit: 50 } },
    ]);
    // Two code points each before NFC, one after it.
    expect(nameFaults({ firstName: 'Ü'.normalize('NFD').repeat(50), lastName: '👩'.repeat(50) })).toEqual([]);
  });
});
