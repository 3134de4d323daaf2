import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuplicateFinder } from './duplicate-finder.js';

describe('DuplicateFinder', () => {
  it('finds exactly the rows that a map of the keys finds', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom('rep 1', 'rep 2'), fc.string({ maxLength: 2 })), { maxLength: 300 });
    fc.assert(
      fc.property(keys, (rows) => {
        const finder = new DuplicateFinder();
        const groups = new Map<string, number[]>();
        rows.forEach(([scope, key], i) => {
          finder.add(i + 2, 'key', [key], scope);
          const name = JSON.stringify([scope, key]);
          groups.set(name, [...(groups.get(name) ?? []), i + 2]);
        });
        const expected = [...groups.values()]
          .filter((group) => group.length > 1)
          .flatMap((group) =>
            group.map((row): [number, object] => [
              row,
              { rows: group.filter((other) => other !== row).slice(0, 10), rules: ['key'] },
            ]),
          );
        expect([...finder.duplicates()].sort(([a], [b]) => a - b)).toEqual(expected.sort(([a], [b]) => a - b));
      }),
    );
  });

  it('keeps its answer while it grows', () => {
    const finder = new DuplicateFinder();
    for (let row = 2; row < 50_002; row++) finder.add(row, 'rep', [`key ${row}`]);
    finder.add(50_002, 'rep', ['key 7']);
    expect([...finder.duplicates()]).toEqual([
      [7, { rows: [50_002], rules: ['rep'] }],
      [50_002, { rows: [7], rules: ['rep'] }],
    ]);
  });

  it('answers at once for a file whose rows are all alike', () => {
    const finder = new DuplicateFinder();
    for (let row = 2; row < 100_002; row++) finder.add(row, 'rep', ['same']);
    const duplicates = finder.duplicates();
    expect(duplicates.size).toBe(100_000);
    expect(duplicates.get(2)?.rows).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('says by which rules, and for each row once which others', () => {
    const finder = new DuplicateFinder();
    for (const [row, mail, no] of [[2, 'a', '1'], [3, 'a', '1'], [4, 'b', '1'], [5, 'c', '2']] as const) {
      finder.add(row, 'email', [mail]);
      finder.add(row, 'number', [no]);
    } // prettier-ignore
    expect([...finder.duplicates()]).toEqual([
      [2, { rows: [3, 4], rules: ['email', 'number'] }],
      [3, { rows: [2, 4], rules: ['email', 'number'] }],
      [4, { rows: [2, 3], rules: ['number'] }],
    ]);
  });

  it('does not take two parts for one', () => {
    const finder = new DuplicateFinder();
    finder.add(2, 'rep', ['a', 'bc']);
    finder.add(3, 'rep', ['ab', 'c']);
    expect(finder.duplicates().size).toBe(0);
  });
});
