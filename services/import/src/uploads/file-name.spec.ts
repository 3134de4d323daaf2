import { expect, it } from 'vitest';
import { baseName } from './file-name.js';

it.each([
  ['customers.csv', 'customers.csv'],
  ['C:\\Users\\a\\Kunden.csv', 'Kunden.csv'],
  ['../../etc/passwd', 'passwd'],
  [' a\0b\n.csv ', 'ab.csv'],
  ['', 'upload.csv'],
  ['folder/', 'upload.csv'],
  ['half \ud83d pair.csv', 'half \ufffd pair.csv'],
  ['x'.repeat(254) + '😀😀', 'x'.repeat(254) + '😀'],
])('%j -> %j', (sent, name) => {
  expect(baseName(sent)).toBe(name);
});
