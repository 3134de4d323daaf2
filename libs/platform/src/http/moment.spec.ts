import { expect, it } from 'vitest';
import { momentOf } from './moment.js';

it.each([
  ['2026-11-30T08:00:00Z', '2026-11-30T08:00:00.000Z'],
  ['2026-11-30t08:00:00.5z', '2026-11-30T08:00:00.500Z'],
  ['2026-11-30T08:00:00+01:00', '2026-11-30T07:00:00.000Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
])('%s is the moment %s', (text, iso) => {
  expect(momentOf(text)).toEqual(new Date(iso));
});

it.each([
  '2026-02-30T08:00:00Z', '2026-02-29T08:00:00Z', '2026-13-01T08:00:00Z', '2026-11-30T25:00:00Z', '2026-11-30',
  '2026-11-30T08:00:00', '1', '0.5', '2026', 'yesterday', '', 7, null, ['2026-11-30T08:00:00Z'],
])('%j is none, and stays for the check to refuse', (value) => {
  expect(momentOf(value)).toBe(value);
}); // prettier-ignore
