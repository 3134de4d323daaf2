import { describe, expect, it } from 'vitest';
import { onlyStands, isUnreadable, namesUnknownRep, repsInReach, standingReps } from './absentee-rules.js';
import type { ImportJob } from '../imports/import-job.entity.js';

const rep = (no: number, change: object = {}) => ({
  ...({ no, userId: `user ${no}`, status: 'found', excluded: false, progress: 'waiting' } as const),
  ...change,
});

describe('those who are absent from the file of a sync', () => {
  it.each([
    [{ outcome: 'invalid', problems: [{ code: 'key_empty' }] }, true],
    [{ outcome: 'failed', problems: [{ code: 'unexpected_error' }] }, true],
    [{ outcome: 'invalid', problems: [{ code: 'value_taken' }] }, false],
    [{ outcome: 'updated', problems: [{ code: 'key_empty' }] }, false],
  ] as const)('stay where a row does not say whom it means: %j', (answer, unreadable) => {
    expect(isUnreadable({ row: 2, ...answer, problems: [...answer.problems] })).toBe(unreadable);
  });

  it.each([
    ['known reps', [rep(0), rep(1, { status: 'withoutSchedule' })], false, false],
    ['a value that is nobody’s', [rep(0), rep(1, { status: 'notFound' })], true, false],
    ['a value that differs in letter case', [rep(0), rep(1, { status: 'caseOnly' })], true, false],
    ['an empty cell', [rep(0), rep(1, { status: 'missing' })], true, true],
    ['a value that is left out', [rep(0), rep(1, { status: 'notFound', excluded: true })], false, false],
    ['what came before', [rep(0), rep(1, { status: 'missing', progress: 'done' })], false, false],
  ])('stay where nobody knows whose a row is: %s', (_name, reps, refused, ignored) => {
    expect([namesUnknownRep(reps, 'refuse'), namesUnknownRep(reps, 'ignore')]).toEqual([refused, ignored]);
  });

  it.each([
    ['all that are imported', [rep(0), rep(1)], [0, 1]],
    ['nobody who is left out, skipped or unknown', [rep(0, { excluded: true }), rep(1, { progress: 'skipped' }), rep(2), rep(3, { status: 'notFound' })], [2]],
    ['each once, whatever names it', [rep(0), rep(1, { userId: 'user 0' })], [0]],
    ['nobody of whom rows were written before', [rep(0, { progress: 'done' }), rep(1, { userId: 'user 0' })], []],
    ['the company itself', [rep(0, { status: 'company', userId: null })], [0]],
  ])('are those of reps in reach: %s', (_name, reps, nos) => {
    expect(repsInReach(reps, 'refuse').map(({ no }) => no)).toEqual(nos);
  });

  it.each([
    ['left out', { excluded: true }, true],
    ['skipped', { progress: 'skipped' }, true],
    ['without a schedule', { status: 'withoutSchedule' }, true],
    ['imported', {}, false],
    ['unknown', { status: 'notFound', userId: null }, false],
    ['done before', { progress: 'done', excluded: true }, false],
  ])('may stand in rows of a rep who is %s', (_name, change, stands) => {
    expect(onlyStands(rep(0, change))).toBe(stands);
  });

  it.each([
    ['another key', 'sync', [], {}, []],
    ['ids', 'sync', ['id'], {}, [1]],
    ['records that come from other reps', 'sync', [], { transferMode: 'move' }, [1]],
    ['ids, but absent from no file', 'upsert', ['id'], {}, []],
  ] as const)('are looked for in rows that come to nothing where rows name %s', (_name, mode, more, options, nos) => {
    const columns = ['externalId', ...more].map((field) => ({ field, behaviour: 'key', emptyCell: 'keep' }) as const);
    const job = { configuration: { mode }, layout: { mode: 'upsert', columns, options } };
    const reps = [rep(0), rep(1, { excluded: true })];
    expect(standingReps(reps, job as unknown as ImportJob)).toEqual(nos);
  });
}); // prettier-ignore
