import { describe, expect, it } from 'vitest';
import { initialCounters } from '../imports/counters.js';
import { repCounters } from './rep-counters.js';

const counts = (change: object) => ({ ...initialCounters(0), ...change });
const refused = { state: 'failed', problem: { code: 'rows_invalid' } } as const;
const progress = 'waiting';
const planned = counts({ read: 10, created: 6, invalid: 3, ignored: 1 });

describe('repCounters', () => {
  it('has every row unprocessed before a run, whatever a plan says', () => {
    const job = { state: 'planned', problem: null } as const;
    const rep = { rowCount: 10, counters: initialCounters(0), plan: planned, progress } as const;
    expect(repCounters(job, rep)).toEqual(counts({ read: 10, unprocessed: 10 }));
  });

  it('tells what the run did once it began', () => {
    const counters = counts({ read: 10, updated: 4, unprocessed: 6 });
    const job = { state: 'aborted', problem: null } as const;
    expect(repCounters(job, { rowCount: 10, counters, plan: planned, progress: 'running' })).toBe(counters);
  });

  it('counts what the plan refused; the rest was not tried', () => {
    const rep = { rowCount: 10, counters: initialCounters(0), plan: planned, progress } as const;
    expect(repCounters(refused, rep)).toEqual(counts({ read: 10, invalid: 3, ignored: 1, unprocessed: 6 }));
  });

  it('counts what was decided when the run was to begin, though the plan had been well', () => {
    const rep = {
      ...{ rowCount: 4, counters: counts({ read: 4, invalid: 4 }), plan: counts({ read: 4, created: 4 }) },
      progress,
    } as const;
    expect(repCounters(refused, rep)).toEqual(counts({ read: 4, invalid: 4 }));
  });
});
