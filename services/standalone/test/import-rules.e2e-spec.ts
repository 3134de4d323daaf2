import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import {
  customers,
  newCompany,
  read,
  repIdOf,
  run,
  send,
  start,
  until,
  untilFinal,
  type Import,
  type Tenant,
} from './api.js';
import { holdRep } from './holding.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, customerTable, repOf } from './tables.js';

const header = ['Rep', 'Id', 'name1', 'city'];
const fields = ['name1', 'city'];
const upsert = configuration(fields);
const row = (id: string, name: string, city = 'Wien', rep = 0) => [repOf(rep, 2), id, name, city];

describe('what an import does with rows', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const fresh = async () => {
    tenant = await newCompany(system, 2);
  };
  const go = (rows: string[][], config: object = upsert) =>
    run(system, tenant, { file: csv([header, ...rows]), configuration: config });

  async function upload(rows: string[][]): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([csv([header, ...rows])]), 'customers.csv');
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }

  async function create(rows: string[][], then: 'stage' | 'plan' | 'run', config: object = upsert): Promise<Import> {
    const body = { uploadId: await upload(rows), configuration: config as Record<string, never>, then };
    const headers = { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status).toBe(202);
    return (await response.json()) as Import;
  }

  const rowsOf = async (id: string, query: object = {}) =>
    (await tenant.client.GET('/v1/imports/{id}/rows', { params: { path: { id }, query: { limit: 100, ...query } } }))
      .data?.items ?? [];

  it('shows by the plan what a run would do, field by field, and writes nothing until it runs', async () => {
    await fresh();
    await go([row('A', 'Alt', 'Wien'), row('B', 'Gleich', 'Graz')]);
    const { id } = await create([row('A', 'Neu', 'Wien'), row('B', 'Gleich', 'Graz'), row('C', 'Dritter')], 'plan');
    const planned = await until(tenant, id, ({ state }) => state === 'planned');
    expect(planned.plan).toMatchObject({ read: 3, created: 1, updated: 1, unchanged: 1 });
    expect(planned).toMatchObject({ restorePointId: null, counters: { unprocessed: 3 } });
    const rows = await rowsOf(id);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged', 'created']);
    expect(rows[0]?.changes).toEqual([{ field: 'name1', from: 'Alt', to: 'Neu' }]);
    expect(rows[2]?.values).toMatchObject({ externalId: 'C', name1: 'Dritter' });
    expect(await customers(tenant)).toHaveLength(2);
    await tenant.client.POST('/v1/imports/{id}/run', { params: { path: { id } } });
    const done = await untilFinal(tenant, id);
    const { unprocessed: _plan, ...plan } = planned.plan ?? { unprocessed: 0 };
    const { unprocessed: _run, ...counters } = done.counters;
    expect(counters).toEqual(plan);
    expect((await customers(tenant)).map(({ name1 }) => name1).sort()).toEqual(['Dritter', 'Gleich', 'Neu']);
  });

  it.each([
    [
      'create',
      [
        ['created', undefined],
        ['invalid', 'duplicate_key'],
      ],
    ],
    [
      'update',
      [
        ['ignored', 'key_not_found'],
        ['updated', undefined],
      ],
    ],
    [
      'upsert',
      [
        ['created', undefined],
        ['updated', undefined],
      ],
    ],
  ] as const)('mode %s: a new key, then a known one', async (mode, expected) => {
    await fresh();
    await go([row('KNOWN', 'Bekannt')]);
    const done = await go([row('NEW', 'Neu'), row('KNOWN', 'Anders')], { ...upsert, mode });
    const rows = await rowsOf(done.id);
    expect(rows.map(({ outcome, problems }) => [outcome, problems[0]?.code])).toEqual(expected);
  });

  it('leaves a rep out, and takes it in again', async () => {
    await fresh();
    const { id } = await create([row('A', 'x', 'Wien', 0), row('B', 'y', 'Graz', 1)], 'stage');
    await until(tenant, id, ({ state }) => state === 'staged');
    const path = { params: { path: { id } } };
    const { data: assignment, response } = await tenant.client.GET('/v1/imports/{id}/assignment', path);
    expect(assignment).toMatchObject({ emptyRows: 0, notFound: [], notNamed: [] });
    const [first] = assignment?.found ?? [];
    const header = { 'If-Match': response.headers.get('etag') ?? '' };
    const change = { params: { ...path.params, header }, body: { exclude: [first?.userId ?? ''] } };
    await tenant.client.PATCH('/v1/imports/{id}/assignment', change);
    await tenant.client.POST('/v1/imports/{id}/run', path);
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({ state: 'completed', counters: { created: 1, ignored: 1 } });
    expect((await rowsOf(id))[0]?.problems.map(({ code }) => code)).toEqual(['rep_excluded']);
  });

  it('all or nothing: one invalid row, and nothing is written', async () => {
    await fresh();
    const config = configuration(fields, { errorPolicy: 'allOrNothing' });
    const done = await go([row('A', 'x'), row('not allowed!', 'y')], config);
    expect(done).toMatchObject({ state: 'failed', problem: { code: 'rows_invalid' }, restorePointId: null });
    expect(done.counters).toMatchObject({ read: 2, created: 0, invalid: 1, unprocessed: 1 });
    expect(await customers(tenant)).toEqual([]);
  });

  it('stops when more rows are wrong than maxErrors', async () => {
    await fresh();
    const done = await go([row('A', 'x'), row('no!', 'y'), row('no?', 'z')], configuration(fields, { maxErrors: 1 }));
    expect(done).toMatchObject({ state: 'aborted', counters: { invalid: 2, unprocessed: 1 } });
  });

  it('validateOnly never writes, however it is asked to run', async () => {
    await fresh();
    const config = configuration(fields, { validateOnly: true });
    const { id } = await create([row('A', 'x')], 'run', config);
    expect(await until(tenant, id, ({ state }) => state === 'planned')).toMatchObject({ plan: { created: 1 } });
    expect(await customers(tenant)).toEqual([]);
  });

  it('answers the same file and configuration, sent again meanwhile, with the import under way', async () => {
    await fresh();
    const table = customerTable(300, 2);
    const request = { file: csv(table.rows), configuration: configuration(table.fields) };
    const release = await holdRep(system, await repIdOf(tenant, repOf(0, 2)));
    const [one, two] = [await start(system, tenant, request), await start(system, tenant, request)];
    expect(two.id).toBe(one.id);
    await until(tenant, one.id, ({ state }) => state === 'running');
    const other = await send(system, tenant, { ...request, configuration: configuration(['name1']) });
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, 'import_running']);
    await release();
    expect((await untilFinal(tenant, one.id)).counters).toMatchObject({ created: 300 });
  });

  it('an idempotency key makes one import, and is refused with another file', async () => {
    await fresh();
    const post = async (name: string) => {
      const form = new FormData();
      form.set('configuration', JSON.stringify(upsert));
      form.set('file', new Blob([csv([header, row('A', name)])]), 'customers.csv');
      const headers = { authorization: `Bearer ${tenant.token}`, 'idempotency-key': 'nightly-2026-11-23' };
      const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: form });
      return { status: response.status, body: (await response.json()) as { id: string; code: string } };
    };
    const first = await post('x');
    await untilFinal(tenant, first.body.id);
    expect((await post('x')).body.id).toBe(first.body.id);
    expect(await post('y')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('streams its progress, and goes on after the last event that was seen', async () => {
    await fresh();
    const table = customerTable(5_000, 2);
    const { id } = await start(system, tenant, { file: csv(table.rows), configuration: configuration(table.fields) });
    const events = await watch(id);
    expect(events.at(-1)?.event).toBe('finished');
    const counts = events.map(({ data }) => (JSON.parse(data) as Import).counters.created);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    const last = Number(events.at(-1)?.id);
    expect((await watch(id, String(last - 1))).map((event) => Number(event.id))).toEqual([last]);
  });

  it('gives failed rows back with their original columns; corrected, they are imported as they are', async () => {
    await fresh();
    const done = await go([row('A', 'gut'), row('no!', '=1+1; "x"'), ['', 'C', 'ohne\r\nMitarbeiter', 'Graz']]);
    expect(done.counters).toMatchObject({ created: 1, invalid: 2 });
    const url = `${system.url}/v1/imports/${done.id}/results?outcome=failed&language=de`;
    const failed = await (await fetch(url, { headers: { authorization: `Bearer ${tenant.token}` } })).text();
    expect(failed).toContain('rep_missing');
    const corrected = failed.replace('no!', 'B').replace(/^;C;/m, `${repOf(0, 2)};C;`);
    const again = await run(system, tenant, { file: corrected, configuration: upsert });
    expect(again).toMatchObject({ state: 'completed', counters: { read: 2, created: 2 } });
    const names = new Map((await customers(tenant)).map(({ externalId, name1 }) => [externalId, name1]));
    expect(names.get('B')).toBe('=1+1; "x"');
    expect(names.get('C')).toBe('ohne\r\nMitarbeiter');
  });

  it('a NUL in the rep column makes its row invalid, and the import ends', async () => {
    await fresh();
    const done = await go([
      row('A', 'x'),
      ['rep\u000001@example.com', 'B', 'y', 'Graz'],
      ['r'.repeat(300), 'C', 'z', 'Graz'],
    ]);
    expect(done.counters).toMatchObject({ created: 1, invalid: 2 });
    expect((await rowsOf(done.id, { outcome: 'invalid' })).map(({ problems }) => problems[0]?.code)).toEqual([
      'invalid_character',
      'too_long',
    ]);
  });

  it('says 409 and the state where a command is not possible', async () => {
    await fresh();
    const done = await go([row('A', 'x')]);
    const { error, response } = await tenant.client.POST('/v1/imports/{id}/run', { params: { path: { id: done.id } } });
    expect(response.status).toBe(409);
    expect(error).toMatchObject({ code: 'import_state' });
    expect((await read(tenant, done.id)).links).not.toHaveProperty('run');
  });

  async function watch(id: string, lastEventId?: string): Promise<EventSourceMessage[]> {
    const events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => events.push(event) });
    const headers = { authorization: `Bearer ${tenant.token}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
    const response = await fetch(`${system.url}/v1/imports/${id}/events`, { headers });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    return events;
  }
});
