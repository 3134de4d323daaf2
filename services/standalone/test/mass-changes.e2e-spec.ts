import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import type { MassChangeDto, MassChangeRowDto } from '../../user-admin/src/bulk/mass-change.dto.js';
import { newCompany, run, type Tenant } from './api.js';
import { holdAccounts, holdAfterStep } from './holding.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const ACCOUNTS = 2_000;

describe('mass changes', () => {
  let system: StandaloneSystem;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  async function call<T>(tenant: Tenant, method: string, path: string, json?: object): Promise<T> {
    const response = await fetch(`${system.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${tenant.token}`, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  const start = (tenant: Tenant, json: object) => call<MassChangeDto>(tenant, 'POST', '/users/bulk', json);
  const get = (tenant: Tenant, id: string) => call<MassChangeDto>(tenant, 'GET', `/users/bulk/${id}`);
  const until = (tenant: Tenant, id: string, is: (change: MassChangeDto) => boolean) =>
    vi.waitUntil(async () => {
      const change = await get(tenant, id);
      return is(change) && change;
    }, PATIENT);
  const count = async (tenant: Tenant, path: string) =>
    (await call<{ items: unknown[] }>(tenant, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=500`)).items.length;

  async function* rowsOf(tenant: Tenant, id: string): AsyncGenerator<MassChangeRowDto> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/users/bulk/${id}/rows?limit=500${cursor && `&cursor=${cursor}`}`;
      const page: { items: MassChangeRowDto[]; nextCursor: string | null } = await call(tenant, 'GET', path);
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  it('kill -9 while one is planned, then while it runs: each account is changed once', async () => {
    const tenant = await newCompany(system, 2);
    await addAccounts(system, tenant.name);
    // Everybody but those whom the company began with.
    const filter = { q: 'many', kind: 'staff' };
    const { id: companyId } = await call<{ id: string }>(tenant, 'GET', '/company');
    const held = await holdAccounts(system, companyId);
    const { id } = await start(tenant, { filter, changes: { accessLevel: 'gold', note: 'Moved' }, then: 'run' });
    await until(tenant, id, ({ plan: { counters } }) => counters.updated > 0);
    await system.kill();
    await system.start();
    const isRunning = async () => (await get(tenant, id)).counters.updated > 0;
    const release = await holdAfterStep(system, companyId, held, isRunning);
    const running = await get(tenant, id);
    expect(running.counters.updated).toBeLessThan(ACCOUNTS);
    expect(running).toMatchObject({ state: 'running', plan: { counters: { updated: ACCOUNTS, unprocessed: 0 } } });
    await system.kill();
    await release();
    await system.start();
    const again = await get(tenant, id);
    expect(again.counters.updated).toBeGreaterThanOrEqual(running.counters.updated);
    expect(again.restorePointId).toBe(running.restorePointId);
    const done = await until(tenant, id, ({ state }) => state !== 'running');
    expect(done).toMatchObject({
      state: 'completed',
      restorePointId: running.restorePointId,
      counters: { total: ACCOUNTS, updated: ACCOUNTS, unprocessed: 0, changedSincePlan: 0 },
    });
    const changed = new Set<string>();
    for await (const { userId, outcome } of rowsOf(tenant, id)) if (outcome === 'updated') changed.add(userId);
    expect(changed.size).toBe(ACCOUNTS);
    expect(await versions(system, tenant.name)).toEqual([{ version: 2, accounts: ACCOUNTS, entries: ACCOUNTS }]);
    const points = await call<{ items: { id: string; occasion: string }[] }>(tenant, 'GET', '/restore-points');
    expect(points.items.filter(({ occasion }) => occasion === 'mass-change').map((point) => point.id)).toEqual([
      done.restorePointId,
    ]);
  });

  it('schedules that are taken away go with their records, after a restore point that has them', async () => {
    const tenant = await newCompany(system, 3);
    const rows = [0, 1, 2].map((rep) => [repOf(rep, 3), `K${rep}`, `Customer ${rep}`]);
    const file = csv([['Rep', 'Id', 'name1'], ...rows]);
    await run(system, tenant, { file, configuration: configuration(['name1']) });
    const { items } = await call<{ items: { id: string }[] }>(tenant, 'GET', '/users?hasOwnSchedule=true');
    const userIds = items.slice(0, 2).map(({ id }) => id);
    const changes = { hasOwnSchedule: false };
    const options = { allowScheduleRemoval: true };
    const { id } = await start(tenant, { userIds, changes, options });
    const planned = await until(tenant, id, ({ state }) => state !== 'planning');
    expect(planned).toMatchObject({
      state: 'planned',
      plan: { counters: { updated: 2, scheduleRemovals: 2 }, licences: { inUse: 3, freed: 2, inUseAfter: 1 } },
    });
    expect(await count(tenant, '/customers')).toBe(3);
    await call(tenant, 'POST', `/users/bulk/${id}/run`);
    const done = await until(tenant, id, ({ state }) => state !== 'running');
    expect(done).toMatchObject({ state: 'completed', counters: { scheduleRemovals: 2 } });
    await expect.poll(() => count(tenant, '/customers')).toBe(1);
    const point = () => call<{ state: string }>(tenant, 'GET', `/restore-points/${done.restorePointId}`);
    await expect.poll(async () => (await point()).state).toBe('ready');
  });
});

async function asSuperuser<T extends pg.QueryResultRow>(
  system: StandaloneSystem,
  statement: string,
  parameters: unknown[],
) {
  const client = new pg.Client({ connectionString: system.adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('muster.actor', 'system', true), set_config('muster.cause', 'test', true),
              set_config('muster.company', id::text, true) from user_admin.company where name = $1`,
      [parameters[0]],
    );
    const { rows } = await client.query<T>(statement, parameters);
    await client.query('commit');
    return rows;
  } finally {
    await client.end();
  }
}

/** Behind the service's back: so many at once no route makes. */
async function addAccounts(system: StandaloneSystem, company: string): Promise<void> {
  await asSuperuser(
    system,
    `insert into user_admin.user_account (id, company_id, kind, email, username, display_name, first_name, last_name,
            authorization_level, has_own_schedule, language)
     select uuidv7(), c.id, 'staff', 'many' || n || '@example.com', 'many' || n, 'Many ' || n, 'Many', n, 0, false, 'en'
       from user_admin.company c, generate_series(1, $2::int) n where c.name = $1`,
    [company, ACCOUNTS],
  );
}

/** Versions of the accounts that were changed, with how many there are and what the audit log has of them. */
function versions(system: StandaloneSystem, company: string) {
  return asSuperuser(
    system,
    `select u.version, count(*)::int as accounts,
            (select count(*)::int from user_admin.audit_log l
              where l.company_id = u.company_id and l.subject_kind = 'user' and l.action = 'changed') as entries
       from user_admin.user_account u join user_admin.company c on c.id = u.company_id
      where c.name = $1 and u.username like 'many%' group by u.company_id, u.version`,
    [company],
  );
}
