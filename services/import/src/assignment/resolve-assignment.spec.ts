import { describe, expect, it } from 'vitest';
import { repVerdict } from './rep-verdict.js';
import { isLeftOut, resolveAssignment } from './resolve-assignment.js';

const account = {
  userId: 'a'.repeat(32),
  displayName: 'Ann',
  email: 'ann@x.at',
  employeeNumber: null,
  loginEnabled: true,
};
const answer = {
  found: [
    { ...account, value: 'ann@x.at', hasOwnSchedule: true },
    { ...account, value: 'boss@x.at', hasOwnSchedule: false },
  ],
  caseOnly: [{ value: 'BEN@x.at', actual: 'ben@x.at' }],
  notNamed: [],
};
const values = ['ann@x.at', 'boss@x.at', 'BEN@x.at', 'nobody@x.at', ''];
const reps = values.map((value, no) => ({ no, value }));

describe('resolveAssignment', () => {
  it('says of every value whom it names', () => {
    const resolved = resolveAssignment(reps, answer, 'email');
    expect(resolved.map(({ status }) => status)).toEqual([
      'found',
      'withoutSchedule',
      'caseOnly',
      'notFound',
      'missing',
    ]);
    expect(resolved[2]?.similarValue).toBe('ben@x.at');
  });

  it('says of a value that names nobody whom it may mean, whether or not others name that one', () => {
    const account = {
      ...answer.found[0],
      value: '',
      userId: 'b'.repeat(32),
      displayName: 'Cleo',
      hasOwnSchedule: true,
    };
    const notNamed = [{ ...account, email: 'cleo@x.at', employeeNumber: '007', loginEnabled: true }];
    const similarTo = (value: string, by: 'email' | 'employeeNumber') =>
      resolveAssignment([{ no: 0, value }], { ...answer, notNamed }, by)[0]?.similarValue;
    expect(similarTo('clea@x.at', 'email')).toBe('cleo@x.at');
    expect(similarTo('anne@x.at', 'email')).toBe('ann@x.at');
    expect(similarTo('zoe@x.at', 'email')).toBeNull();
    expect(similarTo('7', 'employeeNumber')).toBe('007');
  });

  it.each([
    [{ exclude: ['ann@x.at'] }, [true, false, false, false, false]],
    [{ include: ['ann@x.at'] }, [false, true, true, true, true]],
  ])('leaves out what %j says', (selection, expected) => {
    expect(values.map((value) => isLeftOut(value, selection))).toEqual(expected);
  });
});

describe('repVerdict', () => {
  it.each([
    ['found', false, 'refuse', undefined],
    ['found', true, 'refuse', 'ignored rep_excluded'],
    ['notFound', false, 'refuse', 'invalid rep_not_found'],
    ['notFound', false, 'ignore', 'ignored rep_not_found'],
    ['caseOnly', false, 'refuse', 'invalid rep_not_found'],
    ['withoutSchedule', false, 'refuse', 'invalid rep_without_schedule'],
    ['missing', false, 'ignore', 'invalid rep_missing'],
  ] as const)('%s, excluded %s, unknownReps %s: %s', (status, excluded, unknownReps, expected) => {
    const verdict = repVerdict({ status, excluded, progress: 'waiting' }, unknownReps);
    expect(verdict && `${verdict.outcome} ${verdict.code}`).toBe(expected);
  });

  it('passes over the rows of a rep that is skipped, whatever else is said of it', () => {
    const rep = { status: 'found', excluded: true, progress: 'skipped' } as const;
    expect(repVerdict(rep, 'refuse')).toEqual({ outcome: 'ignored', code: 'rep_skipped' });
  });
});
