import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankState, type AccountState } from '../account-state.js';
import type { Candidate } from './batch-item.js';
import { decideBatch } from './decide-batch.js';

const staff = { ...blankState('staff', 'en'), hasOwnSchedule: false };
const administrator: AccountState = { ...staff, authorizationLevel: 2 };
const rep: AccountState = { ...staff, hasOwnSchedule: true };
const plenty = { licences: 100, inUse: 0, administrators: 10 };

function candidate(before: AccountState | undefined, after: AccountState, more: Partial<Candidate> = {}): Candidate {
  return { id: before && 'x', before, after, keys: {}, holders: {}, ...more };
}
/** `a: 1>2 of b`: account a gives number 1 up for 2, which b has. */
function claims(text: string): Candidate[] {
  return text.split(', ').map((part) => {
    const [, id, , to, holder] = /^(\w+): (\w*)>(\w*)(?: of (\w+))?$/.exec(part) ?? [];
    const keys = { employeeNumber: to === '' ? null : (to ?? null) };
    return candidate(staff, staff, {
      id: id === 'new' ? undefined : id,
      keys,
      holders: holder === undefined ? {} : { employeeNumber: holder },
    });
  });
}
const refusedOf = (candidates: readonly (Candidate | undefined)[], ledger = plenty) =>
  [...decideBatch(candidates, ledger).refused].map(([place, { code }]) => `${place} ${code}`).toSorted();

describe('unique values', () => {
  it.each([
    ['a: 1>9', []],
    ['a: 1>2 of z', ['0 value_taken']],
    ['a: 1>2 of b, b: 2>1 of a', []],
    ['b: 2>3 of c, a: 1>2 of b, c: 3>1 of a', []],
    ['a: 1>2 of b, b: 2>3', []],
    ['a: 1>2 of b, b: 2>', []],
    ['a: 1>2 of b, b: 2>2 of b', ['0 value_taken']],
    ['a: 1>1 of a', []],
    ['a: 1>2 of b, b: 2>3 of z', ['0 value_taken', '1 value_taken']],
    ['a: 1>2 of b, b: 2>3 of c, c: 3>4 of d, d: 4>5 of z', [0, 1, 2, 3].map((n) => `${n} value_taken`)],
    ['new: >7, new: >7', ['1 value_taken']],
    ['new: >7, a: 1>7', ['1 value_taken']],
    ['new: >1 of a, a: 1>8', []],
  ])('%s: refused %j', (text, refused) => {
    expect(refusedOf(claims(text))).toEqual(refused);
  });

  it('a chain of thousands falls at once when its end is refused', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      candidate(staff, staff, {
        id: `a${n}`,
        keys: { employeeNumber: `${n + 1}` },
        holders: { employeeNumber: `a${n + 1}` },
      }),
    );
    // Of this thread: what others do on the machine does not count.
    const before = process.threadCpuUsage();
    expect(decideBatch(chain, plenty).refused.size).toBe(chain.length);
    expect(process.threadCpuUsage(before).user).toBeLessThan(10_000_000);
  });

  it('tells who has the value', () => {
    const { refused } = decideBatch(claims('a: 1>2 of z, b: 3>4, c: 5>4'), plenty);
    const taken = { code: 'value_taken', field: 'employeeNumber', params: { field: 'employeeNumber' } };
    expect([...refused]).toEqual([
      [0, { ...taken, heldBy: 'z' }],
      [2, { ...taken, heldBy: 'b' }],
    ]);
  });
});

describe('licences', () => {
  const takes = candidate(staff, rep);
  const frees = candidate(rep, staff);
  const keeps = candidate(rep, { ...rep, title: 'Dr.' });
  const born = candidate(undefined, rep);
  it.each([
    [1, 1, [frees, takes], []],
    [1, 1, [takes, frees], []],
    [1, 1, [takes, born, frees], ['1 licence_exceeded']],
    [2, 1, [born, takes, keeps], ['1 licence_exceeded']],
    [1, 3, [keeps, frees, takes], ['2 licence_exceeded']],
    [0, 0, [candidate(undefined, staff)], []],
    [Infinity, 5, [takes, takes], []],
  ])('%i, %i in use', (licences, inUse, candidates, refused) => {
    expect(refusedOf(candidates, { ...plenty, licences, inUse })).toEqual(refused);
  });

  it('of somebody who is refused go to the next one', () => {
    const both = candidate(staff, rep, { id: 'a', keys: { email: 'x' }, holders: { email: 'z' } });
    expect(refusedOf([both, takes, takes], { ...plenty, licences: 1 })).toEqual([
      '0 value_taken',
      '2 licence_exceeded',
    ]);
  });

  it('are not freed by somebody who is refused', () => {
    const last = candidate({ ...rep, authorizationLevel: 2 }, staff);
    const ledger = { licences: 1, inUse: 1, administrators: 1 };
    expect(refusedOf([takes, last], ledger)).toEqual(['0 licence_exceeded', '1 last_administrator']);
  });

  it('are not given to whom a value is missing that stays with somebody without a licence', () => {
    const [giver, heir] = claims('a: 1>3, b: 2>1 of a');
    const refused = refusedOf([{ ...giver, after: rep } as Candidate, heir], { ...plenty, licences: 0 });
    expect(refused).toEqual(['0 licence_exceeded', '1 value_taken']);
  });
});

describe('the last administrator', () => {
  const demoted = candidate(administrator, staff);
  const off = candidate(administrator, { ...administrator, loginEnabled: false });
  const promoted = candidate(staff, administrator);
  it.each([
    [2, [demoted], []],
    [1, [demoted], ['0 last_administrator']],
    [2, [demoted, off], ['1 last_administrator']],
    [1, [demoted, promoted], []],
    [1, [demoted, candidate(undefined, administrator)], []],
    [1, [promoted, off], []],
    [0, [candidate(staff, rep)], []],
  ])('of %i', (administrators, candidates, refused) => {
    expect(refusedOf(candidates, { ...plenty, administrators })).toEqual(refused);
  });

  it('names the field that takes the part away', () => {
    const { refused } = decideBatch([off], { ...plenty, administrators: 1 });
    expect(refused.get(0)).toEqual({ code: 'last_administrator', field: 'loginEnabled' });
  });

  it('is no successor who is refused', () => {
    const heir = candidate(staff, { ...administrator, hasOwnSchedule: true });
    const ledger = { licences: 0, inUse: 0, administrators: 1 };
    expect(refusedOf([demoted, heir], ledger)).toEqual(['0 last_administrator', '1 licence_exceeded']);
  });
});

it('what was refused before keeps its place and counts for nothing', () => {
  expect(refusedOf([undefined, candidate(undefined, rep)], { ...plenty, licences: 1 })).toEqual([]);
});

const LEVELS = [0, 2] as const;
/** A company of six accounts, and what a batch wishes of them. */
const company = fc.record({
  licences: fc.nat(6),
  accounts: fc.array(fc.record({ level: fc.constantFrom(...LEVELS), schedule: fc.boolean() }), {
    minLength: 6,
    maxLength: 6,
  }),
  wishes: fc.array(
    fc.record({
      who: fc.nat(5),
      number: fc.option(fc.nat(7)),
      level: fc.constantFrom(...LEVELS),
      schedule: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
});

it('leaves a company in order, whoever wishes what', () => {
  fc.assert(
    fc.property(company, ({ licences, accounts, wishes }) => {
      const states = accounts.map(({ level, schedule }, n): AccountState => {
        return {
          ...staff,
          employeeNumber: String(n),
          authorizationLevel: level,
          hasOwnSchedule: schedule,
        };
      });
      const once = wishes.filter(({ who }, at) => wishes.findIndex((other) => other.who === who) === at);
      const candidates = once.map(({ who, number, level, schedule }): Candidate => {
        const before = states[who] ?? staff;
        const employeeNumber = number === null ? null : String(number);
        const after = {
          ...before,
          employeeNumber,
          authorizationLevel: level,
          hasOwnSchedule: schedule,
        } as AccountState;
        const holders = number !== null && number < 6 ? { employeeNumber: String(number) } : {};
        const keys = employeeNumber === before.employeeNumber ? {} : { employeeNumber };
        return { id: String(who), before, after, keys, holders };
      });
      const count = (all: readonly AccountState[], is: (state: AccountState) => boolean) => all.filter(is).length;
      const isAdministrator = ({ authorizationLevel }: AccountState) => authorizationLevel === 2;
      const isRep = ({ hasOwnSchedule }: AccountState) => hasOwnSchedule;
      const [inUse, administrators] = [count(states, isRep), count(states, isAdministrator)];
      const { refused, ledger } = decideBatch(candidates, { licences, inUse, administrators });
      const end = [...states];
      once.forEach(({ who }, place) => {
        const written = candidates[place];
        if (written && !refused.has(place)) end[who] = written.after;
      });
      const numbers = end.flatMap(({ employeeNumber }) => employeeNumber ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(ledger).toEqual({ licences, inUse: count(end, isRep), administrators: count(end, isAdministrator) });
      expect(ledger.inUse).toBeLessThanOrEqual(Math.max(licences, inUse));
      expect(ledger.administrators).toBeGreaterThanOrEqual(Math.min(1, administrators));
    }),
    { numRuns: 2_000 },
  );
});
