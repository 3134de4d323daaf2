import { describe, expect, it } from 'vitest';
import { Refusal } from '../api/refusal.js';
import { partRows, smallerLimits } from './part-limits.js';

const LIMITS = { rows: 100_000, bytes: 1_000_000 };
const PART = { rows: 1_201, file: new Blob(['x'.repeat(999)]) };
const refused = (code: string) => new Refusal(413, { code, title: code });

describe('smallerLimits', () => {
  it.each([
    ['too_many_rows', { rows: 601, bytes: 1_000_000 }],
    ['file_too_large', { rows: 100_000, bytes: 500 }],
    ['http_413', { rows: 100_000, bytes: 500 }],
    ['series_too_large', undefined],
  ])('after %s', (code, expected) => {
    expect(smallerLimits(LIMITS, PART, refused(code))).toEqual(expected);
  });

  it.each([
    ['of one row', { ...PART, rows: 1 }, refused('file_too_large')],
    ['that met with something else', PART, new Error('too_many_rows')],
  ])('are none for a part %s', (_, part, error) => {
    expect(smallerLimits(LIMITS, part, error)).toBeUndefined();
  });
});

describe('partRows', () => {
  it.each(['0', '-1', '1e3', 'x', '1.5', ''])('refuses "%s"', (text) => {
    expect(() => partRows(text)).toThrow('--part-rows');
  });

  it('is left to the company when nothing is said', () => {
    expect([partRows(undefined), partRows('500')]).toEqual([undefined, 500]);
  });
});
