import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asksForMore,
  beyondGuard,
  GUARD_PRESET,
  GUARDED_EFFECTS,
  guardFindings,
  guardLimit,
  strictestGuard,
  type GuardedEffect,
  type GuardSettings,
} from './guard.js';

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

describe('the limits of a run', () => {
  it.each<[GuardSettings | undefined, GuardSettings, boolean]>([
    [undefined, GUARD_PRESET, false],
    [GUARD_PRESET, GUARD_PRESET, false],
    [{ percent: 5, count: 500 }, { percent: 5, count: 500 }, false],
    [{ percent: 0, count: 0 }, { percent: 0, count: 0 }, false],
    [{ percent: 100, count: 1_000_000 }, GUARD_PRESET, true],
    [{ percent: 100, count: 10 }, { percent: 20, count: 10 }, true],
  ])('are the stricter ones of company and configuration %j', (configured, strictest, more) => {
    expect(strictestGuard(GUARD_PRESET, configured)).toEqual(strictest);
    expect(asksForMore(GUARD_PRESET, configured)).toBe(more);
  });

  it('are never raised by a configuration', () => {
    const settings = fc.record({ percent: fc.nat(100), count: fc.nat(1_000_000) });
    fc.assert(
      fc.property(settings, settings, fc.nat(100_000), (company, configured, base) => {
        const limit = guardLimit('deactivations', base, strictestGuard(company, configured));
        expect(limit).toBeLessThanOrEqual(guardLimit('deactivations', base, company));
      }),
    );
  });
});

describe('what was approved', () => {
  const finding = (planned: number) => ({ effect: 'deactivations', planned, base: 100, limit: 20, exceeded: planned > 20 }) as const; // prettier-ignore
  const demotions = { effect: 'demotions', planned: 5, base: 9, limit: 3, exceeded: true } as const;

  it('is what the plan did, and less', () => {
    expect(beyondGuard([finding(20)], null)).toBeUndefined();
    expect(beyondGuard([finding(21)], null)).toEqual(finding(21));
    expect(beyondGuard([finding(30)], [finding(30)])).toBeUndefined();
    expect(beyondGuard([finding(25)], [finding(30)])).toBeUndefined();
    expect(beyondGuard([finding(31)], [finding(30)])).toEqual(finding(31));
  });

  it('is nothing of another kind', () => {
    expect(beyondGuard([finding(30), demotions], [finding(30)])).toEqual(demotions);
  });
});
