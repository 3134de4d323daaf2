import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, read, refusal, run, start, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const HEADER = ['Rep', 'Id', 'name1', 'city'];
const REPS = 2;

interface Absentee {
  readonly recordId: string;
  readonly repId: string | null;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly state: string;
}

describe('a sync of records', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const row = (rep: number, id: string, name = `Name ${id}`) => [repOf(rep, REPS), id, name, 'Wien'];
  const rowsOf = (rep: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => row(rep, `${rep}-${from + n}`));
  const sync = (options: object = {}, change: object = {}) => ({
    ...configuration(['name1', 'city'], options),
    ...{ mode: 'UpdateOrInsertOrDelete' },
    ...change,
  });
  const request = (rows: string[][], config: object = sync()) => ({
    file: csv([HEADER, ...rows]),
    configuration: config,
  });
  const go = (rows: string[][], config?: object) => run(system, tenant, request(rows, config));
  const get = async (path: string) => {
    const response = await fetch(`${system.url}${path}`, { headers: { authorization: `Bearer ${tenant.token}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as { items: Record<string, unknown>[]; nextCursor: string | null };
  };
  const absentees = async ({ id }: Pick<Import, 'id'>, query = '') =>
    (await get(`/v1/imports/${id}/absentees?limit=100${query}`)).items as unknown as Absentee[];
  const live = async (entity = 'customers') =>
    (await get(`/v1/${entity}?limit=500`)).items.map(({ externalId }) => String(externalId)).sort();
  const post = (id: string, command: string) =>
    fetch(`${system.url}/v1/imports/${id}/${command}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.token}` },
    });

  /** A company whose first rep has 20 customers, the second one 5. */
  async function company(): Promise<void> {
    tenant = await newCompany(system, REPS);
    const made = await go([...rowsOf(0, 0, 20), ...rowsOf(1, 0, 5)], sync({}, { mode: 'upsert' }));
    expect(made).toMatchObject({ state: 'completed', counters: { created: 25 } });
  }

  it('shows what would go, removes it after the rows, and what it removed can be had back', async () => {
    await company();
    const rows = [...rowsOf(0, 5, 20), row(0, 'new')];
    const checked = await start(system, tenant, request(rows, sync({ validateOnly: true })));
    const planned = await until(tenant, checked.id, ({ state }) => state === 'planned');
    expect(planned).toMatchObject({
      plan: { created: 1, unchanged: 15, removed: 5, deactivated: 0 },
      absentees: { planned: 5, removed: 0, withheld: null },
      guard: [{ effect: 'recordRemovals', planned: 5, base: 20, limit: 10, exceeded: false }],
    });
    const [rep] = (await get(`/v1/imports/${checked.id}/reps`)).items;
    expect(rep).toMatchObject({ plan: { removed: 5 }, counters: { removed: 0 } });
    const shown = await absentees(checked, `&rep=${String(rep?.['userId'])}`);
    expect(shown.map(({ externalId }) => externalId).sort()).toEqual(['0-0', '0-1', '0-2', '0-3', '0-4']);
    expect(shown[0]).toMatchObject({ name: `Name ${shown[0]?.externalId}`, state: 'planned', repId: rep?.['userId'] });
    expect(await live()).toHaveLength(25);

    const done = await go(rows);
    expect(done).toMatchObject({
      state: 'completed',
      problem: null,
      counters: { created: 1, unchanged: 15, removed: 5 },
    });
    expect(new Set((await absentees(done)).map(({ state }) => state))).toEqual(new Set(['removed']));
    // The other rep is in no row: nothing of it goes.
    expect(await live()).toEqual([...rowsOf(0, 5, 20), ...rowsOf(1, 0, 5), row(0, 'new')].map(([, id]) => id).sort());
    const bin = (await get(`/v1/recycle-bin?limit=100&cause=import`)).items;
    expect(bin.map(({ importId }) => importId)).toEqual([1, 2, 3, 4, 5].map(() => done.id));
    const back = await go(rowsOf(0, 0, 20), sync({}, { mode: 'upsert' }));
    expect(back.counters).toMatchObject({ updated: 5, unchanged: 15, removed: 0 });
    const again = await go([...rowsOf(0, 0, 20), row(0, 'new')]);
    expect(again).toMatchObject({
      state: 'completed',
      counters: { unchanged: 21, removed: 0 },
      absentees: { planned: 0 },
    });
  });

  it('waits for approval where half a file would remove too much, and writes nothing before', async () => {
    await company();
    const half = await start(system, tenant, request([...rowsOf(0, 0, 9), row(0, 'new')]));
    const waiting = await until(tenant, half.id, ({ state }) => state === 'awaitingApproval');
    expect(waiting).toMatchObject({
      problem: { code: 'guard_exceeded' },
      absentees: { planned: 11 },
      counters: { unprocessed: 10 },
    });
    expect(waiting.guard).toMatchObject([
      { effect: 'recordRemovals', planned: 11, base: 20, limit: 10, exceeded: true },
    ]);
    expect(await absentees(waiting)).toHaveLength(11);
    expect(await live()).toHaveLength(25);
    expect((await post(half.id, 'approve')).status).toBe(202);
    expect(await untilFinal(tenant, half.id)).toMatchObject({
      state: 'completed',
      counters: { created: 1, removed: 11 },
    });
    expect(await live()).toEqual([...rowsOf(0, 0, 9), ...rowsOf(1, 0, 5), row(0, 'new')].map(([, id]) => id).sort());
  });

  it('removes nothing when it is cancelled instead, or cannot be read to its end', async () => {
    await company();
    const half = await start(system, tenant, request(rowsOf(0, 0, 5)));
    await until(tenant, half.id, ({ state }) => state === 'awaitingApproval');
    expect((await post(half.id, 'cancel')).status).toBe(200);
    expect(await read(tenant, half.id)).toMatchObject({ state: 'cancelled', counters: { removed: 0 } });
    expect((await absentees(half)).every(({ state }) => state !== 'removed')).toBe(true);
    // Cut off in the middle of a quoted cell, and a workbook of which only half came through.
    const cut = csv([HEADER, ...rowsOf(0, 0, 20)]).slice(0, -4);
    const refused = await refusal(system, tenant, { file: cut, configuration: sync() });
    expect(refused).toMatchObject({ status: 422, body: { code: 'unbalanced_quotes' } });
    const headers = { authorization: `Bearer ${tenant.token}` };
    const exported = await fetch(`${system.url}/v1/customers/export?format=xlsx&language=en`, { headers });
    const book = new Uint8Array(await exported.arrayBuffer());
    const whole = { file: book.slice(0, book.length / 2), fileName: 'customers.xlsx', configuration: sync() };
    expect(await refusal(system, tenant, whole)).toMatchObject({ status: 422 });
    expect(await live()).toHaveLength(25);
  });

  it.each([
    ['a key is empty', [row(0, '')], {}, 'unreadable_rows'],
    ['a key cannot be read', [row(0, 'not allowed!')], {}, 'unreadable_rows'],
    ['a rep is unknown', [['nobody@example.com', '9', 'x', 'y']], {}, 'unknown_rep'],
    ['a cell of the rep is empty', [['', '9', 'x', 'y']], { unknownReps: 'ignore' }, 'unknown_rep'],
  ])('withholds what it would remove where %s, and says so', async (_case, bad, options, reason) => {
    await company();
    const done = await go([...rowsOf(0, 0, 18), ...bad], sync(options));
    expect(done).toMatchObject({
      state: 'completedWithErrors',
      problem: { code: 'removals_withheld' },
      absentees: { planned: 0, removed: 0, withheld: reason },
      counters: { unchanged: 18, invalid: 1, removed: 0 },
    });
    expect((await absentees(done)).map(({ state }) => state)).toEqual(['kept', 'kept']);
    expect(await live()).toHaveLength(25);
  });

  it('removes all the same where an unknown rep is to be ignored, and counts invalid rows as present', async () => {
    await company();
    const long = 'x'.repeat(300);
    const rows = [...rowsOf(0, 0, 15), row(0, '0-15', long), row(0, '0-16', ''), row(0, '0-17'), row(0, '0-17')];
    const done = await go([...rows, ['nobody@example.com', '9', 'x', 'y']], sync({ unknownReps: 'ignore' }));
    expect(done).toMatchObject({
      state: 'completedWithErrors',
      problem: null,
      counters: { unchanged: 16, invalid: 3, ignored: 1, removed: 2 },
    });
    expect(await live()).toEqual([...rowsOf(0, 0, 18), ...rowsOf(1, 0, 5)].map(([, id]) => id).sort());
  });

  it('takes a record that the file moves to another rep for present', async () => {
    await company();
    const rows = [...rowsOf(0, 1, 20), ...rowsOf(1, 0, 5), row(1, '0-0')];
    const done = await go(rows, sync({ transferMode: 'move' }));
    expect(done).toMatchObject({ state: 'completed', counters: { updated: 1, unchanged: 24, removed: 0 } });
    expect(await live()).toHaveLength(25);
  });

  it('removes nothing once there are too many errors, and nothing of who is left out', async () => {
    await company();
    const long = 'x'.repeat(300);
    const stopped = await go([...rowsOf(0, 0, 15), row(0, '0-15', long)], sync({ maxErrors: 0 }));
    expect(stopped).toMatchObject({ counters: { removed: 0 } });
    const config = sync({}, { userMapping: { by: 'email', SourceFieldID: 'Rep', exclude: [repOf(1, REPS)] } });
    const done = await go([...rowsOf(0, 0, 20), row(1, '1-0')], config);
    expect(done).toMatchObject({ state: 'completed', counters: { unchanged: 20, ignored: 1, removed: 0 } });
    expect(await live()).toHaveLength(25);
  });

  it('works for each kind of records, and leaves what refers to a customer that goes', async () => {
    await company();
    const kinds = [
      [
        'appointment',
        ['subject', 'customer', 'earliestBegin', 'duration'],
        ['Call', '0-0', '2026-03-14T09:30:00', '30'],
      ],
      ['task', ['subject', 'customer'], ['Call', '0-0']],
      ['report', ['type', 'customer'], ['other', '0-0']],
    ] as const;
    const fileOf = (fields: readonly string[], cells: readonly string[], ids: readonly string[]) =>
      csv([['Rep', 'Id', ...fields], ...ids.map((id) => [repOf(0, REPS), id, ...cells])]);
    for (const [entity, fields, cells] of kinds) {
      const config = { ...configuration(fields), entity, mode: 'sync' };
      await run(system, tenant, { file: fileOf(fields, cells, ['1', '2', '3']), configuration: config });
      const done = await run(system, tenant, { file: fileOf(fields, cells, ['1', '3']), configuration: config });
      expect(done).toMatchObject({ state: 'completed', entity, counters: { unchanged: 2, removed: 1 } });
      expect(await live(`${entity}s`)).toEqual(['1', '3']);
    }
    const customers = await go(rowsOf(0, 1, 20));
    expect(customers.counters).toMatchObject({ removed: 1 });
    for (const [entity] of kinds) expect(await live(`${entity}s`)).toEqual(['1', '3']);
  });

  it('ends each rep by itself where reps are run one by one', async () => {
    await company();
    const form = new FormData();
    form.set('file', new Blob([csv([HEADER, ...rowsOf(0, 2, 20), ...rowsOf(1, 1, 5)])]), 'customers.csv');
    const authorization = `Bearer ${tenant.token}`;
    const uploaded = await fetch(`${system.url}/v1/uploads`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    });
    const { id: uploadId } = (await uploaded.json()) as { id: string };
    const body = JSON.stringify({ uploadId, configuration: sync(), then: 'plan' });
    const headers = { authorization, 'content-type': 'application/json' };
    const created = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body });
    const { id } = (await created.json()) as Import;
    expect(await until(tenant, id, ({ state }) => state === 'planned')).toMatchObject({ absentees: { planned: 3 } });
    const [, second] = (await get(`/v1/imports/${id}/reps`)).items;
    expect((await post(id, `reps/${String(second?.['userId'])}/run`)).status).toBe(202);
    expect(await until(tenant, id, ({ state }) => state === 'paused')).toMatchObject({ counters: { removed: 1 } });
    expect(await live()).toEqual([...rowsOf(0, 0, 20), ...rowsOf(1, 1, 5)].map(([, key]) => key).sort());
    expect((await post(id, 'run')).status).toBe(202);
    expect(await untilFinal(tenant, id)).toMatchObject({ state: 'completed', counters: { unchanged: 22, removed: 3 } });
    expect(await live()).toEqual([...rowsOf(0, 2, 20), ...rowsOf(1, 1, 5)].map(([, key]) => key).sort());
  });

  it('tells a connector in a line of the summary', async () => {
    await company();
    const form = new FormData();
    form.set('importConfig', JSON.stringify(configuration(['name1', 'city'])));
    form.set('file', new Blob([csv([HEADER, ...rowsOf(0, 1, 20)])]), 'customers.csv');
    const headers = { authorization: `Bearer ${tenant.token}` };
    const url = `${system.url}/api/ImportCustomers?mode=UpdateOrInsertOrDelete&language=de`;
    const answer = await fetch(url, { method: 'POST', headers, body: form });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('\nFehlend und entfernt: 1\n')]);
  });
});
