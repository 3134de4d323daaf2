import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayAt, momentOf, weekdayOf } from './wall-clock.js';

describe('the moment of a time on the wall', () => {
  it.each<[string, string, string, string]>([
    ['2026-01-15', '06:00', 'Europe/Vienna', '2026-01-15T05:00:00Z'],
    ['2026-07-15', '06:00', 'Europe/Vienna', '2026-07-15T04:00:00Z'],
    // Clocks go forward at 02:00.
    ['2026-03-29', '01:59', 'Europe/Vienna', '2026-03-29T00:59:00Z'],
    ['2026-03-29', '02:30', 'Europe/Vienna', '2026-03-29T01:30:00Z'],
    ['2026-03-29', '03:00', 'Europe/Vienna', '2026-03-29T01:00:00Z'],
    // Back at 03:00: the hour from 02:00 comes twice.
    ['2026-10-25', '02:30', 'Europe/Vienna', '2026-10-25T00:30:00Z'],
    ['2026-10-25', '03:00', 'Europe/Vienna', '2026-10-25T02:00:00Z'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    // Clocks go forward by half an hour here.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['2026-06-01', '00:00', 'Asia/Kathmandu', '2026-05-31T18:15:00Z'],
    ['2026-06-01', '23:59', 'Pacific/Kiritimati', '2026-06-01T09:59:00Z'],
    ['2026-06-01', '12:00', 'UTC', '2026-06-01T12:00:00Z'],
  ])('%s %s in %s is %s', (day, time, zone, moment) => {
    expect(momentOf(day, time, zone)).toEqual(new Date(moment));
  });

  it('is on that day, and shows that time or the one after a gap', () => {
    const zones = ['Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago'];
    const days = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2022-01-01', n));
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, fc.integer({ min: 0, max: 1_439 }), (zone, day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const moment = momentOf(day, time, zone);
        expect(dayAt(moment, zone)).toBe(day);
        const late = moment.getTime() - momentOf(day, '00:00', zone).getTime() - minute * 60_000;
        expect(Math.abs(late)).toBeLessThanOrEqual(60 * 60_000);
      }),
    );
  });
});

it('days of the calendar', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-28')]).toEqual([0, 6]);
  expect(dayAt(new Date('2026-01-01T23:30:00Z'), 'Europe/Vienna')).toBe('2026-01-02');
});
