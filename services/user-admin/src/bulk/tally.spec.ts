import { describe, expect, it } from 'vitest';
import { GUARD_PRESET } from '@muster/import-model';
import { consequencesOf } from '../users/account-rules.js';
import { blankState, type AccountState } from '../users/account-state.js';
import type { AccountKind } from '../users/account-kinds.js';
import { UserAccount } from '../users/user-account.entity.js';
import {
  addTallies,
  effectOf,
  guardInRun,
  guardOf,
  NOTHING,
  rowOutcome,
  tallyOf,
  type AccountResult,
  type Tally,
} from './tally.js';

function changed(
  before: Partial<AccountState>,
  after: Partial<AccountState>,
  kind: AccountKind = 'staff',
): AccountResult {
  const whole = { ...blankState(kind, 'en'), ...before };
  const account = Object.assign(new UserAccount(), whole, after);
  const consequences = consequencesOf(whole, account);
  return { outcome: 'changed', account, properties: [], differences: [], consequences, warnings: [] };
}
const unchanged: AccountResult = { outcome: 'unchanged', account: new UserAccount(), warnings: [] };
const refused: AccountResult = { outcome: 'refused', account: undefined, problems: [] };
const failed: AccountResult = { outcome: 'failed' };
const off = changed({}, { loginEnabled: false });
const demoted = changed({ authorizationLevel: 2, loginEnabled: false }, { authorizationLevel: 1 });
const withoutSchedule = changed({ hasOwnSchedule: true }, { hasOwnSchedule: false });

describe('a tally', () => {
  it('counts each account once, and what follows beside', () => {
    const results = [unchanged, refused, failed, off, demoted, withoutSchedule, changed({}, { title: 'Dr.' })];
    expect(results.map(rowOutcome)).toEqual([
      'unchanged',
      'invalid',
      'failed',
      'updated',
      'updated',
      'updated',
      'updated',
    ]);
    const tally = tallyOf(results, 2);
    expect(tally).toEqual({
      updated: 4,
      unchanged: 1,
      invalid: 1,
      failed: 1,
      changedSincePlan: 2,
      licencesTaken: 0,
      licencesFreed: 1,
      effects: { ...NOTHING.effects, staff: { deactivations: 1, scheduleRemovals: 1, demotions: 1 } },
    });
  });

  it('of two parts is that of the whole', () => {
    const [one, other] = [
      [off, refused, changed({ hasOwnSchedule: false }, { hasOwnSchedule: true })],
      [off, failed],
    ];
    expect(addTallies(tallyOf(one, 1), tallyOf(other, 1))).toEqual(tallyOf([...one, ...other], 2));
    expect(addTallies(NOTHING, tallyOf(one))).toEqual(tallyOf(one));
  });

  it('sums effects over all kinds', () => {
    const tally = tallyOf([off, changed({}, { loginEnabled: false }, 'portal')]);
    expect(effectOf(tally, 'deactivations')).toBe(2);
    expect(tally.effects.portal.deactivations).toBe(1);
  });
});

describe('the guard', () => {
  const active = { staff: 100, portal: 10, person: 0 };
  const times = (count: number, result: AccountResult): Tally => tallyOf(Array.from({ length: count }, () => result));

  it('looks at each kind by itself, and says nothing of what does not happen', () => {
    const tally = addTallies(times(20, off), times(4, changed({}, { loginEnabled: false }, 'portal')));
    expect(guardOf(tally, active, GUARD_PRESET)).toEqual([
      { kind: 'staff', effect: 'deactivations', planned: 20, base: 100, limit: 20, exceeded: false },
      { kind: 'portal', effect: 'deactivations', planned: 4, base: 10, limit: 3, exceeded: true },
    ]);
  });

  it.each([
    [0, 20, false],
    [0, 21, true],
    [30, 30, false],
    [30, 31, true],
    [5, 20, false],
  ])('of %i planned lets %i pass in the run: exceeded %s', (plannedOff, doneOff, exceeded) => {
    const found = guardInRun(times(doneOff, off), times(plannedOff, off), active, GUARD_PRESET);
    expect(found.map((finding) => finding.exceeded)).toEqual([exceeded]);
  });
});
