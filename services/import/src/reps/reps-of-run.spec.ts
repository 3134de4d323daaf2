import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { repsOfRun, requireWaiting } from './reps-of-run.js';

const rep = (no: number, change: object = {}) => ({
  ...({ no, userId: `user ${no}`, status: 'found', excluded: false, progress: 'waiting' } as const),
  ...change,
});

/** Two values name the rep of number 0, that of number 3 is nobody's. */
const ANN = 'user 0';
const reps = [
  rep(0),
  rep(1),
  rep(2, { userId: ANN }),
  rep(3, { userId: null, status: 'notFound' }),
  rep(4, { progress: 'done' }),
  rep(5, { excluded: true }),
];

describe('the reps of a run', () => {
  it.each([
    ['all that wait, and what comes to nothing', reps, null, [0, 1, 2], [3, 5]],
    ['one, by each of the values that name it', reps, [ANN], [0, 2], []],
    ['each in turn comes to all', reps, [ANN, 'user 1'], [0, 1, 2], [3, 5]],
    ['the last', [rep(0, { progress: 'done' }), rep(1), rep(2, { status: 'missing' })], ['user 1'], [1], [2]],
    ['nobody who was skipped', [rep(0, { progress: 'skipped' }), rep(1)], null, [1], []],
    ['whoever was stopped is of the run that goes on', [rep(0, { progress: 'running' }), rep(1)], null, [1], []],
  ])('%s', (_name, all, chosen, open, decided) => {
    const ofRun = repsOfRun(all, chosen, 'refuse');
    expect([ofRun.open, [...ofRun.decided.keys()]]).toEqual([open, decided]);
  });
});

describe('a rep that is to be run or skipped', () => {
  it.each([
    ['waits', reps, 'user 1', undefined],
    ['waits under another value', [rep(0, { progress: 'done' }), rep(1, { userId: ANN })], ANN, undefined],
    ['is named by no row', reps, 'user 9', ['unknown_rep_in_request', undefined]],
    ['is done', reps, 'user 4', ['rep_not_waiting', 'done']],
    ['is left out', reps, 'user 5', ['rep_not_waiting', 'excluded']],
    ['has no schedule', [rep(0, { status: 'withoutSchedule' })], ANN, ['rep_not_waiting', 'withoutSchedule']],
    ['is none: the rows are the company’s', [rep(0, { status: 'company', userId: null })], ANN, ['import_without_reps', undefined]],
  ])('%s', (_name, all, userId, refusal) => {
    let found: unknown;
    try {
      requireWaiting(all, [userId], 'refuse');
    } catch (error) {
      found = error instanceof Problem ? [error.code, error.params?.['standing']] : error;
    }
    expect(found).toEqual(refusal);
  });
}); // prettier-ignore
