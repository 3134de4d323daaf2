import { expect, it } from 'vitest';
import { guessNumber } from './guess-number.js';

it.each<[string, string, string?]>([
  ['0', 'integer'],
  ['-12', 'integer'],
  ['12-', 'integer'],
  ['123456789012345', 'integer'],
  ['1 234 567', 'integer'],
  ["1'234'567", 'integer'],
  ['1\u00a0234', 'integer'],
  ['1.234.567', 'integer', ','],
  ['1,234,567', 'integer', '.'],
  ['1,5', 'decimal', ','],
  ['1.5', 'decimal', '.'],
  ['-1.234,56', 'decimal', ','],
  ['1,234.56', 'decimal', '.'],
  ['1.234.567,8', 'decimal', ','],
  ['1 234,567', 'decimal', ','],
  ["1'234.50", 'decimal', '.'],
  ['0,123', 'decimal', ','],
  ['1234.567', 'decimal', '.'],
  ['1.2345', 'decimal', '.'],
  ['.5', 'decimal', '.'],
  ['1.234', 'decimal', 'ambiguous'],
  ['12,345', 'decimal', 'ambiguous'],
  ['12 %', 'percent'],
  ['12,5%', 'percent', ','],
  ['€ 7,90', 'decimal', ','],
  ['-$1,234.50', 'decimal', '.'],
  ['1.250,00 EUR', 'decimal', ','],
])('%s is %s, separator %s', (text, type, separator) => {
  expect(guessNumber(text)).toEqual({ type, ...(separator && { separator }) });
});

it.each([
  '', '-', '.', ',', '€', '%', 'x', '1x', '1e5', '007', '00', '+43', '+436601234567', '1234567890123456', '1.2.3', '10.0.0.1',
  '1,23,456', '1.234,567.8', '1.', '12.5.', '12 34', '0660 12 34', '1,234 567', '2024-01-01', '12:30', '½', '١٢', '1 '.repeat(40),
])('%j is no number', (text) => {
  expect(guessNumber(text)).toBeUndefined();
}); // prettier-ignore
