import { expect, it } from 'vitest';
import { referenceVariants } from './reference-variants.js';

it.each([
  ['K-1a', ['K-1A', 'k-1a']],
  ['K1', ['k1']],
  ['007', ['7', '0007', '00007', '000007', '0000007', '00000007', '000000007']],
  ['7.0', ['7', '07', '007', '0007', '00007', '000007', '0000007']],
  ['0', ['00', '000', '0000', '00000', '000000', '0000000']],
  ['1'.repeat(40), []],
])('%s may mean %j', (text, expected) => {
  expect(referenceVariants(text)).toEqual(expected);
});
