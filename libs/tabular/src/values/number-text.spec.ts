import { describe, expect, it } from 'vitest';
import { numberText } from './number-text.js';

describe('numberText', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-1.5, '-1.5'],
    [123_456_789_012_345_680_000, '123456789012345680000'],
    [1e-7, '0.0000001'],
    [-1.25e-10, '-0.000000000125'],
    [1e21, '1e+21'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});
