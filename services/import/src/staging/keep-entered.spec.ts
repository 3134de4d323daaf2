import { describe, expect, it } from 'vitest';
import { keepEntered, type RepBefore } from './keep-entered.js';

const found = (no: number, value: string) => ({ no, value, rowCount: 1, firstRow: 100 + no });
const before = (change: Partial<RepBefore>): RepBefore => ({
  ...{ value: 'ann@x', userId: 'ann', excluded: false, byHand: false, progress: 'waiting', firstRow: 2 },
  ...change,
});
const now = (reps: RepBefore[], rowOffset = 0, exclude: string[] = []) =>
  keepEntered([found(7, '4711')], [{ no: 7, userId: 'ann' }], reps, { exclude }, rowOffset);

describe('what was entered about a rep, when the file is staged anew', () => {
  it.each([
    ['nothing', before({}), [], { excluded: false, byHand: false, progress: 'waiting' }],
    ['nothing, but the configuration', before({ excluded: true }), ['4711'], { excluded: true, byHand: false }],
    ['it was the configuration of before that left it out', before({ excluded: true }), [], { excluded: false }],
    ['somebody left it out', before({ excluded: true, byHand: true }), [], { excluded: true, byHand: true }],
    ['somebody took it in', before({ byHand: true }), ['4711'], { excluded: false, byHand: true }],
    ['it was skipped', before({ progress: 'skipped' }), [], { progress: 'skipped' }],
  ] as const)('%s', (_what, was, exclude, expected) => {
    expect(now([was], 0, [...exclude])).toMatchObject({ reps: [expected], dropped: [] });
  });

  it('drops rows of a rep that was written from another file, by whatever value', () => {
    expect(now([before({ progress: 'done', firstRow: 9 })], 9)).toEqual({ reps: [], dropped: [7] });
    const nobody = keepEntered([found(7, 'x')], [], [before({ value: 'x', progress: 'done', firstRow: 9 })], {}, 9);
    expect(nobody).toEqual({ reps: [], dropped: [7] });
  });

  it('keeps rows of the same file that another configuration gives to a rep that is done', () => {
    expect(now([before({ progress: 'done', firstRow: 10 })], 9)).toMatchObject({ reps: [{ progress: 'waiting' }] });
  });
});
