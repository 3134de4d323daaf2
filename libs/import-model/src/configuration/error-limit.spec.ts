import { describe, expect, it } from 'vitest';
import { ERROR_SHARE, errorLimit } from './error-limit.js';

describe('so many errors are let pass', () => {
  it.each<[number | string, number, number]>([
    [0, 1_000, 0],
    [7, 3, 7],
    ['0 %', 1_000, 0],
    ['5 %', 100, 5],
    ['5%', 119, 5],
    ['7%', 100, 7],
    ['0,5 %', 1_000, 5],
    ['0.1%', 999, 0],
    ['100 %', 42, 42],
    ['29 %', 100, 29],
  ])('%s of %s rows: %s', (maxErrors, rows, limit) => {
    expect(errorLimit(maxErrors, rows)).toBe(limit);
  });

  it.each(['5', '%', '101 %', '-1 %', '5 percent', '5  %', ' 5 %', '1e1%', '5 % '])('%j is no share', (text) => {
    expect(ERROR_SHARE.test(text)).toBe(false);
  });
});
