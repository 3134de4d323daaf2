import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, run, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const HEADER = ['Rep', 'Id', 'name1', 'city'];
const REPS = 3;
const OF_EACH = 20;

type Row = string[];
interface Item {
  readonly id: string;
  readonly externalId: string;
  readonly state: string;
  readonly userId: string;
  readonly problem: { readonly code: string } | null;
}

describe('a sync of records, rep by rep and with people at work meanwhile', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const rowsOf = (rep: number, from = 0, to = OF_EACH): Row[] =>
    Array.from({ length: to - from }, (_, n) => [repOf(rep, REPS), `${rep}-${from + n}`, `Name ${from + n}`, 'Wien']);
  const idsOf = (...rows: Row[][]) => rows.flat().map(([, id]) => String(id)).sort(); // prettier-ignore
  const sync = (fields = ['name1', 'city'], options: object = {}) => ({
    ...configuration(fields, options),
    mode: 'sync',
  });

  async function call<Answer = Import>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Answer }> {
    const isForm = body instanceof FormData;
    const headers = {
      authorization: `Bearer ${tenant.token}`,
      'if-match': '*',
      ...(body && !isForm && { 'content-type': 'application/json' }),
    };
    const init = { method, headers, ...(body && { body: isForm ? body : JSON.stringify(body) }) };
    const response = await fetch(`${system.url}/v1${path}`, init);
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }
  const items = async (path: string) => (await call<{ items: Item[] }>('GET', path)).body.items;
  const live = async () => (await items('/customers?limit=500')).map(({ externalId }) => externalId).sort();
  const absentees = async ({ id }: Pick<Import, 'id'>) => {
    const all = await items(`/imports/${id}/absentees?limit=500`);
    return Object.fromEntries(all.map(({ externalId, state, problem }) => [externalId, problem?.code ?? state]));
  };
  const customer = async (externalId: string) => {
    const found = (await items('/customers?limit=500')).find((one) => one.externalId === externalId);
    if (!found) throw new Error(`There is no customer ${externalId}`);
    return found.id;
  };

  function form(rows: Row[]): FormData {
    const data = new FormData();
    data.set('file', new Blob([csv([HEADER, ...rows])]), 'customers.csv');
    return data;
  }
  const upload = async (rows: Row[]) => (await call('POST', '/uploads', form(rows))).body.id;
  const reaches = (id: string, wanted: string) => until(tenant, id, ({ state }) => state === wanted);

  /** A company whose reps have 20 customers each. */
  async function company(): Promise<string[]> {
    tenant = await newCompany(system, REPS);
    const rows = [0, 1, 2].flatMap((rep) => rowsOf(rep));
    expect(await run(system, tenant, { file: csv([HEADER, ...rows]), configuration: configuration(['name1', 'city']) })).toMatchObject({
      state: 'completed',
      counters: { created: REPS * OF_EACH },
    }); // prettier-ignore
    const users = await Promise.all([0, 1, 2].map((rep) => items(`/users?q=${encodeURIComponent(repOf(rep, REPS))}`)));
    return users.map(([user]) => user?.id ?? '');
  }

  async function plan(rows: Row[], config: object = sync()): Promise<Import> {
    const { body } = await call('POST', '/imports', {
      uploadId: await upload(rows),
      configuration: config,
      then: 'plan',
    });
    return reaches(body.id, 'planned');
  }

  it('Back to another configuration and another file: who waits is planned anew, of who is done nothing more goes', async () => {
    const [, second = ''] = await company();
    // The first file comes in parts.
    const parts = { seriesId: 'customers' };
    const opened = await call('POST', '/imports', { parts, configuration: sync(), then: 'plan' });
    const { id } = opened.body;
    const put = (part: number, rows: Row[]) => call('PUT', `/imports/${id}/parts/${part}`, form(rows));
    expect((await put(1, [...rowsOf(0, 2), ...rowsOf(1, 1, 10)])).status).toBeLessThan(300);
    expect((await put(2, [...rowsOf(1, 10), ...rowsOf(2, 3)])).status).toBeLessThan(300);
    expect((await call('POST', `/imports/${id}/parts/close`, { count: 2 })).status).toBeLessThan(300);
    expect(await reaches(id, 'planned')).toMatchObject({ absentees: { planned: 6 }, counters: { read: 54 } });
    await call('POST', `/imports/${id}/reps/${second}/run`);
    expect(await reaches(id, 'paused')).toMatchObject({ counters: { unchanged: 19, removed: 1, unprocessed: 35 } });

    expect((await call('PATCH', `/imports/${id}`, { configuration: sync(['name1']) })).status).toBe(200);
    await call('POST', `/imports/${id}/plan`);
    expect(await reaches(id, 'planned')).toMatchObject({ absentees: { planned: 5, removed: 1 } });

    const uploadId = await upload([...rowsOf(0, 4), ...rowsOf(1, 10), ...rowsOf(2)]);
    expect((await call('PATCH', `/imports/${id}`, { uploadId })).body).toMatchObject({
      counters: { read: 19, unchanged: 19, removed: 1, unprocessed: 0 },
    });
    await call('POST', `/imports/${id}/plan`);
    expect(await reaches(id, 'planned')).toMatchObject({
      absentees: { planned: 4, removed: 1 },
      counters: { read: 55 },
    });
    await call('POST', `/imports/${id}/run`);
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({
      state: 'completed',
      problem: null,
      counters: { read: 55, unchanged: 55, removed: 5 },
    });
    expect(await live()).toEqual(idsOf(rowsOf(0, 4), rowsOf(1, 1), rowsOf(2)));
    const gone = ['0-0', '0-1', '0-2', '0-3', '1-0'];
    expect(await absentees(done)).toEqual(Object.fromEntries(gone.map((one) => [one, 'removed'])));
    const perRep = (await call<{ items: { counters: { removed: number } }[] }>('GET', `/imports/${id}/reps`)).body
      .items;
    expect(perRep.map(({ counters }) => counters.removed).sort()).toEqual([0, 1, 4]);
  });

  it('closed after Back: what is gone stays counted, nothing of the rest goes', async () => {
    const [first = ''] = await company();
    const { id } = await plan([...rowsOf(0, 2), ...rowsOf(1, 3)]);
    await call('POST', `/imports/${id}/reps/${first}/run`);
    await reaches(id, 'paused');
    await call('PATCH', `/imports/${id}`, { uploadId: await upload(rowsOf(1, 5)) });
    expect((await call('POST', `/imports/${id}/cancel`)).body).toMatchObject({
      state: 'cancelled',
      counters: { read: 18, unchanged: 18, unprocessed: 0, removed: 2 },
    });
    expect(await live()).toEqual(idsOf(rowsOf(0, 2), rowsOf(1), rowsOf(2)));
  });

  it('beyond the guard: approved for the chosen reps, it runs those alone', async () => {
    const [, second = ''] = await company();
    const { id } = await plan([...rowsOf(0, 10), ...rowsOf(1, 15), ...rowsOf(2)]);
    expect((await call('POST', `/imports/${id}/run`, { reps: [second] })).status).toBe(202);
    expect(await reaches(id, 'awaitingApproval')).toMatchObject({
      absentees: { planned: 25 },
      counters: { removed: 0 },
    });
    expect(await live()).toHaveLength(REPS * OF_EACH);
    expect((await call('POST', `/imports/${id}/approve`)).status).toBe(202);
    expect(await reaches(id, 'paused')).toMatchObject({ counters: { unchanged: 5, removed: 15, unprocessed: 30 } });
    expect(await live()).toEqual(idsOf(rowsOf(0), rowsOf(1, 15), rowsOf(2)));
    expect(Object.values(await absentees({ id })).sort()).toEqual([
      ...Array<string>(10).fill('planned'),
      ...Array<string>(15).fill('removed'),
    ]);
    await call('POST', `/imports/${id}/run`);
    expect(await untilFinal(tenant, id)).toMatchObject({
      state: 'completed',
      counters: { unchanged: 35, removed: 25 },
    });
    expect(await live()).toEqual(idsOf(rowsOf(0, 10), rowsOf(1, 15), rowsOf(2)));
  });

  it('takes what was there at the restore point, and was planned, and is still the rep’s', async () => {
    const [, second = '', third = ''] = await company();
    const { id } = await plan([...rowsOf(0, 6), ...rowsOf(1, 1), ...rowsOf(2, 1)]);
    expect((await call('PATCH', `/customers/${await customer('0-0')}`, { city: 'Linz' })).status).toBe(200);
    const restored = await customer('0-1');
    for (const one of [restored, await customer('0-2')])
      expect((await call('DELETE', `/customers/${one}`)).status).toBe(204);
    expect((await call('POST', '/recycle-bin/restore', { ids: [restored] })).status).toBeLessThan(300);
    const moved = {
      file: csv([HEADER, [repOf(1, REPS), '0-3', 'Name 3', 'Wien']]),
      configuration: configuration(['name1', 'city'], { transferMode: 'move' }),
    };
    expect(await run(system, tenant, moved)).toMatchObject({ state: 'completed', counters: { updated: 1 } });
    const late = {
      file: csv([HEADER, [repOf(0, REPS), 'late', 'Late', 'Wien']]),
      configuration: configuration(['name1', 'city']),
    };
    expect(await run(system, tenant, late)).toMatchObject({ counters: { created: 1 } });
    expect((await call('POST', `/users/${second}/deactivate`)).status).toBeLessThan(300);
    expect(
      (await call('PATCH', `/users/${third}`, { hasOwnSchedule: false, confirmScheduleRemoval: true })).status,
    ).toBe(200);
    expect((await call('POST', `/imports/${id}/run`)).status).toBe(202);
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({
      ...{ state: 'completedWithErrors', problem: null, absentees: { planned: 8, removed: 5, withheld: null } },
      counters: { read: 52, unchanged: 33, invalid: 19, unprocessed: 0, removed: 5 },
    });
    await expect.poll(live).toEqual([...idsOf(rowsOf(0, 6), rowsOf(1, 1)), '0-3', 'late'].sort());
    const shown = await items(`/imports/${id}/absentees?limit=500`);
    expect(shown.map(({ state }) => state).sort()).toEqual([
      ...Array<string>(3).fill('kept'),
      ...Array<string>(5).fill('removed'),
    ]);
    expect(await absentees(done)).toMatchObject({
      '0-0': 'removed',
      '0-1': 'removed',
      '0-2': 'kept',
      '0-3': 'kept',
      '1-0': 'removed',
    });
  });

  const renamed = async (user: string) =>
    (await call('PATCH', `/users/${user}`, { email: 'other@example.com' })).status;
  async function deleted(user: string): Promise<number> {
    await call('POST', `/users/${user}/deactivate`);
    const url = `${system.url}/v1/users/${user}?discardData=true`;
    const headers = { authorization: `Bearer ${tenant.token}`, 'if-match': '*' };
    const asked = await fetch(url, { method: 'DELETE', headers });
    const confirmed = { ...headers, 'confirmation-token': asked.headers.get('confirmation-token') ?? '' };
    return (await fetch(url, { method: 'DELETE', headers: confirmed })).status;
  }

  it.each([
    ['was deleted', deleted],
    ['has another e-mail', renamed],
  ])('takes nothing of anybody where a rep %s meanwhile, and says so', async (_title, change) => {
    const [, , third = ''] = await company();
    const { id } = await plan([...rowsOf(0, 2), ...rowsOf(2, 1)]);
    expect(await change(third)).toBeLessThan(300);
    await call('POST', `/imports/${id}/run`);
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({
      ...{ state: 'completedWithErrors', problem: { code: 'removals_withheld' } },
      ...{ counters: { unchanged: 18, invalid: 19, removed: 0 }, absentees: { withheld: 'unknown_rep' } },
    });
    expect(new Set(Object.values(await absentees(done)))).toEqual(new Set(['kept']));
  });

  it('has reps to run and to skip, which accounts have not', async () => {
    const [first = ''] = await company();
    const data = new FormData();
    data.set(
      'file',
      new Blob([
        csv([
          ['email', 'mobile'],
          [repOf(0, REPS), '+43 1 2345'],
        ]),
      ]),
      'users.csv',
    );
    const uploadId = (await call('POST', '/uploads', data)).body.id;
    const mappings = ['email', 'mobile'].map((field) => ({ SourceFieldID: field, TargetFieldID: field }));
    const config = { formatVersion: 1, entity: 'user', mode: 'update', mappings };
    const { body } = await call('POST', '/imports', { uploadId, configuration: config, then: 'plan' });
    await reaches(body.id, 'planned');
    const refused = { status: 409, body: { code: 'import_without_reps' } };
    expect(await call('POST', `/imports/${body.id}/run`, { reps: [first] })).toMatchObject(refused);
    expect(await call('POST', `/imports/${body.id}/reps/${first}/run`)).toMatchObject(refused);
    expect(await call('POST', `/imports/${body.id}/reps/${first}/skip`)).toMatchObject(refused);
    expect((await call('POST', `/imports/${body.id}/run`)).status).toBe(202);
    expect(await untilFinal(tenant, body.id)).toMatchObject({ state: 'completed', counters: { updated: 1 } });
  });
});
