import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, read, run, start, until, untilFinal, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const FIELDS = ['name1', 'city'];
const HOUR_MS = 60 * 60_000;

describe('what nobody looks at', () => {
  let system: System;
  let tenant: Tenant;
  /** An API key, as a connector has it. */
  let connector: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, 1);
    const { apiKey } = await ask<{ apiKey: string }>('POST', '/v1/api-keys', {
      name: 'erp',
      scopes: ['imports:read', 'imports:write'],
    });
    connector = { ...tenant, token: apiKey };
  });
  afterAll(() => system?.stop());

  /** As the administrator. */
  async function ask<Answer>(method: string, path: string, body?: object, { token } = tenant): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${system.url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  const file = (from: number, to: number, city = 'Wien') =>
    csv([
      ['Rep', 'Id', ...FIELDS],
      ...Array.from({ length: to - from }, (_, n) => [repOf(0, 1), `C${from + n}`, `Name ${from + n}`, city]),
    ]);
  const sync = { ...configuration(FIELDS), mode: 'sync' };

  async function dropIn(
    content: string,
    query: string,
    headers: Record<string, string> = {},
    config: object | null = sync,
  ) {
    const form = new FormData();
    if (config) form.set('importConfig', JSON.stringify(config));
    form.set('file', new Blob([content]), 'customers.csv');
    const response = await fetch(`${system.url}/api/ImportCustomers?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${connector.token}`, ...headers },
      body: form,
    });
    const text = await response.text();
    return { status: response.status, text, id: /\/v1\/imports\/([0-9a-f]{32})/.exec(text)?.[1] ?? '' };
  }

  it('checks only, as often as wanted, and a key answers once', async () => {
    const checks = configuration(FIELDS, { validateOnly: true });
    const checked = await dropIn(file(0, 5), 'language=de', { 'idempotency-key': 'night 1' }, checks);
    expect(checked.text).toContain('geprüft, nichts geschrieben\n');
    expect(checked.text).toContain('Angelegt: 5\n');
    expect(await dropIn(file(0, 5), 'language=de', { 'idempotency-key': 'night 1' }, checks)).toEqual(checked);
    const other = await dropIn(file(0, 6), 'language=de', { 'idempotency-key': 'night 1' }, checks);
    expect(other).toMatchObject({ status: 422, text: expect.stringContaining('(idempotency_key_reused)') as string });
    expect((await ask<{ items: unknown[] }>('GET', '/v1/customers')).items).toEqual([]);
  });

  it('stops for more errors than a share of the rows, and says so', async () => {
    const wrong = csv([['Rep', 'Id', ...FIELDS], ...['a', 'b!', 'c!'].map((id) => [repOf(0, 1), id, id, 'x'])]);
    const stopped = await dropIn(wrong, 'mode=upsert', {}, configuration(FIELDS, { maxErrors: '50 %' }));
    expect(stopped.status).toBe(422);
    expect(stopped.text).toMatch(/Not processed: 1\nReason: 2 rows were .* 1 .*\(too_many_errors\)/);
  });

  it('waits behind what the guard stopped, and goes on in order once that was approved; a key approves nothing', async () => {
    await run(system, connector, { file: file(0, 40), configuration: sync });
    const stopped = await dropIn(file(0, 10), 'language=de');
    expect(stopped).toMatchObject({ status: 409, text: expect.stringContaining('(guard_exceeded)') as string });
    const held = await dropIn(file(0, 35, 'Graz'), '');
    expect(held).toMatchObject({ status: 409, text: expect.stringContaining('(waits_behind)') as string });
    expect((await read(tenant, held.id)).waitsBehind).toBe(stopped.id);
    // Sent again, it is still the same.
    expect((await dropIn(file(0, 35, 'Graz'), '')).id).toBe(held.id);
    const approve = (token: string) =>
      fetch(`${system.url}/v1/imports/${stopped.id}/approve`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'if-match': '*' },
      });
    expect((await approve(connector.token)).status).toBe(403);
    expect((await approve(tenant.token)).status).toBe(202);
    expect(await untilFinal(tenant, stopped.id)).toMatchObject({ state: 'completed', counters: { removed: 30 } });
    // What the first one removed comes back from the recycle bin.
    expect(await untilFinal(tenant, held.id)).toMatchObject({
      state: 'completed',
      counters: { updated: 35 },
    });
  });

  it('is refused while another of its kind writes, for this company alone, and is done once that has ended', async () => {
    const [company, other] = [await newCompany(system, 1), await newCompany(system, 1)];
    const upsert = configuration(FIELDS);
    const first = await start(system, company, { file: file(0, 20_000), configuration: upsert });
    await until(company, first.id, ({ state, counters }) => state === 'running' && counters.created > 0);
    const call = (who: Tenant, content = file(0, 3)) => dropIn(content, 'mode=upsert', { authorization: `Bearer ${who.token}` }, upsert); // prettier-ignore
    const [refused, theirs] = await Promise.all([call(company), call(other)]);
    expect(refused).toMatchObject({ status: 409, text: expect.stringContaining('(import_running)') as string });
    expect(refused.text).toContain(first.id);
    expect(theirs).toMatchObject({ status: 200, text: expect.stringContaining('Created: 3\n') as string });
    // What is refused leaves nothing behind.
    const { items } = await ask<{ items: { id: string }[] }>('GET', '/v1/imports', undefined, company);
    expect(items.map(({ id }) => id)).toEqual([first.id]);
    // The same file and configuration are answered with the job that is under way.
    expect((await call(company, file(0, 20_000))).id).toBe(first.id);
    expect(await untilFinal(company, first.id)).toMatchObject({ state: 'completed', counters: { created: 20_000 } });
    expect(await call(company)).toMatchObject({ status: 200, text: expect.stringContaining('Unchanged: 3\n') as string }); // prettier-ignore
  });

  it('waits for the night of the company, unless it is night', async () => {
    const clock = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);
    const nightly = { file: file(0, 3), configuration: configuration(FIELDS, { startAt: 'nightWindow' }) };
    const companyWithNight = async (from: number, to: number) => {
      const company = await newCompany(system, 1);
      await ask(
        'PATCH',
        '/v1/company',
        { timeZone: 'UTC', nightWindow: { from: clock(from), to: clock(to) } },
        company,
      );
      return company;
    };
    const [night, day] = [await companyWithNight(-1, 2), await companyWithNight(6, 8)];
    expect(await run(system, night, nightly)).toMatchObject({ state: 'completed', counters: { created: 3 } });
    const { id } = await start(system, day, nightly);
    const { scheduledFor } = await until(day, id, ({ scheduledFor }) => scheduledFor !== null);
    const left = Date.parse(scheduledFor ?? '') - Date.now();
    expect(left).toBeGreaterThan(5.9 * HOUR_MS);
    expect(left).toBeLessThanOrEqual(6 * HOUR_MS);
    await ask('POST', `/v1/imports/${id}/run`, { startAt: 'now' }, day);
    expect(await untilFinal(day, id)).toMatchObject({ state: 'completed', counters: { created: 3 } });
  });

  it('is missed when it does not come', async () => {
    const { id } = await ask<{ id: string }>('POST', '/v1/import-configurations', {
      name: 'nightly',
      configuration: sync,
      expectedBy: { localTime: '00:00' },
    });
    await yesterday(system, id);
    const missed = async () => (await ask<{ missed: string | null }>('GET', `/v1/import-configurations/${id}`)).missed;
    await expect.poll(missed, { interval: 500 }).not.toBeNull();
    expect(await dropIn(file(0, 35, 'Graz'), 'configurationName=Nightly', {}, null)).toMatchObject({ status: 200 });
    await expect.poll(missed).toBeNull();
  });
});

/** As if nobody had looked at the configuration since a day ago. */
async function yesterday({ adminUrl }: System, id: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('muster.actor', 'system', true), set_config('muster.cause', 'test', true),
              set_config('muster.company', company_id::text, true) from import.import_configuration where id = $1`,
      [id],
    );
    await client.query(
      `update import.import_configuration set judged_until = now() - interval '1 day', look_at = now() where id = $1`,
      [id],
    );
    await client.query('commit');
  } finally {
    await client.end();
  }
}
