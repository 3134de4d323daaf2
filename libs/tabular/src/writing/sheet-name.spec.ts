import { expect, it } from 'vitest';
import { validSheetName } from './sheet-name.js';

it.each([
  ['Customers', 'Customers'],
  ['a[b]c:d*e?f/g\\h', 'a_b_c_d_e_f_g_h'],
  ["'quoted'", '_quoted_'],
  ["Ann's", "Ann's"],
  ['x'.repeat(40), 'x'.repeat(31)],
  [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
  ['a\u0000\uD800', 'a__'],
  ['', 'Table'],
  ['   ', 'Table'],
  ['History', 'Table'],
])('%j becomes %j', (name, valid) => {
  expect(validSheetName(name, 'Table')).toBe(valid);
});
