import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, run, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const HEADER = ['Rep', 'Id', 'name1', 'city'];
const REPS = 2;
const LONG = 'x'.repeat(300);

interface Page {
  readonly items: Record<string, unknown>[];
}

describe('a run does what its plan showed', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const row = (rep: number, id: string, name = `Name ${id}`) => [repOf(rep, REPS), id, name, 'Wien'];
  const rowsOf = (rep: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => row(rep, `${rep}-${from + n}`));
  const records = (change: object = {}, options: object = {}) => ({
    ...configuration(['name1', 'city'], options),
    ...change,
  });
  const sync = (options: object = {}, change: object = {}) => records({ mode: 'sync', ...change }, options);
  const byId = (change: object = {}) => ({
    ...sync({}, change),
    mappings: [
      { SourceFieldID: 'Id', TargetFieldID: 'id', UpdateBehavior: 2 },
      { SourceFieldID: 'name1', TargetFieldID: 'name1', UpdateBehavior: 0 },
    ],
  });

  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const isForm = body instanceof FormData;
    const headers = {
      authorization: `Bearer ${tenant.token}`,
      ...(body && !isForm && { 'content-type': 'application/json' }),
      ...(method === 'PATCH' && { 'if-match': '*' }),
    };
    const response = await fetch(`${system.url}/v1/${path}`, {
      method,
      headers,
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** An import whose plan somebody can look at. */
  async function planned(rows: readonly (readonly string[])[], config: object): Promise<Import> {
    const form = new FormData();
    form.set('file', new Blob([csv(rows)]), 'file.csv');
    const { id: uploadId } = await call<{ id: string }>('POST', 'uploads', form);
    const { id } = await call<Import>('POST', 'imports', { uploadId, configuration: config, then: 'plan' });
    return until(tenant, id, ({ state }) => state === 'planned');
  }

  async function runOn({ id }: Import): Promise<Import> {
    await call('POST', `imports/${id}/run`);
    return untilFinal(tenant, id);
  }

  const touched = async ({ id }: Import) =>
    (await call<Page>('GET', `imports/${id}/rows?changedSincePlan=true&limit=500`)).items.map((item) => item['row']);
  const customers = async () => (await call<Page>('GET', 'customers?limit=500')).items;
  const live = async () => (await customers()).map(({ externalId }) => String(externalId)).sort();
  const ids = (...rows: string[][]) => rows.map(([, id]) => id).sort();

  /** A company whose first rep has 8 customers, the second one 4. */
  async function company(): Promise<void> {
    tenant = await newCompany(system, REPS);
    const file = csv([HEADER, ...rowsOf(0, 0, 8), ...rowsOf(1, 0, 4)]);
    const made = await run(system, tenant, { file, configuration: records() });
    expect(made).toMatchObject({ state: 'completed', counters: { created: 12 } });
  }

  describe('of those who are absent from the file of a sync', () => {
    it('also where every row is invalid, and none stands for anybody', async () => {
      await company();
      const plan = await planned(
        [
          ['Rep', 'Id', 'name1'],
          [repOf(1, REPS), '', LONG],
        ],
        byId(),
      );
      expect(plan).toMatchObject({ plan: { invalid: 1, removed: 4 }, absentees: { planned: 4 } });
      const done = await runOn(plan);
      expect(done).toMatchObject({ state: 'completedWithErrors', problem: null, counters: { invalid: 1, removed: 4 } });
      expect(done.restorePointId).not.toBeNull();
      expect(await live()).toEqual(ids(...rowsOf(0, 0, 8)));
    });

    it('also of accounts', async () => {
      await company();
      const config = {
        ...{ formatVersion: 1, entity: 'user', mode: 'sync' },
        mappings: ['id', 'firstName', 'lastName', 'email'].map((field) => {
          return { SourceFieldID: field, TargetFieldID: field, UpdateBehavior: field === 'id' ? 2 : 0 };
        }),
      };
      const plan = await planned([['id', 'firstName', 'lastName', 'email'], ['', LONG, 'New', 'new@example.com']], config);
      expect(plan).toMatchObject({ plan: { invalid: 1, deactivated: 3 } });
      // The administrator is the last one.
      expect(await runOn(plan)).toMatchObject({ counters: { invalid: 1, deactivated: 2 }, problem: null });
    }); // prettier-ignore

    it.each(['copy', 'move'])('%s: what stands in a row of somebody who is left out is in the file', async (transferMode) => {
      await company();
      const rows = [HEADER, ...rowsOf(0, 0, 6), row(1, '0-6'), row(1, '0-7', LONG)];
      const userMapping = { by: 'email', SourceFieldID: 'Rep', exclude: [repOf(1, REPS)] };
      const plan = await planned(rows, sync({ transferMode }, { userMapping }));
      expect(plan).toMatchObject({ plan: { unchanged: 6, ignored: 2, removed: 0 }, absentees: { planned: 0 } });
      expect(await runOn(plan)).toMatchObject({ state: 'completed', problem: null, counters: { unchanged: 6, removed: 0 } });
      expect(await live()).toHaveLength(12);
    }); // prettier-ignore

    it('move: where such a row does not say for whom it stands, nobody goes, and the result says so', async () => {
      await company();
      const rows = [HEADER, ...rowsOf(0, 0, 6), row(1, '')];
      const userMapping = { by: 'email', SourceFieldID: 'Rep', exclude: [repOf(1, REPS)] };
      const plan = await planned(rows, sync({ transferMode: 'move' }, { userMapping }));
      expect(plan).toMatchObject({ absentees: { planned: 0, withheld: 'unreadable_rows' } });
      expect(await runOn(plan)).toMatchObject({
        problem: { code: 'removals_withheld' },
        counters: { ignored: 1, removed: 0 },
      });
      expect(await live()).toHaveLength(12);
      // Where nothing goes from one rep to another, the rows of who is left out are nobody's business.
      const own = await runOn(await planned(rows, sync({}, { userMapping })));
      expect(own).toMatchObject({ problem: null, counters: { ignored: 1, removed: 2 } });
    });

    it('move: of who is skipped before the plan too, and of who has no schedule any more', async () => {
      await company();
      const rows = [HEADER, ...rowsOf(0, 0, 7), row(1, '0-7')];
      const config = sync({ transferMode: 'move' });
      const first = await planned(rows, config);
      const reps = (await call<Page>('GET', `imports/${first.id}/reps`)).items;
      const second = reps.find(({ value }) => value === repOf(1, REPS))?.['userId'];
      await call('POST', `imports/${first.id}/reps/${String(second)}/skip`);
      await call('POST', `imports/${first.id}/plan`);
      const plan = await until(tenant, first.id, ({ state }) => state === 'planned');
      expect(plan).toMatchObject({ plan: { unchanged: 7, removed: 0 } });
      expect(await runOn(plan)).toMatchObject({ counters: { unchanged: 7, ignored: 1, removed: 0 } });
      await call('PATCH', `users/${String(second)}`, { hasOwnSchedule: false, confirmScheduleRemoval: true });
      const without = await runOn(await planned(rows, config));
      expect(without).toMatchObject({ counters: { unchanged: 7, invalid: 1, removed: 0 } });
      await expect.poll(live).toEqual(ids(...rowsOf(0, 0, 8)));
    });

    it('what a row names by its id is in the file, whosever row it is', async () => {
      await company();
      const idOf = new Map((await customers()).map(({ externalId, id }) => [externalId, String(id)]));
      const named = (rep: number, id: string) => [repOf(rep, REPS), idOf.get(id) ?? '', `Name ${id}`];
      // Somebody gave the last two to the second rep, who stays in the file only once.
      const rows = rowsOf(0, 0, 6).map(([, id = '']) => named(0, id));
      const file = [['Rep', 'Id', 'name1'], ...rows, named(1, '0-6'), named(1, '0-7'), ...[0, 1, 2, 3].map((n) => named(1, `1-${n}`))];
      const plan = await planned(file, byId());
      expect(plan).toMatchObject({ plan: { unchanged: 10, invalid: 2, removed: 0 } });
      expect(await runOn(plan)).toMatchObject({ counters: { unchanged: 10, invalid: 2, removed: 0 }, problem: null });
      const userMapping = { by: 'email', SourceFieldID: 'Rep', exclude: [repOf(1, REPS)] };
      expect(await planned(file, byId({ userMapping }))).toMatchObject({ plan: { unchanged: 6, ignored: 6, removed: 0 } });
      expect(await live()).toHaveLength(12);
    }); // prettier-ignore
  });

  describe('and says with which rows it did otherwise', () => {
    it('none where nothing moved, and exactly those that did: customers', async () => {
      await company();
      const rows = [...rowsOf(0, 0, 5), row(0, '0-5', 'Renamed'), row(0, '0-new'), row(0, '0-more'), row(1, '1-0', LONG), row(1, '1-1')];
      const again = [HEADER, ...rows];
      const plan = await planned(again, sync());
      expect(plan).toMatchObject({ plan: { created: 2, updated: 1, unchanged: 6, invalid: 1, removed: 4 } });
      // The customers 0-0 (row 2) and 0-5 (row 7) are changed meanwhile, 0-1 (row 3) is deleted, 0-new (row 8) comes.
      const all = await customers();
      const idOf = (key: string) => String(all.find(({ externalId }) => externalId === key)?.['id']);
      await call('PATCH', `customers/${idOf('0-0')}`, { city: 'Graz' });
      await call('PATCH', `customers/${idOf('0-5')}`, { name1: 'Otherwise' });
      // A field that the file does not touch.
      await call('PATCH', `customers/${idOf('0-2')}`, { notes: 'seen' });
      const deleted = await fetch(`${system.url}/v1/customers/${idOf('0-1')}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${tenant.token}` },
      });
      expect(deleted.status).toBe(204);
      const rep = all.find(({ externalId }) => externalId === '0-0')?.['repId'];
      await call('POST', 'customers', { repId: rep, externalId: '0-new', name1: 'Came first' });
      const done = await runOn(plan);
      expect(await touched(done)).toEqual([2, 3, 7, 8]);
      expect(done).toMatchObject({ changedSincePlan: 4, counters: { created: 1, updated: 4, invalid: 1 } });
      const same = await runOn(await planned(again, sync()));
      expect([same.changedSincePlan, await touched(same)]).toEqual([0, []]);
      expect(same.counters).toEqual({ ...same.plan, read: same.counters.read });
    }); // prettier-ignore

    it('none where nothing moved, and exactly those that did: accounts', async () => {
      await company();
      const FIELDS = ['email', 'firstName', 'lastName', 'mobile', 'hasOwnSchedule', 'userGroups'];
      const config = (mode: string) => ({
        ...{ formatVersion: 1, entity: 'user', mode, options: { unknownGroups: 'create' } },
        mappings: FIELDS.map((field, i) => ({ SourceFieldID: field, TargetFieldID: field, UpdateBehavior: i === 0 ? 2 : 0 })),
      });
      const person = (name: string, mobile = '', groups = 'North') => [`${name}@example.com`, name, 'Rep', mobile, 'no', groups];
      const first = [FIELDS, ...['a', 'b', 'c', 'd', 'e'].map((name) => person(name))];
      const created = await runOn(await planned(first, config('upsert')));
      expect(created).toMatchObject({ counters: { created: 5 }, changedSincePlan: 0 });
      const all = (await call<Page>('GET', 'users?limit=100')).items;
      const admin = all.find(({ authorizationLevel }) => authorizationLevel === 2);
      const others = all.filter(({ email }) => email !== admin?.['email'] && !/^[a-e]@/.test(String(email)));
      const file = [
        FIELDS,
        ...others.map(({ email, firstName, lastName }) => [email, firstName, lastName, '', '', ''].map(String)),
        [...['email', 'firstName', 'lastName'].map((field) => String(admin?.[field])), '', '', ''],
        person('a', '+43 1 1'),
        person('b', '+43 1 2', 'North;South'),
        person('c'),
        person('f'),
        person('g'),
      ];
      const plan = await planned(file, config('sync'));
      expect(plan).toMatchObject({ plan: { created: 2, updated: 2, unchanged: 4, deactivated: 2 } });
      const idOf = (name: string) => String(all.find(({ email }) => email === `${name}@example.com`)?.['id']);
      await call('PATCH', `users/${idOf('b')}`, { mobile: '+43 1 3' });
      await call('PATCH', `users/${idOf('c')}`, { lastName: 'Wed' });
      // What the file does not touch, and somebody whom it does not name.
      await call('PATCH', `users/${idOf('a')}`, { note: 'seen' });
      await call('POST', 'users', { email: 'g@example.com', firstName: 'G', lastName: 'Rep', kind: 'staff', authorizationLevel: 0, hasOwnSchedule: false });
      const done = await runOn(plan);
      expect(await touched(done)).toEqual([6, 7, 9]);
      expect(done).toMatchObject({ changedSincePlan: 3, counters: { created: 1, deactivated: 2 } });
      const same = await runOn(await planned(file, config('sync')));
      expect([same.changedSincePlan, await touched(same)]).toEqual([0, []]);
      expect(same.counters).toEqual({ ...same.plan, read: same.counters.read });
    }); // prettier-ignore
  });
});
