import { describe, expect, it } from 'vitest';
import type { AccountEffects } from '@muster/contracts';
import { sumAccounts, type PlannedAccount } from './sum-accounts.js';

const LEDGER = { licences: 2, inUse: 1, administrators: 2 };
const plan = (...rows: (AccountEffects & { id?: string })[]): PlannedAccount[] =>
  rows.map(({ id, ...effects }, i) => ({ row: i + 2, id, effects }));
const refused = (rows: PlannedAccount[], ledger = LEDGER) =>
  [...sumAccounts(rows, ledger).refused].map(([row, { code }]) => `${row} ${code}`).sort();
const needs = (heldBy: string) => [{ field: 'email', heldBy }];

describe('the rules over all rows of a file of accounts', () => {
  it('let values change hands in chains and circles', () => {
    const gives = ['email'];
    expect(refused(plan({ id: 'a', gives, needs: needs('b') }, { id: 'b', gives, needs: needs('a') }))).toEqual([]);
    expect(refused(plan({ id: 'a', gives, needs: needs('b') }, { id: 'b', gives }, { needs: needs('a') }))).toEqual([]);
  });

  it('refuse a value that its holder keeps, and all who hoped for what follows', () => {
    const gives = ['email'];
    const chain = plan({ needs: needs('a') }, { id: 'a', gives, needs: needs('b') }, { id: 'b', gives: ['username'] });
    expect(refused(chain)).toEqual(['2 value_taken', '3 value_taken']);
    expect(refused(plan({ needs: needs('nobody of the file') }))).toEqual(['2 value_taken']);
  });

  it('give licences in the order of the file, those first that the file frees', () => {
    const taking = { licences: 1 } as const;
    expect(refused(plan(taking, taking, taking))).toEqual(['3 licence_exceeded', '4 licence_exceeded']);
    expect(refused(plan(taking, taking, { licences: -1 }, taking))).toEqual(['5 licence_exceeded']);
    expect(refused(plan(taking, taking), { ...LEDGER, inUse: 5 })).toEqual([
      '2 licence_exceeded',
      '3 licence_exceeded',
    ]);
  });

  it('give the licence of somebody who is refused to the next one', () => {
    expect(refused(plan({ licences: 1, needs: needs('x') }, { licences: 1 }))).toEqual(['2 value_taken']);
  });

  it('keep one administrator, whoever comes first', () => {
    const stepping = { administrators: -1 } as const;
    expect(refused(plan(stepping, stepping))).toEqual(['3 last_administrator']);
    expect(refused(plan(stepping, stepping, { administrators: 1 }))).toEqual([]);
    // The one who would become administrator has no licence, so that nobody may step down.
    expect(refused(plan({ licences: 1 }, stepping, stepping, { licences: 1, administrators: 1 }))).toEqual([
      '4 last_administrator',
      '5 licence_exceeded',
    ]);
  });

  it('count what the guard looks at, of the rows that are left', () => {
    const rows = plan(
      { deactivates: true },
      { deactivates: true, demotes: true, needs: needs('x') },
      { removesSchedule: true, licences: -1 },
    );
    expect(sumAccounts(rows, LEDGER).tally).toEqual({ deactivations: 1, scheduleRemovals: 1, demotions: 0 });
  });
});
