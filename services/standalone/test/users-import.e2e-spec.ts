import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { newCompany, refusal, run, start, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { csv } from './tables.js';
import { NO_TRACES, tracesOf } from './traces.js';

const USERS = 5_000;
const FIELDS = ['email', 'employeeNumber', 'firstName', 'lastName', 'hasOwnSchedule', 'userGroups', 'mobile'] as const;

type Row = Record<(typeof FIELDS)[number], string>;

function user(n: number): Row {
  return {
    email: `user${n}@example.com`,
    employeeNumber: String(n).padStart(6, '0'),
    firstName: `Änne ${n}`,
    lastName: `Öz "${n}"`,
    hasOwnSchedule: 'nein',
    userGroups: n % 2 ? 'Nord;Süd' : 'Süd',
    mobile: `+43 664 ${String(1_000_000 + n)}`,
  };
}

function fileOf(rows: readonly Row[]): string {
  return csv([[...FIELDS], ...rows.map((row) => FIELDS.map((field) => row[field]))]);
}

function configurationOf(mode: string, options: object = {}, fields: readonly string[] = FIELDS): object {
  const mappings = fields.map((field) => ({ SourceFieldID: field, TargetFieldID: field }));
  return { formatVersion: 1, entity: 'user', mode, mappings, options };
}

describe('users by file', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, 2);
  });
  afterAll(() => system?.stop());

  const query = async <Found extends object>(sql: string, values: unknown[] = []): Promise<Found[]> => {
    const client = new pg.Client({ connectionString: system.adminUrl });
    await client.connect();
    try {
      return (await client.query<Found>(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  const importUsers = (rows: readonly Row[], configuration: object) =>
    run(system, tenant, { file: fileOf(rows), fileName: 'users.csv', configuration });
  const all = Array.from({ length: USERS }, (_, n) => user(n));
  const creating = configurationOf('upsert', { unknownGroups: 'create' });

  it('creates them, then finds nothing to do, and leaves no trace then', async () => {
    const created = await importUsers(all, creating);
    expect(created).toMatchObject({ state: 'completed', counters: { read: USERS, created: USERS, unprocessed: 0 } });
    expect(created.reps.total).toBe(0);
    const again = await importUsers(all, creating);
    expect(again).toMatchObject({ state: 'completed', counters: { read: USERS, unchanged: USERS } });
    expect(await tracesOf(system.adminUrl, again.id)).toEqual(NO_TRACES);
  });

  it('exchanges numbers across the whole file', async () => {
    // Everybody gets the number of the next one, the last one that of the first.
    const shifted = all.map((row, n) => ({ ...row, employeeNumber: user((n + 1) % USERS).employeeNumber }));
    const done = await importUsers(shifted, configurationOf('update', {}, ['email', 'employeeNumber']));
    expect(done).toMatchObject({ state: 'completed', counters: { read: USERS, updated: USERS } });
    const wrong = await query(
      `select email from user_admin.user_account where email like 'user%'
          and employee_number::integer <> (substring(email from 'user(\\d+)@')::integer + 1) % $1`,
      [USERS],
    );
    expect(wrong).toEqual([]);
    const back = await importUsers(all, creating);
    expect(back).toMatchObject({ counters: { updated: USERS } });
  });

  it('says row by row what is wrong, in the reader’s language', async () => {
    const rows = [
      { ...user(1), hasOwnSchedule: 'vielleicht' },
      { ...user(2), email: 'USER3@example.com' },
      { ...user(3), lastName: '' },
      { ...user(9_001), userGroups: 'Ost', employeeNumber: '' },
      { ...user(9_002), employeeNumber: '000004' },
    ];
    const done = await importUsers(rows, configurationOf('upsert'));
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: { read: 5, invalid: 5 } });
    const url = `${system.url}/v1/imports/${done.id}/rows`;
    const headers = { authorization: `Bearer ${tenant.token}`, 'accept-language': 'de' };
    const { items } = (await (await fetch(url, { headers })).json()) as {
      items: { row: number; problems: { code: string; message: string }[] }[];
    };
    expect(items.map(({ row, problems }) => [row, ...problems.map(({ code }) => code)])).toEqual([
      [2, 'invalid_value'],
      [3, 'duplicate_in_file'],
      [4, 'duplicate_in_file'],
      [5, 'unknown_group'],
      [6, 'value_taken'],
    ]);
    expect(items[3]?.problems[0]?.message).toBe('Es gibt keine Benutzergruppe „Ost“.');
  });

  it('is planned as it then runs: licences in the order of the file, values that change hands', async () => {
    const rows = [
      { ...user(8_000), hasOwnSchedule: 'ja' },
      ...Array.from({ length: 600 }, (_, n) => ({ ...user(n), employeeNumber: user(599 - n).employeeNumber })),
      { ...user(8_001), hasOwnSchedule: 'ja' },
      { ...user(8_002), employeeNumber: user(4_000).employeeNumber },
      ...Array.from({ length: 8 }, (_, n) => ({ ...user(8_003 + n), hasOwnSchedule: 'ja' })),
      { ...user(8_020), email: 'rep01@example.com' },
    ];
    const checking = configurationOf('upsert', { validateOnly: true, allowScheduleRemoval: true });
    const checked = await start(system, tenant, { file: fileOf(rows), fileName: 'users.csv', configuration: checking });
    const planned = await until(tenant, checked.id, ({ state }) => state === 'planned');
    expect(planned).toMatchObject({ state: 'planned', counters: { unprocessed: rows.length } });
    const done = await importUsers(rows, configurationOf('upsert', { allowScheduleRemoval: true }));
    expect(done.counters).toEqual(planned.plan);
    const outcomes = async ({ id }: Import) => {
      const headers = { authorization: `Bearer ${tenant.token}` };
      const url = `${system.url}/v1/imports/${id}/rows?limit=100&outcome=invalid`;
      const { items } = (await (await fetch(url, { headers })).json()) as {
        items: { row: number; problems: { code: string }[] }[];
      };
      return items.map(({ row, problems }) => [row, problems.map(({ code }) => code)]);
    };
    expect(await outcomes(done)).toEqual(await outcomes(planned));
    expect((await outcomes(done)).length).toBeGreaterThan(1);
    expect(done.counters).toMatchObject({ created: 1, updated: 601, invalid: 10 });
  });

  it('waits for approval where it would deactivate too many, and writes nothing before', async () => {
    const rows = Array.from({ length: 1_200 }, (_, n) => ({ email: user(n).email, loginEnabled: 'nein' }));
    const file = csv([['email', 'loginEnabled'], ...rows.map(({ email, loginEnabled }) => [email, loginEnabled])]);
    const configuration = configurationOf('update', {}, ['email', 'loginEnabled']);
    const started = await start(system, tenant, { file, fileName: 'users.csv', configuration });
    const waiting = await until(tenant, started.id, ({ problem }) => problem?.code === 'guard_exceeded');
    expect(waiting).toMatchObject({
      state: 'awaitingApproval',
      guard: expect.arrayContaining([
        expect.objectContaining({ effect: 'deactivations', planned: 1_200, limit: 500, exceeded: true }),
      ]) as unknown,
    });
    expect(waiting.counters.unprocessed).toBe(1_200);
    const approved = await fetch(`${system.url}/v1/imports/${started.id}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.token}` },
    });
    expect(approved.status).toBe(202);
    expect(await untilFinal(tenant, started.id)).toMatchObject({ state: 'completed', counters: { updated: 1_200 } });
  });

  it('deactivates those who are absent from a sync, but for the last administrator', async () => {
    const company = await newCompany(system, 2);
    const request = (rows: readonly Row[], options: object = {}) => ({
      ...{ file: fileOf(rows), fileName: 'users.csv' },
      configuration: configurationOf('UpdateOrInsertOrDelete', { unknownGroups: 'create', ...options }),
    });
    const ten = all.slice(0, 10);
    // Two reps and the administrator are absent; three are let pass by any guard.
    const first = await run(system, company, request(ten));
    expect(first).toMatchObject({ state: 'completed', counters: { created: 10 } });
    expect(first).toMatchObject({ absentees: { planned: 3, deactivated: 2, withheld: null } });
    expect(first).toMatchObject({ absentees: { passedOver: [{ code: 'last_administrator' }] } });

    const unreadable = await run(system, company, request([...ten.slice(0, 8), { ...user(9), email: '' }]));
    expect(unreadable).toMatchObject({ problem: { code: 'removals_withheld' }, absentees: { deactivated: 0 } });

    // No document switches the guard off.
    const lax = { guard: { percent: 100, count: 1_000 } };
    const half = await start(system, company, request(ten.slice(0, 5), lax));
    const stopped = await until(company, half.id, ({ problem }) => problem?.code === 'guard_exceeded');
    expect(stopped.warnings).toMatchObject([{ code: 'guard_not_raised' }]);
    const approve = (guard: { percent: number; count: number }) =>
      company.client.POST('/v1/imports/{id}/approve', {
        params: { path: { id: half.id } },
        body: { guard },
      });
    // The plan does more than these limits let pass.
    expect((await approve({ percent: 100, count: 4 })).response.status).toBe(409);
    expect((await approve({ percent: 100, count: 100 })).response.status).toBe(202);
    const lifted = await untilFinal(company, half.id);
    expect(lifted).toMatchObject({ counters: { unchanged: 5 }, absentees: { planned: 6, deactivated: 5 } });
    const again = await run(system, company, request(ten.slice(0, 5)));
    expect(again).toMatchObject({ state: 'completed', absentees: { planned: 1, deactivated: 0 } });
  });

  it('is not there for a company whose accounts a host system keeps in step', async () => {
    const hosted = await newCompany(system, 1);
    const authorization = `Bearer ${hosted.token}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = JSON.stringify({ hostSystem: 'salesforce' });
    expect((await fetch(`${system.url}/v1/company`, { method: 'PATCH', headers, body })).status).toBe(200);
    const request = { file: fileOf([user(1)]), configuration: creating };
    expect(await refusal(system, hosted, request)).toMatchObject({
      status: 403,
      body: { code: 'user_import_not_available', detail: expect.stringContaining('Salesforce') as string },
    });
    const schema = await fetch(`${system.url}/v1/import-schema/user`, { headers: { authorization } });
    expect(schema.status).toBe(403);
  });
});
