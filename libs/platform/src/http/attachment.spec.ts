import { expect, it } from 'vitest';
import { attachment } from './attachment.js';

it.each([
  ['Benutzer 2026-11-30', 'Benutzer 2026-11-30.csv'],
  ['Jörg Grünwald', 'Jörg Grünwald.csv'],
  ["Pat O'Neil (Nord) *", "Pat O'Neil (Nord) _.csv"],
  ['../../etc/passwd', '_.._etc_passwd.csv'],
  ['C:\\a', 'C__a.csv'],
  ['a\r\nSet-Cookie: x', 'a__Set-Cookie_ x.csv'],
  ['exe\u202Evsc', 'exe_vsc.csv'],
  ['half \uD83D', 'half _.csv'],
  ['😀', '😀.csv'],
  ['', '_.csv'],
  ['. .', '_.csv'],
  ['x'.repeat(500), `${'x'.repeat(150)}.csv`],
])('%j is saved as %j', (name, file) => {
  const header = attachment(name, '.csv');
  // Nothing but what a header may have, and RFC 8187 as a value.
  expect(header).toMatch(/^attachment; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
  expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(file);
});
