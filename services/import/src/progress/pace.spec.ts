import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialCounters } from '../imports/counters.js';
import { IMPORT_STATES } from '../imports/import-state.js';
import { nextPace, paceAfter, speedOf, startPace, type PhaseFacts } from './pace.js';

const START = new Date('2026-11-23T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000);
const read = (rows: number, done: number) => ({ ...initialCounters(rows), created: done, unprocessed: rows - done });
const facts = (change: Partial<PhaseFacts> = {}): PhaseFacts => ({
  ...{ state: 'running', bytesRead: 0, plan: null, counters: read(1_000, 0), pace: startPace(START, 0) },
  ...change,
});

const rows = (left: number) => ({ left, rowsEach: 1 });
const UNKNOWN = { rowsPerSecond: null, secondsLeft: null };

describe('speedOf', () => {
  it.each([
    ['rows of a run', { counters: read(1_000, 200) }, rows(800), { rowsPerSecond: 50, secondsLeft: 16 }],
    ['rows of a plan', { state: 'planning', plan: read(1_000, 400) }, rows(600), { rowsPerSecond: 100, secondsLeft: 6 }],
    ['of one rep, while others wait', { counters: read(1_000, 200) }, rows(50), { rowsPerSecond: 50, secondsLeft: 1 }],
    ['bytes of a file, told in rows', { state: 'staging', bytesRead: 8_000 }, { left: 32_000, rowsEach: 0.025 }, { rowsPerSecond: 50, secondsLeft: 16 }],
    ['what was decided before is no speed', { counters: read(1_000, 600), pace: startPace(START, 400) }, rows(400), { rowsPerSecond: 50, secondsLeft: 8 }],
    ['nothing is left', { counters: read(1_000, 1_000) }, rows(0), { rowsPerSecond: 250, secondsLeft: 0 }],
    ['nothing is done yet', {}, rows(1_000), UNKNOWN],
    ['nobody has begun to measure', { counters: read(1_000, 200), pace: null }, rows(800), UNKNOWN],
    ['it has ended', { state: 'completed', counters: read(1_000, 1_000) }, rows(0), UNKNOWN],
  ] as const)('%s', (_what, change, left, expected) => {
    expect(speedOf(facts(change), left, after(4))).toEqual(expected);
  }); // prettier-ignore

  it('says nothing in the first second', () => {
    const given = facts({ counters: read(1_000, 200) });
    expect(speedOf(given, rows(800), after(0.9))).toEqual(UNKNOWN);
    expect(speedOf(given, rows(800), after(1)).secondsLeft).toBe(4);
  });

  it('goes down, and the time left up, while nothing comes', () => {
    const given = facts({ counters: read(1_000, 200) });
    expect([10, 20, 40].map((seconds) => speedOf(given, rows(800), after(seconds)).secondsLeft)).toEqual([40, 80, 160]);
  });

  it('is a number that makes sense, or null, whatever the facts and the clocks', () => {
    const count = fc.integer({ min: -1_000, max: 1_000_000 });
    const marks = fc.record({
      ...{ state: fc.constantFrom(...IMPORT_STATES), all: fc.nat(1_000_000), done: fc.nat(1_000_000) },
      ...{ earlier: count, left: count, ms: fc.integer({ min: -100_000, max: 100_000 }) },
    });
    fc.assert(
      fc.property(marks, ({ state, all, done, earlier, left, ms }) => {
        const counters = read(all, Math.min(done, all));
        const given = facts({ state, counters, plan: counters, bytesRead: done, pace: startPace(START, earlier) });
        for (const value of Object.values(speedOf(given, rows(left), after(ms / 1_000))) as (number | null)[]) {
          expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true);
        }
      }),
    );
  });
});

describe('the pace', () => {
  it('is that of the last ten to twenty seconds', () => {
    // A second of nothing, then 100 rows each second.
    let pace = startPace(START, 0);
    for (let second = 1; second <= 60; second++) pace = nextPace(pace, after(second), (second - 1) * 100);
    const given = facts({ counters: read(10_000, 5_900), pace });
    expect(speedOf(given, rows(4_100), after(60))).toEqual({ rowsPerSecond: 100, secondsLeft: 41 });
    const span = after(60).getTime() - pace.earlier.at;
    expect(span >= 10_000 && span <= 20_000).toBe(true);
  });

  it('begins with each phase, and ends with the last', () => {
    const running = facts({ counters: read(1_000, 500) });
    const planned = facts({ state: 'planned', pace: null });
    expect(paceAfter(planned, running, false, after(5))).toEqual(startPace(after(5), 500));
    expect(paceAfter(running, running, false, after(5))).toEqual(running.pace);
    expect(paceAfter(running, running, true, after(5))).toEqual(startPace(after(5), 500));
    expect(paceAfter(running, { ...running, state: 'completed' }, false, after(5))).toBeNull();
  });
});
