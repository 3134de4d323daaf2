import { describe, expect, it } from 'vitest';
import type { ImportCounters } from '@muster/contracts';
import { problemsOf, rowsPerSecondOf, secondsOf } from './history-entry.js';

const at = (seconds: number) => new Date(1_764_000_000_000 + seconds * 1000);
const counters = (read: number, unprocessed: number): ImportCounters => ({
  ...{ read, created: read - unprocessed, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed },
});

describe('how fast an import was', () => {
  it.each<[string, Date | null, Date | null, number | null, number | null]>([
    ['has not begun', null, null, null, null],
    ['ended before it began to write', null, at(5), null, null],
    ['runs', at(0), null, null, null],
    ['has ended', at(0), at(8), 8, 112.5],
    ['took no time', at(0), at(0), 0, null],
    ['was timed by clocks that differ', at(1), at(0), 0, null],
  ])('when it %s', (_what, startedAt, finishedAt, seconds, rowsPerSecond) => {
    const entry = { startedAt, finishedAt, counters: counters(1_000, 100) };
    expect([secondsOf(entry), rowsPerSecondOf(entry)]).toEqual([seconds, rowsPerSecond]);
  });
});

describe('what a run said', () => {
  const absentees = (withheld: 'unknown_rep' | null) => ({ planned: 1, withheld, passedOver: [] });
  const facts = { problem: null, warnings: [], absentees: null };

  it.each([
    [facts, []],
    [{ ...facts, absentees: absentees(null) }, []],
    [{ ...facts, absentees: absentees('unknown_rep') }, ['removals_withheld']],
    [{ ...facts, problem: { code: 'removals_withheld' }, absentees: absentees('unknown_rep') }, ['removals_withheld']],
    [
      {
        problem: { code: 'too_many_errors' },
        warnings: [{ code: 'a' }, { code: 'b' }],
        absentees: absentees('unknown_rep'),
      },
      ['too_many_errors', 'removals_withheld', 'a', 'b'],
    ],
  ])('%j is %j: each code once, what stopped it first', (said, codes) => {
    expect(problemsOf(said).map(({ code }) => code)).toEqual(codes);
  });
});
