import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, serialText } from './date-serial.js';

const SECOND = 1 / 86_400;

describe('serialText', () => {
  it.each([
    [45_000, 'date', '2023-03-15'],
    [45_000.75, 'dateTime', '2023-03-15T18:00:00'],
    [45_000.75, 'date', '2023-03-15'],
    [45_000, 'dateTime', '2023-03-15T00:00:00'],
    [45_000.75, 'time', '18:00:00'],
    [61, 'date', '1900-03-01'],
    [60, 'date', '1900-02-29'],
    [59, 'date', '1900-02-28'],
    [1, 'date', '1900-01-01'],
    [0, 'date', '1900-01-00'],
    [0.5, 'dateTime', '1900-01-00T12:00:00'],
    [2_958_465, 'date', '9999-12-31'],
    [2_958_466, 'date', undefined],
    [-1, 'date', undefined],
    [36_585, 'date', '2000-02-29'],
    [73_109, 'date', '2100-02-28'],
    [73_110, 'date', '2100-03-01'],
  ] as const)('%d as %s in the 1900 system', (serial, kind, text) => {
    expect(serialText(serial, kind, false)).toBe(text);
  });

  it.each([
    [0, 'date', '1904-01-01'],
    [1, 'date', '1904-01-02'],
    [43_538, 'date', '2023-03-15'],
    [-1, 'date', undefined],
    [2_957_003, 'date', '9999-12-31'],
    [2_957_004, 'date', undefined],
  ] as const)('%d as %s in the 1904 system', (serial, kind, text) => {
    expect(serialText(serial, kind, true)).toBe(text);
  });

  it.each([
    ['half a second less than a day', 45_000 + 1 - 0.4 * SECOND, 'dateTime', '2023-03-16T00:00:00'],
    ['23:59:59.9999', 45_000 + 1 - 0.0001 * SECOND, 'dateTime', '2023-03-16T00:00:00'],
    ['23:59:59.9999 of a time', 1 - 0.0001 * SECOND, 'time', '00:00:00'],
    ['23:59:59.4', 45_000 + 1 - 0.6 * SECOND, 'dateTime', '2023-03-15T23:59:59'],
    ['what a computation made of a date', 44_999.999_999_999_9, 'date', '2023-03-15'],
    ['an hour in binary', 1 / 24, 'time', '01:00:00'],
  ] as const)('rounds %s', (_name, serial, kind, text) => {
    expect(serialText(serial, kind, false)).toBe(text);
  });

  it.each([
    [1.5, '36:00:00'],
    [0, '00:00:00'],
    [100 + 1 / 86_400, '2400:00:01'],
    [-1.5, '-36:00:00'],
    [-1e-9, '00:00:00'],
  ])('%d as a duration', (serial, text) => {
    expect(serialText(serial, 'duration', false)).toBe(text);
  });

  it('goes through the calendar as the platform does', () => {
    const day = fc.integer({ min: 61, max: 2_958_465 });
    fc.assert(
      fc.property(day, (serial) => {
        const expected = new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
        expect(serialText(serial, 'date', false)).toBe(expected);
      }),
    );
  });

  it('gives every second of a day its own name', () => {
    const day = fc.integer({ min: 61, max: 80_000 });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 86_399 }), (serial, second) => {
        const expected = new Date((serial - 25_569) * 86_400_000 + second * 1000).toISOString().slice(0, 19);
        expect(serialText(serial + second / 86_400, 'dateTime', false)).toBe(expected);
      }),
    );
  });
});

describe('durationText', () => {
  it('has no form for what has no seconds', () => {
    expect(durationText(1e300)).toBeUndefined();
    expect(durationText(Number.NaN)).toBeUndefined();
  });
});
