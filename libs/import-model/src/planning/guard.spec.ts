import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GUARD_PRESET, GUARDED_EFFECTS, guardFindings, guardLimit, type GuardedEffect } from './guard.js';

describe('the limit', () => {
  it.each<[GuardedEffect, number, number]>([
    ['deactivations', 0, 3],
    ['deactivations', 10, 3],
    ['deactivations', 19, 3],
    ['deactivations', 20, 4],
    ['deactivations', 24, 4],
    ['deactivations', 25, 5],
    ['scheduleRemovals', 99, 19],
    ['demotions', 4, 3],
    ['demotions', 2_499, 499],
    ['demotions', 2_500, 500],
    ['demotions', 100_000, 500],
    ['recordRemovals', 0, 10],
    ['recordRemovals', 54, 10],
    ['recordRemovals', 55, 11],
    ['recordRemovals', 1_000_000, 500],
  ])('of %s of %i is %i', (effect, base, limit) => {
    expect(guardLimit(effect, base, GUARD_PRESET)).toBe(limit);
  });

  it.each<[number, number, GuardedEffect, number, number]>([
    [0, 500, 'deactivations', 1_000, 3],
    [20, 0, 'recordRemovals', 1_000, 10],
    [100, 1_000_000, 'deactivations', 40_000, 40_000],
    [100, 5, 'deactivations', 40_000, 5],
    [29, 1_000, 'deactivations', 100, 29],
    [7, 1_000, 'deactivations', 100, 7],
  ])('at %i %% or %i of %s of %i is %i', (percent, count, effect, base, limit) => {
    expect(guardLimit(effect, base, { percent, count })).toBe(limit);
  });

  it('is a whole number, and grows with what there is', () => {
    const settings = fc.record({ percent: fc.nat(100), count: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.constantFrom(...GUARDED_EFFECTS), fc.nat(10_000_000), settings, (effect, base, of) => {
        const limit = guardLimit(effect, base, of);
        expect(Number.isInteger(limit)).toBe(true);
        expect(guardLimit(effect, base + 1, of)).toBeGreaterThanOrEqual(limit);
        expect(limit).toBeLessThanOrEqual(Math.max(10, base, 3));
      }),
    );
  });
});

it('as many as the limit pass, one more does not', () => {
  const counts = [
    { effect: 'deactivations', planned: 4, base: 20 },
    { effect: 'demotions', planned: 5, base: 20 },
    { effect: 'recordRemovals', planned: 0, base: 0 },
  ] as const;
  expect(guardFindings(counts, GUARD_PRESET)).toEqual([
    { ...counts[0], limit: 4, exceeded: false },
    { ...counts[1], limit: 4, exceeded: true },
    { ...counts[2], limit: 10, exceeded: false },
  ]);
});
