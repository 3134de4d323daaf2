import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, run, type Tenant } from './api.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, repOf } from './tables.js';

type Body = Record<string, unknown>;

describe('the records of a rep who goes', () => {
  let system: StandaloneSystem;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  async function call(
    tenant: Tenant,
    method: string,
    path: string,
    json?: object,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${system.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tenant.token}`,
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as Body };
  }

  const items = async (tenant: Tenant, path: string) => (await call(tenant, 'GET', path)).body['items'] as Body[];

  async function idOf(tenant: Tenant, email: string): Promise<string> {
    const [user] = await items(tenant, `/users?q=${encodeURIComponent(email)}`);
    return String(user?.['id']);
  }

  /** Imports so many customers of one rep, with the external ids from `first` on. */
  async function addCustomers(tenant: Tenant, rep: string, count: number, first = 0) {
    const rows = Array.from({ length: count }, (_, i) => [rep, `K-${first + i}`, `Customer ${first + i}`]);
    const file = csv([['Rep', 'Id', 'name1'], ...rows]);
    return run(system, tenant, { file, configuration: configuration(['name1']) });
  }

  async function transfer(tenant: Tenant, from: string, to: string) {
    const { status, body } = await call(tenant, 'POST', `/users/${from}/transfer`, { to });
    expect(status).toBe(202);
    return String(body['id']);
  }

  async function ended(tenant: Tenant, id: string): Promise<Body> {
    const job = async () => (await call(tenant, 'GET', `/users/transfers/${id}`)).body;
    await expect.poll(async () => (await job())['state']).not.toBe('running');
    return job();
  }

  async function remove(tenant: Tenant, id: string, confirmation?: string) {
    const headers: Record<string, string> = { 'if-match': '*' };
    if (confirmation !== undefined) headers['confirmation-token'] = confirmation;
    return call(tenant, 'DELETE', `/users/${id}`, undefined, headers);
  }

  async function pointReady(tenant: Tenant, id: unknown): Promise<void> {
    const point = async () => (await call(tenant, 'GET', `/restore-points/${String(id)}`)).body;
    await expect.poll(point).toMatchObject({ state: 'ready', open: false });
  }

  it('go to another rep but for those who are there, after which the account can be deleted', async () => {
    const tenant = await newCompany(system, 2);
    const [from, to] = [await idOf(tenant, repOf(0, 2)), await idOf(tenant, repOf(1, 2))];
    await addCustomers(tenant, repOf(0, 2), 1_500);
    await addCustomers(tenant, repOf(1, 2), 2);
    const first = await ended(tenant, await transfer(tenant, from, to));
    expect(first).toMatchObject({ state: 'completed', counters: [{ entity: 'customer', moved: 1_498, kept: 2 }] });
    await pointReady(tenant, first['restorePointId']);
    const kept = await items(tenant, `/users/transfers/${String(first['id'])}/kept`);
    expect(kept.map(({ externalId, code }) => [externalId, code]).toSorted()).toEqual([
      ['K-0', 'external_id_held'],
      ['K-1', 'external_id_held'],
    ]);
    for (const { recordId, heldBy } of kept) {
      expect((await call(tenant, 'GET', `/customers/${String(recordId)}`)).body).toMatchObject({ repId: from });
      expect((await call(tenant, 'GET', `/customers/${String(heldBy)}`)).body).toMatchObject({ repId: to });
    }

    await call(tenant, 'POST', `/users/${from}/deactivate`);
    const refused = await remove(tenant, from);
    expect(refused.body).toMatchObject({ status: 409, code: 'user_has_data' });
    // What the other rep has goes into its recycle bin, and makes room.
    for (const { heldBy } of kept) {
      const gone = await call(tenant, 'DELETE', `/customers/${String(heldBy)}`, undefined, { 'if-match': '*' });
      expect(gone.status).toBe(204);
    }
    const second = await ended(tenant, await transfer(tenant, from, to));
    expect(second).toMatchObject({ state: 'completed', counters: [{ entity: 'customer', moved: 2, kept: 0 }] });
    const asked = await remove(tenant, from);
    expect(asked.body).toMatchObject({ status: 409, code: 'confirmation_required' });
    expect((await remove(tenant, from, asked.headers.get('confirmation-token') ?? '')).status).toBe(204);
    expect((await call(tenant, 'GET', `/users/transfers/${String(first['id'])}`)).body).toEqual(first);
  });

  it('go with the own schedule, are counted before and after, and none is added any more', async () => {
    const tenant = await newCompany(system, 1);
    const rep = await idOf(tenant, repOf(0, 1));
    await addCustomers(tenant, repOf(0, 1), 1_200);
    const patch = (json: object) => call(tenant, 'PATCH', `/users/${rep}`, json, { 'if-match': '*' });
    const unconfirmed = await patch({ hasOwnSchedule: false });
    expect(unconfirmed.body).toMatchObject({
      status: 409,
      code: 'schedule_removal_not_confirmed',
      errors: [{ message: 'Customers: 1,200' }],
    });
    expect((await patch({ hasOwnSchedule: false, confirmScheduleRemoval: true })).status).toBe(200);
    const log = () => items(tenant, `/audit-log?subjectId=${rep}&action=schedule-removed`);
    await expect.poll(log).toHaveLength(1);
    const changes = (await log())[0]?.['changes'] as { field: string; to: unknown }[];
    const values = new Map(changes.map(({ field, to }) => [field, to]));
    expect(values.get('removed.customer')).toBe(1_200);
    await pointReady(tenant, values.get('restorePointId'));
    expect((await call(tenant, 'GET', `/restore-points/${String(values.get('restorePointId'))}`)).body).toMatchObject({
      occasion: 'schedule-removal',
      userId: rep,
    });
    expect(await items(tenant, `/customers?rep=${rep}`)).toEqual([]);
    const again = await patch({ hasOwnSchedule: true });
    expect(again.status).toBe(200);
    // Once user-admin says that there is a schedule again, field-data hears of it as well.
    await expect.poll(async () => (await addCustomers(tenant, repOf(0, 1), 1)).counters).toMatchObject({ created: 1 });
  });

  it('go over whole when the process is killed in the middle', async () => {
    const tenant = await newCompany(system, 2);
    const [from, to] = [await idOf(tenant, repOf(0, 2)), await idOf(tenant, repOf(1, 2))];
    await addCustomers(tenant, repOf(0, 2), 8_000);
    const id = await transfer(tenant, from, to);
    const moved = async () => {
      const { body } = await call(tenant, 'GET', `/users/transfers/${id}`);
      const [count] = body['counters'] as { moved: number }[];
      return count?.moved ?? 0;
    };
    await expect.poll(moved, { interval: 5 }).toBeGreaterThan(0);
    await system.kill();
    await system.start();
    const done = await ended(tenant, id);
    expect(done).toMatchObject({ state: 'completed', counters: [{ entity: 'customer', moved: 8_000, kept: 0 }] });
    const client = new pg.Client({ connectionString: system.adminUrl });
    await client.connect();
    try {
      const { rows } = await client.query(
        `select c.rep_id = $1 as there, c.version, count(*)::integer as n,
                sum((select count(*) from field_data.customer_change l where l.record_id = c.id and l.op = 'U'))::integer as moves
           from field_data.customer c where c.rep_id in ($1, $2) group by 1, 2`,
        [to, from],
      );
      expect(rows).toEqual([{ there: true, version: 2, n: 8_000, moves: 8_000 }]);
    } finally {
      await client.end();
    }
  });
});
