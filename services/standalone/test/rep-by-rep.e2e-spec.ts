import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter } from '@muster/tabular';
import { customers, newCompany, read, run, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const HEADER = ['Rep', 'Id', 'name1', 'city'];
const REPS = 4;

async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const output = new PassThrough();
  const bytes = buffer(output);
  const writer = await createTableWriter('xlsx', output, { sheetName: 'Customers', language: 'en' });
  await writer.write([HEADER, ...rows].map((row) => [...row]));
  await writer.end();
  return Uint8Array.from(await bytes);
}

/** Customers of all reps in turn. */
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => [repOf(i, REPS), `K${i}`, `Name ${i}`, `City ${i}`]);

describe('an import rep by rep', () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  async function upload(file: string | Uint8Array<ArrayBuffer>, name: string): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([file]), name);
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }
  async function begin(uploadId: string, then: 'stage' | 'plan', fields: string[]): Promise<Import> {
    const body = { uploadId, configuration: configuration(fields) as Record<string, never>, then };
    const { data, error } = await tenant.client.POST('/v1/imports', { body });
    if (!data) throw new Error(JSON.stringify(error));
    return until(tenant, data.id, ({ state }) => state === (then === 'plan' ? 'planned' : 'staged'));
  }
  const reps = async (id: string) =>
    (await tenant.client.GET('/v1/imports/{id}/reps', { params: { path: { id } } })).data?.items ?? [];
  const rows = async (id: string, rep?: string) => {
    const query = { limit: 100, ...(rep && { rep }) };
    return (await tenant.client.GET('/v1/imports/{id}/rows', { params: { path: { id }, query } })).data?.items ?? [];
  };
  const runRep = (id: string, userId: string) =>
    tenant.client.POST('/v1/imports/{id}/reps/{userId}/run', { params: { path: { id, userId } } });
  const skipRep = (id: string, userId: string) =>
    tenant.client.POST('/v1/imports/{id}/reps/{userId}/skip', { params: { path: { id, userId } } });
  const points = async (importId: string) =>
    ((await tenant.client.GET('/v1/restore-points')).data?.items ?? []).filter((point) => point.importId === importId);
  const results = async (id: string, outcome: string) => {
    const headers = { authorization: `Bearer ${tenant.token}` };
    const file = await fetch(`${system.url}/v1/imports/${id}/results?outcome=${outcome}&language=en`, { headers });
    return (await file.text()).trimEnd().split('\r\n').length - 1;
  };

  it('previews, imports one, skips one, goes back, and imports all that are left', async () => {
    tenant = await newCompany(system, REPS);
    const stranger = ['nobody@example.com', 'X', 'Nobody', 'Nowhere'];
    const uploadId = await upload(await workbook([...rowsOf(12), stranger]), 'tour.xlsx');
    const { id } = await begin(uploadId, 'plan', ['name1']);
    const [one, two, three, four] = (await reps(id)).map(({ userId }) => userId ?? '');
    if (!one || !two || !three || !four) throw new Error('Four reps are in the file');
    expect((await rows(id, one)).map(({ row, outcome }) => [row, outcome])).toEqual(
      [[2, 'created'], [6, 'created'], [10, 'created']],
    ); // prettier-ignore
    expect(await customers(tenant)).toHaveLength(0);

    await runRep(id, one);
    const paused = await until(tenant, id, ({ state }) => state === 'paused');
    expect(paused).toMatchObject({
      counters: { read: 13, created: 3, unprocessed: 10 },
      reps: { waiting: 3, done: 1 },
    });
    expect(await customers(tenant)).toHaveLength(3);
    await expect.poll(async () => (await points(id)).map(({ open }) => open)).toEqual([false]);
    expect((await rows(id, two)).every(({ outcome }) => outcome === 'created')).toBe(true);
    expect((await skipRep(id, two)).data?.counters).toMatchObject({ created: 3, ignored: 3, unprocessed: 7 });

    // Whoever pauses is in nobody's way.
    const other = await run(system, tenant, {
      file: csv([HEADER, [repOf(2, REPS), 'K2', 'Name 2', 'Graz']]),
      configuration: configuration(['name1', 'city']),
    });
    expect(other).toMatchObject({ state: 'completed', counters: { created: 1 } });

    const { response } = await tenant.client.GET('/v1/imports/{id}', { params: { path: { id } } });
    const { data: back, error } = await tenant.client.PATCH('/v1/imports/{id}', {
      params: { path: { id }, header: { 'If-Match': response.headers.get('etag') ?? '' } },
      body: { configuration: configuration(['name1', 'city']) as Record<string, never> },
    });
    expect(back, JSON.stringify(error)).toMatchObject({ state: 'draft', configurationNo: 2, counters: { created: 3 } });
    await tenant.client.POST('/v1/imports/{id}/plan', { params: { path: { id } } });
    const planned = await until(tenant, id, ({ state }) => state === 'planned');
    expect(planned.plan).toMatchObject({ read: 7, created: 5, updated: 1, invalid: 1 });
    expect(planned.counters).toMatchObject({ read: 13, created: 3, ignored: 3, unprocessed: 7 });

    await tenant.client.POST('/v1/imports/{id}/run', { params: { path: { id } } });
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({
      ...{ state: 'completedWithErrors', restorePointId: paused.restorePointId },
      counters: { read: 13, created: 8, updated: 1, ignored: 3, invalid: 1, unprocessed: 0 },
    });
    const summary = (await reps(id)).map(({ userId, progress, configurationNo, counters }) => ({
      ...{ userId, progress, configurationNo, written: counters.created + counters.updated, ignored: counters.ignored },
    }));
    expect(summary).toEqual([
      { userId: one, progress: 'done', configurationNo: 1, written: 3, ignored: 0 },
      { userId: two, progress: 'skipped', configurationNo: 2, written: 0, ignored: 3 },
      { userId: three, progress: 'done', configurationNo: 2, written: 3, ignored: 0 },
      { userId: four, progress: 'done', configurationNo: 2, written: 3, ignored: 0 },
      { userId: null, progress: 'done', configurationNo: 2, written: 0, ignored: 0 },
    ]);
    // The cities are those that the second configuration brought.
    const cities = new Map((await customers(tenant)).map(({ externalId, city }) => [externalId, city]));
    expect([cities.get('K0'), cities.get('K2'), cities.get('K3')]).toEqual([null, 'City 2', 'City 3']);
    const files = await Promise.all(['successful', 'failed', 'unprocessed'].map((outcome) => results(id, outcome)));
    expect(files).toEqual([9, 4, 0]);
    expect(await points(id)).toHaveLength(1);
  });

  it('is killed while it writes one: that one is finished, and the others go on waiting', async () => {
    tenant = await newCompany(system, REPS);
    const uploadId = await upload(csv([HEADER, ...rowsOf(4_000)]), 'large.csv');
    const { id } = await begin(uploadId, 'stage', ['name1', 'city']);
    const [first] = await reps(id);
    await runRep(id, first?.userId ?? '');
    await until(tenant, id, ({ counters }) => counters.created > 0);
    await system.kill();
    await system.start();
    const paused = await until(tenant, id, ({ state }) => state === 'paused');
    expect(paused.counters).toMatchObject({ read: 4_000, created: 1_000, unprocessed: 3_000 });
    expect((await reps(id)).map(({ progress }) => progress)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
    await system.kill();
    await system.start();
    expect((await read(tenant, id)).state).toBe('paused');
    await tenant.client.POST('/v1/imports/{id}/run', { params: { path: { id } } });
    expect((await untilFinal(tenant, id)).counters).toMatchObject({ created: 4_000, unprocessed: 0 });
  });
});
