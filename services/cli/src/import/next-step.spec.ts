import { describe, expect, it } from 'vitest';
import type { Import } from './api-types.js';
import { isOver, nextStep, type Goal } from './next-step.js';

const plan = (invalid: number) => ({ invalid, failed: 0 }) as Import['plan'];

describe('nextStep', () => {
  it.each<[string, Goal, object]>([
    ['staging', 'run', { do: 'wait' }],
    ['running', 'stage', { do: 'wait' }],
    ['staged', 'stage', { do: 'end', ending: 'done' }],
    ['staged', 'plan', { do: 'command', command: 'plan' }],
    ['staged', 'run', { do: 'command', command: 'run' }],
    ['planned', 'plan', { do: 'end', ending: 'done' }],
    ['planned', 'run', { do: 'command', command: 'run' }],
    ['awaitingApproval', 'run', { do: 'end', ending: 'waits' }],
    ['scheduled', 'run', { do: 'end', ending: 'waits' }],
    ['completed', 'run', { do: 'end', ending: 'done' }],
    ['completedWithErrors', 'run', { do: 'end', ending: 'rowsRefused' }],
    ['failed', 'run', { do: 'end', ending: 'failed' }],
    ['cancelled', 'run', { do: 'end', ending: 'failed' }],
  ])('%s, to %s', (state, goal, expected) => {
    expect(nextStep({ state: state as Import['state'], plan: plan(0) }, goal)).toEqual(expected);
  });

  it('says when rows of a plan would be refused', () => {
    expect(nextStep({ state: 'planned', plan: plan(1) }, 'plan')).toEqual({ do: 'end', ending: 'rowsRefused' });
  });

  it.each([
    ['completed', true],
    ['cancelled', true],
    ['planned', false],
    ['awaitingApproval', false],
  ] as const)('%s is over: %s', (state, expected) => {
    expect(isOver({ state })).toBe(expected);
  });
});
