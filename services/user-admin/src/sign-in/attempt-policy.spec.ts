import { describe, expect, it } from 'vitest';
import {
  attemptVerdict,
  KNOWN_FOR_MS,
  POLICIES,
  type Counter,
  type CounterKind,
  type Counters,
} from './attempt-policy.js';

const start = new Date('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);
const never: Counter = { failures: 0, failedAt: null, blockedUntil: null, succeededAt: null };
const fresh: Counters = { pair: never, network: never, name: never };
const blocked: Counter = { ...never, failures: 1_000, failedAt: start, blockedUntil: at(60_000) };
const known: Counter = { ...never, succeededAt: start };

/** The moments, in seconds, at which somebody who tries whenever it is allowed gets to try. */
function momentsOf(attempts: number, counters: Counters = fresh): number[] {
  const moments: number[] = [];
  let state = counters;
  for (let ms = 0; moments.length < attempts;) {
    const verdict = attemptVerdict(state, at(ms));
    if (verdict.allowed) {
      moments.push(ms / 1000);
      state = { ...state, ...verdict.counters };
    } else ms += verdict.retryAfterSeconds * 1000;
  }
  return moments;
}

describe('attempts', () => {
  it('wait longer each time, once the free ones are used', () => {
    expect(momentsOf(11)).toEqual([0, 0, 0, 0, 0, 15, 45, 105, 225, 465, 945]);
  });

  it('are more before that where the name has succeeded', () => {
    expect(momentsOf(12, { ...fresh, pair: known })).toEqual([...Array<number>(10).fill(0), 15, 45]);
  });

  it('never wait longer than a quarter of an hour', () => {
    const moments = momentsOf(40);
    const waits = moments.slice(1).map((moment, n) => moment - (moments[n] ?? 0));
    expect(Math.max(...waits)).toBe(900);
    // A hundred guesses a day from one network, whatever somebody tries.
    expect(moments.filter((moment) => moment < 86_400).length).toBeLessThanOrEqual(100);
  });

  it('are forgotten after a day', () => {
    const verdict = attemptVerdict(
      { ...fresh, pair: { ...blocked, blockedUntil: null } },
      at(POLICIES.pair.forgottenAfterMs),
    );
    expect(verdict).toMatchObject({ allowed: true, counters: { pair: { failures: 1, blockedUntil: null } } });
  });

  it.each([
    ['the name from here', { pair: blocked }, false],
    ['anybody from here', { network: blocked }, false],
    ['the name from everywhere', { name: blocked }, false],
    ['the name from here, where it is known', { pair: { ...blocked, succeededAt: start } }, false],
    ['anybody from here, where the name is known', { network: blocked, pair: known }, true],
    ['the name from everywhere, where it is known', { name: blocked, pair: known }, true],
  ] as const)('after too many of %s go on: %2$s', (_name, counters, allowed) => {
    const verdict = attemptVerdict({ ...fresh, ...counters }, at(1_000));
    expect(verdict).toMatchObject(allowed ? { allowed } : { allowed, retryAfterSeconds: 59 });
  });

  it('know a network for 90 days', () => {
    const counters = { ...fresh, name: { ...blocked, blockedUntil: at(2 * KNOWN_FOR_MS) }, pair: known };
    expect(attemptVerdict(counters, at(KNOWN_FOR_MS - 1)).allowed).toBe(true);
    expect(attemptVerdict(counters, at(KNOWN_FOR_MS)).allowed).toBe(false);
  });

  it.each([
    [fresh, ['pair', 'network', 'name']],
    [{ ...fresh, pair: known }, ['pair']],
  ] satisfies [Counters, CounterKind[]][])(
    'count where they are not known, and else only there',
    (counters, counted) => {
      const verdict = attemptVerdict(counters, at(0));
      expect(verdict.allowed && Object.keys(verdict.counters)).toEqual(counted);
    },
  );
});
