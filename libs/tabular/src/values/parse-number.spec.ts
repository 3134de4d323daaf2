import { describe, expect, it } from 'vitest';
import { parseNumber } from './parse-number.js';

describe('parseNumber', () => {
  it.each([
    ['1', 1],
    ['-0.5', -0.5],
    ['.5', 0.5],
    ['5.', 5],
    [' 7\n', 7],
    ['1.0000000000000001E-3', 0.001],
    ['1E+20', 1e20],
    ['0012', 12],
    ['+3', 3],
  ])('%s', (raw, value) => {
    expect(parseNumber(raw)).toBe(value);
  });

  it.each(['', ' ', 'abc', '1,5', '1 2', '0x10', 'NaN', 'INF', 'Infinity', '1e999', '-', '.', '1e', '١'])(
    '%j is no number',
    (raw) => {
      expect(parseNumber(raw)).toBeUndefined();
    },
  );
});
