import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sumAccounts } from '@muster/import-model';
import { blankState, type AccountState, type AccountWishes } from '../users/account-state.js';
import type { AuthorizationLevel } from '../users/account-kinds.js';
import type { KnownValues } from '../users/batch/account-batch.repository.js';
import type { BatchItem, Candidate } from '../users/batch/batch-item.js';
import { decideBatch } from '../users/batch/decide-batch.js';
import { UserAccount } from '../users/user-account.entity.js';
import { effectsOf } from './planned-effects.js';

const PEOPLE = 6;

interface Person {
  readonly level: AuthorizationLevel;
  readonly hasOwnSchedule: boolean;
  readonly loginEnabled: boolean;
}
const level = fc.constantFrom<AuthorizationLevel>(0, 1, 2);
const person = fc.record<Person>({ level, hasOwnSchedule: fc.boolean(), loginEnabled: fc.boolean() });
/** Each number is asked for once, as a file has it; those up to {@link PEOPLE} are somebody's. */
const wishes = fc.record({
  wished: person,
  isNew: fc.boolean(),
  asksForNumber: fc.boolean(),
});

function account(no: number, { level: authorizationLevel, hasOwnSchedule, loginEnabled }: Person): UserAccount {
  const state: AccountState = { ...blankState('staff', 'en'), authorizationLevel, hasOwnSchedule, loginEnabled };
  return Object.assign(new UserAccount(), state, { id: `a${no}`, employeeNumber: String(no), version: 1 });
}

it('a plan refuses the rows that a run refuses which looks at all of them', () => {
  const people = fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE });
  const rows = fc.array(wishes, { minLength: PEOPLE, maxLength: PEOPLE });
  const numbers = fc.shuffledSubarray(
    Array.from({ length: PEOPLE + 3 }, (_, no) => String(no)),
    { minLength: PEOPLE, maxLength: PEOPLE },
  );
  fc.assert(
    fc.property(people, rows, numbers, fc.nat(5), (before, wished, targets, licences) => {
      const accounts = before.map((one, no) => account(no, one));
      const numberClaims = targets.map(
        (number) => [number, { key: number, holder: accounts[Number(number)]?.id }] as const,
      );
      const claims: KnownValues = { email: new Map(), username: new Map(), employeeNumber: new Map(numberClaims) };
      const items = wished.map(
        ({ wished: { level: authorizationLevel, ...rest }, isNew, asksForNumber }, no): BatchItem => {
          const own = accounts[no];
          const number = targets[no] ?? '';
          const values: AccountWishes = {
            authorizationLevel,
            ...rest,
            ...(asksForNumber && { employeeNumber: number }),
          };
          return isNew || !own
            ? { does: 'create', kind: 'staff', wishes: values }
            : { does: 'change', id: own.id, before: own, wishes: values };
        },
      );
      const ledger = {
        licences,
        inUse: accounts.filter(({ hasOwnSchedule }) => hasOwnSchedule).length,
        administrators: accounts.filter(
          ({ authorizationLevel, loginEnabled }) => authorizationLevel === 2 && loginEnabled,
        ).length,
      };
      const planned = items.map((item, i) => ({
        row: i,
        id: item.does === 'change' ? item.id : undefined,
        effects: effectsOf(item, claims),
      }));
      const run = decideBatch(
        items.map((item) => candidateOf(item, claims)),
        ledger,
      );
      const plan = sumAccounts(planned, ledger);
      const codes = (refused: ReadonlyMap<number, { code: string; field?: string | undefined }>) =>
        [...refused].map(([row, { code, field }]) => `${row} ${code} ${field}`).sort();
      expect(codes(plan.refused)).toEqual(codes(run.refused));
    }),
    { numRuns: 2_000 },
  );
});

function candidateOf(item: BatchItem, claims: KnownValues): Candidate {
  const before = item.does === 'change' ? item.before : undefined;
  const wished = item.wishes as AccountWishes;
  const after = { ...(before ?? blankState('staff', 'en')), ...wished } as AccountState;
  const number = wished.employeeNumber ?? undefined;
  const changes = number !== undefined && number !== before?.employeeNumber;
  const holder = number === undefined ? undefined : claims.employeeNumber.get(number)?.holder;
  return {
    id: before?.id,
    before,
    after,
    keys: changes ? { employeeNumber: number } : {},
    holders: changes && holder !== undefined ? { employeeNumber: holder } : {},
  };
}
