import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mayHold } from './take-duplicates-out.js';

it('a chunk is looked at where a row stands between its first and its last', () => {
  const row = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(row), row, row, (rows, one, other) => {
      const [firstRow, lastRow] = [Math.min(one, other), Math.max(one, other)];
      const numbers = Uint32Array.from(rows).sort();
      expect(mayHold({ firstRow, lastRow }, numbers)).toBe(
        rows.some((number) => number >= firstRow && number <= lastRow),
      );
    }),
  );
});
