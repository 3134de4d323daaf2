import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.js';

/** The distance of optimal string alignment, as it is defined. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => i + j));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      (rows[i] ?? [])[j] = Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1, swapped);
    }
  }
  return at(a.length, b.length);
}

describe('the candidate that was meant', () => {
  it.each([
    ['mapings', ['source', 'mappings', 'options'], 'mappings'],
    ['external_id', ['id', 'externalId'], 'externalId'],
    ['Grösse', ['GRÖSSE'], 'GRÖSSE'],
    ['emial', ['username', 'email'], 'email'],
    ['REDA', ['WRITE', 'READ'], 'READ'],
    ['xyz', ['mappings'], undefined],
    ['', ['a'], undefined],
    ['a'.repeat(101), ['a'.repeat(101)], undefined],
    ['a'.repeat(100), ['a'.repeat(5_000)], 'a'.repeat(5_000)],
  ])('of %j', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });

  it('is the first of those with the least distance, where that is a third of the name at most', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 8 }), (name, candidates) => {
        const distances = candidates.map((candidate) => distance(name, candidate));
        const least = Math.min(...distances);
        const expected = least <= Math.floor(name.length / 3) ? candidates[distances.indexOf(least)] : undefined;
        expect(nearest(name, candidates)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
