import { describe, expect, it } from 'vitest';
import { initialCounters } from '../imports/counters.js';
import { resultViewOf, viewOf } from './view.js';

const plan = { ...initialCounters(0), read: 2, created: 2 };
const badPlan = { ...initialCounters(0), read: 2, created: 1, invalid: 1 };
const before = { startedAt: null, problem: null };
const refused = { state: 'failed', startedAt: null, problem: { code: 'rows_invalid' } } as const;

describe('whose outcomes rows have', () => {
  it.each([
    ['before a plan', { ...before, state: 'staged', plan: null }, 'untried', 'untried'],
    ['after a plan', { ...before, state: 'planned', plan }, 'plan', 'untried'],
    ['in a run', { ...before, state: 'running', startedAt: new Date(), plan }, 'run', 'run'],
    ['after a run', { ...before, state: 'completed', startedAt: new Date(), plan: null }, 'run', 'run'],
    ['cancelled after a plan', { ...before, state: 'cancelled', plan }, 'untried', 'untried'],
    ['aborted while it was planned', { ...before, state: 'aborted', plan }, 'untried', 'untried'],
    [
      'failed before a run',
      { ...before, state: 'failed', problem: { code: 'import_running' }, plan },
      'untried',
      'untried',
    ],
    ['refused by the plan', { ...refused, plan: badPlan }, 'plan', 'plan'],
    ['refused by the assignment', { ...refused, plan }, 'run', 'run'],
  ] as const)('%s', (_name, job, rows, results) => {
    expect([viewOf(job), resultViewOf(job)]).toEqual([rows, results]);
  });
});
