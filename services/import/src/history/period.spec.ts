import { describe, expect, it } from 'vitest';
import { beginOf, endOf, isMomentOrDay, isOfCompany } from './period.js';

describe('a period', () => {
  it.each<[string, string, string]>([
    ['2026-11-24', '2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z'],
    // Clocks go back at night: the day has 25 hours.
    ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2026-11-24T01:30', '2026-11-24T00:30:00Z', '2026-11-24T00:30:00Z'],
    ['2026-11-24T01:30:00Z', '2026-11-24T01:30:00Z', '2026-11-24T01:30:00Z'],
    ['2026-11-24T01:30:00.250-05:00', '2026-11-24T06:30:00.250Z', '2026-11-24T06:30:00.250Z'],
    ['2026-12-31', '2026-12-30T23:00:00Z', '2026-12-31T23:00:00Z'],
    ['9999-12-31', '9999-12-30T23:00:00Z', '9999-12-31T23:00:00Z'],
  ])('from and to %s, in Vienna', (value, from, to) => {
    expect(isMomentOrDay(value)).toBe(true);
    expect([beginOf(value, 'Europe/Vienna'), endOf(value, 'Europe/Vienna')]).toEqual([new Date(from), new Date(to)]);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-24T24:00', '2026-11-24T9:00', '10000-01-01', '0x10'])(
    '%j is no bound of one',
    (value) => {
      expect(isMomentOrDay(value)).toBe(false);
    },
  );

  it('asks for the clocks of the company only where it must', () => {
    expect(['2026-11-24', '2026-11-24T01:30', '2026-11-24T01:30:00Z', undefined].map(isOfCompany)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});
