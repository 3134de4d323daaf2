import { expect } from 'vitest';
import { customers, sumOf, type Import, type Tenant } from './api.js';
import { eventsOf, expectPointFirst, expectRowsOnce, notOnce, sorted, withDatabase, type Query } from './once.js';
import type { ClusterSystem } from './system.js';
import {
  ABSENT,
  asksForSchedule,
  COMING,
  COUNTERS,
  emailOf,
  GIVEN,
  LICENCES,
  numberAfter,
  REFUSED,
  ROWS,
  STAYING,
} from './users-sync.js';

interface Account {
  id: string;
  email: string;
  number: string;
  active: boolean;
  schedule: boolean;
}

/** What must hold after a sync of accounts, whatever was killed meanwhile. @param customersBefore of the rep who loses them */
export async function expectSynced(
  system: ClusterSystem,
  tenant: Tenant,
  done: Import,
  customersBefore: number,
): Promise<void> {
  expect(done).toMatchObject({ state: 'completedWithErrors', problem: null, counters: COUNTERS });
  expect(sumOf(done)).toBe(ROWS);
  // The second rep goes too; the administrator is the last one.
  expect(done.absentees).toMatchObject({ planned: ABSENT + 2, deactivated: ABSENT + 1, withheld: null });
  expect(done.absentees?.passedOver).toMatchObject([{ code: 'last_administrator' }]);
  await expectRowsOnce(tenant, done, ROWS);
  await withDatabase(system, done, async (query) => {
    const accounts = await query<Account>(
      `select u.id, u.email, u.employee_number as number, u.login_enabled as active, u.has_own_schedule as schedule
         from user_admin.user_account u join user_admin.company c on c.id = u.company_id and c.name = $1`,
      [tenant.name],
    );
    expectAccounts(accounts);
    await expectTracesOnce(query, accounts);
    await expectPointFirst(query);
    await expectScheduleGone(query, tenant, customersBefore);
    await expectEventsOnce(system, done);
  });
}

/** Everybody once, with what the file says; those who are absent are deactivated, licences go by the order of the file. */
function expectAccounts(accounts: readonly Account[]): void {
  const byEmail = new Map(accounts.map((account) => [account.email, account]));
  expect(byEmail.size).toBe(accounts.length);
  const refused = new Set(REFUSED);
  const created = COMING.filter((n) => !refused.has(n));
  const ours = [...Array.from({ length: ABSENT }, (_, n) => n), ...STAYING, ...created].map(emailOf);
  const others = ['admin@example.com', 'rep01@example.com', 'rep02@example.com'];
  expect(sorted([...byEmail.keys()])).toEqual(sorted([...ours, ...others]));
  const gone = accounts.filter(({ active }) => !active).map(({ email }) => email);
  expect(sorted(gone)).toEqual(sorted([...Array.from({ length: ABSENT }, (_, n) => emailOf(n)), 'rep02@example.com']));
  const wrong = STAYING.filter((n) => byEmail.get(emailOf(n))?.number !== numberAfter(n));
  expect(wrong).toEqual([]);
  const holders = accounts.filter(({ schedule }) => schedule).map(({ email }) => email);
  expect(sorted(holders)).toEqual(sorted([...GIVEN.map(emailOf), 'rep02@example.com']));
  expect(holders).toHaveLength(LICENCES);
  expect(created.filter(asksForSchedule)).toEqual(GIVEN);
}

/** Whoever was created, changed or deactivated was so once, and the audit log says so once. */
async function expectTracesOnce(query: Query, accounts: readonly Account[]): Promise<void> {
  const written = COUNTERS.created + COUNTERS.updated + ABSENT + 1;
  const changes = await query<{ id: string; op: string }>(
    `select record_id as id, op from user_admin.user_account_change where cause = $1`,
  );
  expect(changes).toHaveLength(written);
  expect(notOnce(changes.map(({ id }) => id))).toEqual([]);
  expect(changes.filter(({ op }) => op === 'I')).toHaveLength(COUNTERS.created);
  const entriesOf = (those: string) =>
    query<{ id: string }>(
      `select subject_id as id from user_admin.audit_log where cause = $1 and subject_kind = 'user' and ${those}`,
    );
  const entries = await entriesOf(`action in ('created', 'changed')`);
  expect(entries).toHaveLength(written);
  expect(notOnce(entries.map(({ id }) => id))).toEqual([]);
  // What became of the records of the rep who lost the schedule, told by their owner.
  const told = async () => (await entriesOf(`action not in ('created', 'changed')`)).length;
  await expect.poll(told).toBe(1);
  const [use] = await query<{ n: number }>(
    `select l.in_use as n from user_admin.licence_use l join user_admin.user_account u using (company_id) where u.id = $1`,
    [accounts[0]?.id],
  );
  expect(use?.n).toBe(LICENCES);
}

/** The records of the rep who lost the schedule are gone, each once. */
async function expectScheduleGone(query: Query, tenant: Tenant, before: number): Promise<void> {
  await expect.poll(async () => (await customers(tenant)).length).toBe(0);
  const removed = await query<{ id: string }>(
    `select record_id as id from field_data.customer_change where cause = $1 and op = 'D'`,
  );
  expect(removed).toHaveLength(before);
  expect(notOnce(removed.map(({ id }) => id))).toEqual([]);
}

/** Of each account one event says what became of it. */
async function expectEventsOnce(system: ClusterSystem, done: Import): Promise<void> {
  const ours = await eventsOf(system, done, 'users');
  const of = (type: string) => ours.filter((event) => event.type === type).map(({ data }) => String(data['userId']));
  const expected = { created: COUNTERS.created, updated: COUNTERS.updated, deactivated: ABSENT + 1 };
  for (const [name, count] of Object.entries({ ...expected, 'schedule-removed': 1 })) {
    const users = of(`user.${name}.v1`);
    expect([name, users.length, new Set(users).size]).toEqual([name, count, count]);
  }
}
