import { describe, expect, it } from 'vitest';
import { initialCounters } from '../imports/counters.js';
import { resultViewOf, viewOf } from './view.js';

const plan = { ...initialCounters(0), read: 2, created: 2 };
const badPlan = { ...initialCounters(0), read: 2, created: 1, invalid: 1 };
const before = { progress: 'waiting', problem: null } as const;
const refused = { state: 'failed', progress: 'waiting', problem: { code: 'rows_invalid' } } as const;

describe('whose outcomes rows have', () => {
  it.each([
    ['before a plan', { ...before, state: 'staged', plan: null }, 'untried', 'untried'],
    ['after a plan', { ...before, state: 'planned', plan }, 'plan', 'untried'],
    ['in its run', { ...before, state: 'running', progress: 'running', plan }, 'run', 'run'],
    ['in the run of another rep', { ...before, state: 'running', plan }, 'plan', 'untried'],
    ['after its run', { ...before, state: 'paused', progress: 'done', plan }, 'run', 'run'],
    ['skipped', { ...before, state: 'planned', progress: 'skipped', plan }, 'run', 'run'],
    ['after the run of another rep', { ...before, state: 'paused', plan }, 'plan', 'untried'],
    ['closed after the run of another rep', { ...before, state: 'cancelled', plan }, 'untried', 'untried'],
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
  ] as const)('%s', (_name, facts, rows, results) => {
    expect([viewOf(facts, facts), resultViewOf(facts, facts)]).toEqual([rows, results]);
  });
});
