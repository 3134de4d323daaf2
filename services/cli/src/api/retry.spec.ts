import { describe, expect, it } from 'vitest';
import { mayPass, mayPassBetween, pauseBefore } from './retry.js';

const NOW = new Date('2026-07-31T12:00:00Z');

describe('pauseBefore', () => {
  it.each([
    [1, 0, 250],
    [1, 1, 500],
    [3, 1, 2_000],
    [7, 1, 30_000],
    [400, 0, 15_000],
  ])('doubles up to half a minute: after %d tries with %d', (tries, random, expected) => {
    expect(pauseBefore(tries, null, NOW, random)).toBe(expected);
  });

  it.each([
    ['7', 7_000],
    ['Fri, 31 Jul 2026 12:00:09 GMT', 9_000],
    ['Fri, 31 Jul 2026 11:00:00 GMT', 500],
    ['soon', 500],
    ['999999999', 300_000],
  ])('is never less than the server asks for: %s', (retryAfter, expected) => {
    expect(pauseBefore(1, retryAfter, NOW, 1)).toBe(expected);
  });
});

describe('mayPass', () => {
  it.each([
    [429, undefined, true],
    [503, undefined, true],
    [409, 'idempotency_key_in_use', true],
    [409, 'import_running', true],
    [409, 'parts_closed', false],
    [413, 'too_many_rows', false],
    [401, undefined, false],
  ])('%d %s: %s', (status, code, expected) => {
    expect(mayPass(status, code)).toBe(expected);
  });
});

describe('mayPassBetween', () => {
  it.each([
    [503, false, true],
    [502, true, true],
    [200, false, false],
    [200, true, true],
    [404, false, false],
    [404, true, true],
    [301, true, false],
    [401, true, false],
    [413, true, false],
  ])('%d, Muster was there before: %s', (status, wasThere, expected) => {
    expect(mayPassBetween(status, wasThere)).toBe(expected);
  });
});
