import { describe, expect, it } from 'vitest';
import { isDay, partsOfMoment, secondsOfTime, serialOfDay } from './moments.js';

describe('serialOfDay', () => {
  it.each([
    ['1899-12-31', undefined],
    ['1900-01-00', 0],
    ['1900-01-01', 1],
    ['1900-02-28', 59],
    ['1900-02-29', 60],
    ['1900-03-01', 61],
    ['2026-02-28', 46_081],
    ['9999-12-31', 2_958_465],
    ['2026-02-29', undefined],
  ])('%s is %j', (day, serial) => {
    expect(serialOfDay(day)).toBe(serial);
  });
});

it.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['0001-01-01', true],
  ['0000-01-01', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
])('%s is a day of the calendar: %j', (text, is) => {
  expect(isDay(text)).toBe(is);
});

it.each([
  ['00:00:00', 0],
  ['23:59:59', 86_399],
  ['-100:00:01', -360_001],
  ['1:00:00', undefined],
  ['12:60:00', undefined],
])('%s has %j seconds', (text, seconds) => {
  expect(secondsOfTime(text)).toBe(seconds);
});

it.each([
  ['2026-02-28T12:00:01', { day: '2026-02-28', seconds: 43_201 }],
  ['2026-02-28T24:00:00', undefined],
  ['2026-02-28T-01:00:00', undefined],
  ['2026-02-28 12:00:01', undefined],
  ['2026-02-28', undefined],
])('%s is %j', (text, parts) => {
  expect(partsOfMoment(text)).toEqual(parts);
});
