import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { licenceFigures } from './licence-figures.js';
import { licencesAfter, type LicenceChange } from './licences-after.js';

describe('the figures of licences', () => {
  it.each([
    [100, 0, { free: 100, near: false, over: false }],
    [100, 89, { free: 11, near: false, over: false }],
    [100, 90, { free: 10, near: true, over: false }],
    [10, 9, { free: 1, near: true, over: false }],
    [11, 9, { free: 2, near: false, over: false }],
    [100, 100, { free: 0, near: true, over: false }],
    [100, 101, { free: 0, near: true, over: true }],
    [0, 0, { free: 0, near: false, over: false }],
    [0, 1, { free: 0, near: true, over: true }],
  ])('%i, of which %i are in use', (total, inUse, figures) => {
    expect(licenceFigures(total, inUse)).toEqual({ total, inUse, ...figures });
  });
});

/** `+` takes a licence, `-` frees one, `=` keeps it, `.` has none; rows are numbered from 2. */
function changes(rows: string): LicenceChange<number>[] {
  return [...rows].map((what, index) => ({ row: index + 2, before: '-='.includes(what), after: '+='.includes(what) }));
}

describe('the licences after a file', () => {
  it.each([
    ['without changes', 5, 3, '=..=', 3, []],
    ['with enough', 5, 3, '++', 5, []],
    ['with one too few', 5, 3, '+++', 5, [4]],
    ['freed by a later row count first', 5, 5, '+-', 5, []],
    ['freed by an earlier row', 5, 5, '-+', 5, []],
    ['given in file order', 5, 5, '+.+=-+', 5, [4, 7]],
    ['freed only', 5, 5, '--', 3, []],
    ['beyond their number: freed ones fill the gap first', 5, 7, '--+', 5, [4]],
    ['beyond their number: one more freed is one to give', 5, 7, '---+', 5, []],
    ['beyond their number: whoever has one keeps it', 5, 7, '==', 7, []],
    ['of a company without any', 0, 0, '+', 0, [2]],
  ])('%s', (_what, total, inUse, rows, after, refused) => {
    const forecast = licencesAfter({ total, inUse }, changes(rows));
    expect(forecast.after.inUse).toBe(after);
    expect(forecast.refused).toEqual(refused);
    expect(forecast.now.inUse).toBe(inUse);
  });

  it('never go beyond their number by a file, and nobody is refused while one is left', () => {
    const row = fc.constantFrom('+', '-', '=', '.');
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.array(row, { maxLength: 40 }), (total, others, rows) => {
        const holders = rows.filter((what) => '-='.includes(what)).length;
        const { now, after, taken, refused } = licencesAfter(
          { total, inUse: others + holders },
          changes(rows.join('')),
        );
        expect(after.inUse).toBeLessThanOrEqual(Math.max(total, now.inUse));
        expect(Math.min(refused.length, after.free)).toBe(0);
        expect(taken + refused.length).toBe(rows.filter((what) => what === '+').length);
      }),
    );
  });
});
