import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  restorePointMarked,
  restorePointTaken,
  userActivated,
  userDeactivated,
  userScheduleRemoved,
  userUpdated,
} from '@muster/contracts';
import { newId } from '@muster/persistence';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';
import type { MassChangeDto, MassChangeRowDto } from './mass-change.dto.js';
import { MassChangeSteps } from './mass-change-steps.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  company = await server.company();
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});

let emails = 0;
const create = async (wishes: Record<string, unknown> = {}, { token } = company) => {
  const answer = await server.createUser(token, { email: `mass${++emails}@example.com`, ...wishes });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return String(answer.body['id']);
};
const createMany = (count: number, wishes = {}, of = company) =>
  Promise.all(Array.from({ length: count }, () => create({ hasOwnSchedule: false, ...wishes }, of)));
const read = async (id: string, { token } = company) => (await server.call('GET', `/v1/users/${id}`, { token })).body;
const start = (json: object, { token } = company, headers = {}) =>
  server.call('POST', '/v1/users/bulk', { token, json, headers });
const get = async (id: string, { token } = company) =>
  (await server.call('GET', `/v1/users/bulk/${id}`, { token })).body as unknown as MassChangeDto;
const command = (id: string, name: string, { token } = company) =>
  server.call('POST', `/v1/users/bulk/${id}/${name}`, { token });
const rowsOf = async (id: string, query = '', { token } = company) => {
  const { body } = await server.call('GET', `/v1/users/bulk/${id}/rows?limit=500&${query}`, { token });
  return body['items'] as MassChangeRowDto[];
};
const briefly = (rows: readonly MassChangeRowDto[]) =>
  Object.fromEntries(
    rows.map(({ userId, outcome, problems }) => [userId, [outcome, ...problems.map(({ code }) => code)].join(' ')]),
  );
const settled = async (id: string, of = company): Promise<MassChangeDto> => {
  const busy = async () => ['planning', 'running'].includes((await get(id, of)).state);
  await expect.poll(busy, { timeout: 20_000, interval: 20 }).toBe(false);
  return get(id, of);
};
const begun = async (json: object, of = company): Promise<string> => {
  const { status, body } = await start(json, of);
  expect(status, JSON.stringify(body)).toBe(202);
  return String(body['id']);
};
const planned = async (json: object, of = company) => settled(await begun(json, of), of);
const run = (json: object, of = company) => planned({ ...json, then: 'run' }, of);
/** As from now on. */
const ran = async (id: string, of = company) => {
  expect(await command(id, 'run', of)).toMatchObject({ status: 202 });
  return settled(id, of);
};
const eventsAbout = (userIds: readonly string[]) =>
  [userUpdated, userActivated, userDeactivated, userScheduleRemoved].flatMap((contract) =>
    server.service.events(contract).filter(({ data }) => userIds.includes(data.userId)),
  );
/** The company, to be called by a key that may do as much. */
const withKey = async (of: TestCompany): Promise<TestCompany> => {
  const json = { name: 'ERP', scopes: ['users:write'] };
  const { body } = await server.call('POST', '/v1/api-keys', { token: of.token, json });
  return { ...of, token: String(body['apiKey']) };
};
const asOwner = async (statement: string) => {
  const client = new pg.Client(server.service.database.urls['user-admin'].ownerUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

describe('a mass change', () => {
  it('says what it would do, and then does just that', async () => {
    const [one, same, unknown] = [await create({ title: 'Dr.' }), await create({ language: 'en' }), newId()];
    const changes = { language: 'en', title: null, home: { city: 'Graz' } };
    await server.call('PATCH', `/v1/users/${same}`, {
      token: company.token,
      headers: { 'if-match': '*' },
      json: { home: { city: 'Graz' } },
    });
    const answer = await start({ userIds: [one, same, unknown, one], changes });
    expect(answer.status).toBe(202);
    const id = String(answer.body['id']);
    expect(answer.headers.get('location')).toBe(`/v1/users/bulk/${id}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    const plan = await settled(id);
    const counts = { total: 3, updated: 1, unchanged: 1, invalid: 1, failed: 0, unprocessed: 0 };
    expect(plan).toMatchObject({
      state: 'planned',
      counters: { total: 3, unprocessed: 3, updated: 0 },
      plan: { counters: counts, guard: [] },
      restorePointId: null,
      links: { run: `/v1/users/bulk/${id}/run`, cancel: `/v1/users/bulk/${id}/cancel` },
    });
    expect(plan.links.approve).toBeUndefined();
    const preview = await rowsOf(id, 'planned=updated');
    expect(preview).toEqual([
      {
        userId: one,
        displayName: 'Rita Rep',
        planned: 'updated',
        outcome: 'unprocessed',
        changedSincePlan: false,
        changes: [
          { field: 'title', label: 'Title', from: 'Dr.', to: null },
          { field: 'language', label: 'Language', from: 'de', to: 'en' },
          { field: 'home.city', label: 'Home, city', from: null, to: 'Graz' },
        ],
        problems: [],
      },
    ]);
    expect(await read(one)).toMatchObject({ title: 'Dr.' });
    const done = await ran(id);
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: counts, problem: null });
    expect(done.finishedAt).not.toBeNull();
    expect(await read(one)).toMatchObject({ title: null, language: 'en', home: { city: 'Graz' } });
    expect(briefly(await rowsOf(id))).toEqual({
      [one]: 'updated',
      [same]: 'unchanged',
      [unknown]: 'invalid user_not_found',
    });
    expect((await rowsOf(id, 'outcome=updated'))[0]?.changes).toEqual(preview[0]?.changes);
  });

  it('tells others as a single change does, with itself as the cause, after its restore point', async () => {
    const [on, off] = [await create(), await create({ loginEnabled: false })];
    const id = (await run({ userIds: [on, off], changes: { loginEnabled: false, note: 'gone' } })).id;
    const { restorePointId, state } = await get(id);
    expect(state).toBe('completed');
    // Those of different accounts come in no order.
    const seen = () =>
      eventsAbout([on, off]).map(({ type, data, cause }) => `${type} ${data.userId} ${data.version} ${cause}`);
    const cause = `mass-change:${id}`;
    await expect
      .poll(() => seen().toSorted(), { timeout: 10_000 })
      .toEqual([
        `user.deactivated.v1 ${on} 2 ${cause}`,
        `user.updated.v1 ${on} 2 ${cause}`,
        `user.updated.v1 ${off} 2 ${cause}`,
      ]);
    expect(server.service.events(restorePointMarked)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ data: { restorePointId, owner: 'user-admin' } })]) as object,
    );
    const taken = server.service.events(restorePointTaken).filter(({ data }) => data.restorePointId === restorePointId);
    expect(taken).toMatchObject([{ cause, data: { occasion: 'mass-change', name: 'Anmeldung erlaubt; Notiz' } }]);
    const log = await server.call('GET', `/v1/audit-log?cause=${cause}`, { token: company.token });
    const how = { type: 'mass-change', id, text: `Mass change ${id}` };
    const entries = log.body['items'] as { subject: { kind: string }; changes: object[] }[];
    const of = (kind: string) => entries.filter(({ subject }) => subject.kind === kind);
    expect(of('user').map(({ changes }) => changes.length)).toEqual([1, 2]);
    expect(of('user')).toMatchObject([
      { subject: { id: off }, how, who: { name: 'Ada Admin' } },
      { subject: { id: on }, how },
    ]);
    expect(of('mass-change')).toMatchObject([
      { subject: { id }, changes: [{ field: 'state', label: 'State', from: 'running', to: 'completed' }] },
      { subject: { id }, changes: [{ field: 'state', from: 'planning', to: 'running' }] },
    ]);
  });

  it('of what is so already takes no restore point and writes nothing', async () => {
    const id = await create({ language: 'de' });
    const done = await run({ userIds: [id], changes: { language: null } });
    expect(done).toMatchObject({ state: 'completed', restorePointId: null, counters: { unchanged: 1 } });
    expect(eventsAbout([id])).toEqual([]);
  });

  it('reaches whom a filter meets when it begins', async () => {
    const ids = await createMany(3, { lastName: 'Filtrata' });
    const done = await run({ filter: { q: 'filtrata', loginEnabled: true }, changes: { accessLevel: 'gold' } });
    expect(done.counters).toMatchObject({ total: 3, updated: 3 });
    expect((await rowsOf(done.id)).map(({ userId }) => userId)).toEqual(ids.toSorted());
    const none = await planned({ filter: { q: 'nobodyatall' }, changes: { accessLevel: 'gold' } });
    expect(none).toMatchObject({ state: 'planned', counters: { total: 0 } });
    expect(await ran(none.id)).toMatchObject({ state: 'completed' });
  });

  it('adds and removes groups', async () => {
    const group = async (name: string) =>
      String((await server.call('POST', '/v1/user-groups', { token: company.token, json: { name } })).body['id']);
    const [a, b, c] = [await group('A'), await group('B'), await group('C')];
    const [one, two] = [await create({ userGroups: [a] }), await create({ userGroups: [b] })];
    const changes = { addUserGroups: [b], removeUserGroups: [a, c] };
    const done = await run({ userIds: [one, two], changes });
    expect(done.counters).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await read(one))['userGroups']).toEqual([b]);
    await run({ userIds: [one, two], changes: { userGroups: [c] } });
    expect((await read(two))['userGroups']).toEqual([c]);
    const unknown = await planned({ userIds: [one], changes: { addUserGroups: [newId()] } });
    expect(briefly(await rowsOf(unknown.id))).toEqual({ [one]: 'unprocessed unknown_group' });
  });

  it('judges accounts anew that somebody changed since the plan', async () => {
    const ids = await createMany(3);
    const [touched = '', gone = ''] = ids;
    const { id } = await planned({ userIds: ids, changes: { title: 'Dr.' } });
    const headers = { 'if-match': '*' };
    await server.call('PATCH', `/v1/users/${touched}`, { token: company.token, headers, json: { title: 'Dr.' } });
    await server.change(company.id, 'delete from user_account where id = $1', [gone]);
    const done = await ran(id);
    expect(done).toMatchObject({
      state: 'completedWithErrors',
      plan: { counters: { updated: 3 } },
      counters: { updated: 1, unchanged: 1, invalid: 1, changedSincePlan: 2 },
    });
    const rows = new Map((await rowsOf(id)).map((row) => [row.userId, row]));
    expect(rows.get(touched)).toMatchObject({ planned: 'updated', outcome: 'unchanged', changedSincePlan: true });
    expect(rows.get(gone)).toMatchObject({ outcome: 'invalid', changedSincePlan: true, displayName: null });
  });
});

describe('the rules over the whole set', () => {
  it('leave an administrator', async () => {
    const house = await server.company();
    const others = await createMany(2, { authorizationLevel: 2 }, house);
    // The administrator who asks is among them, and may not look any more afterwards.
    const keyed = await withKey(house);
    const plan = await planned({ filter: { authorizationLevel: 2 }, changes: { authorizationLevel: 0 } }, keyed);
    expect(plan.plan.counters).toMatchObject({ updated: 2, invalid: 1, demotions: 2 });
    const done = await ran(plan.id, keyed);
    expect(done.counters).toMatchObject({ updated: 2, invalid: 1, demotions: 2 });
    // Ids are given in the order of creation: the later ones are refused.
    const last = others.toSorted().at(-1) ?? '';
    expect((await rowsOf(plan.id, 'outcome=invalid', keyed)).map(({ userId }) => userId)).toEqual([last]);
  });

  it('give the licences that there are', async () => {
    const house = await server.company({ licences: 2 });
    const ids = await createMany(3, {}, house);
    const { id, plan } = await planned({ userIds: ids, changes: { hasOwnSchedule: true } }, house);
    expect(plan).toMatchObject({
      counters: { updated: 2, invalid: 1 },
      licences: { total: 2, inUse: 0, taken: 2, freed: 0, inUseAfter: 2 },
    });
    expect(await ran(id, house)).toMatchObject({ counters: { updated: 2, invalid: 1 } });
    expect(Object.values(briefly(await rowsOf(id, '', house))).toSorted()).toEqual([
      'invalid licence_exceeded',
      'updated',
      'updated',
    ]);
  });

  it('take schedules away only where that is allowed, after a restore point', async () => {
    const [id, unsaid] = [await create(), await create()];
    const changes = { hasOwnSchedule: false };
    const refused = await run({ userIds: [unsaid], changes });
    expect(briefly(await rowsOf(refused.id))).toEqual({ [unsaid]: 'invalid schedule_removal_not_allowed' });
    expect(refused.restorePointId).toBeNull();
    const done = await run({ userIds: [id], changes, options: { allowScheduleRemoval: true } });
    expect(done).toMatchObject({
      counters: { updated: 1, scheduleRemovals: 1 },
      plan: { guard: [{ kind: 'staff', effect: 'scheduleRemovals', planned: 1, exceeded: false }] },
    });
    const removals = () => server.service.events(userScheduleRemoved).filter(({ data }) => data.userId === id);
    await expect
      .poll(removals, { timeout: 10_000 })
      .toMatchObject([{ data: { restorePointId: done.restorePointId }, cause: `mass-change:${done.id}` }]);
  });
});

describe('the guard', () => {
  it('holds a run beyond its limits until an administrator approves it', async () => {
    const house = await server.company();
    const ids = await createMany(6, {}, house);
    const off = (userIds: readonly string[]) => ({ userIds, changes: { loginEnabled: false } });
    expect(await run(off(ids.slice(0, 3)), house)).toMatchObject({ state: 'completed' });
    await run({ userIds: ids, changes: { loginEnabled: true } }, house);
    const held = await run(off(ids), house);
    expect(held).toMatchObject({
      state: 'awaitingApproval',
      plan: { guard: [{ kind: 'staff', effect: 'deactivations', planned: 6, base: 7, limit: 3, exceeded: true }] },
      counters: { updated: 0, unprocessed: 6 },
      restorePointId: null,
    });
    expect((await command(held.id, 'run', house)).body).toMatchObject({ status: 409, code: 'mass_change_state' });
    const keyed = await withKey(house);
    expect((await command(held.id, 'approve', keyed)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await command(held.id, 'approve', house)).status).toBe(202);
    const done = await settled(held.id, house);
    expect(done).toMatchObject({ state: 'completed', approved: true, counters: { updated: 6, deactivated: 6 } });
    expect(done.runBy).toMatch(/^user:/);
  });

  it('waits likewise when what was planned is run', async () => {
    const house = await server.company();
    const userIds = await createMany(4, {}, house);
    const { id, state } = await planned({ userIds, changes: { loginEnabled: false } }, house);
    expect(state).toBe('planned');
    expect((await command(id, 'run', house)).body).toMatchObject({ state: 'awaitingApproval' });
    expect((await command(id, 'cancel', house)).body).toMatchObject({
      state: 'cancelled',
      counters: { unprocessed: 4 },
    });
  });

  it('looks again at accounts that have changed since the plan', async () => {
    const house = await server.company();
    const userIds = await createMany(6, { loginEnabled: false }, house);
    const { id, plan } = await planned({ userIds, changes: { loginEnabled: false } }, house);
    expect(plan.guard).toEqual([]);
    await run({ userIds, changes: { loginEnabled: true } }, house);
    expect(await ran(id, house)).toMatchObject({
      state: 'awaitingApproval',
      plan: { guard: [{ effect: 'deactivations', planned: 6, limit: 3, exceeded: true }] },
      counters: { unprocessed: 6 },
    });
    await command(id, 'approve', house);
    expect(await settled(id, house)).toMatchObject({ state: 'completed', counters: { deactivated: 6 } });
  });

  it('has the limits that the company sets', async () => {
    const house = await server.company();
    const json = { guard: { percent: 100, count: 5 } };
    await server.call('PATCH', '/v1/company', { token: house.token, json });
    const userIds = await createMany(6, {}, house);
    const of = (count: number) => run({ userIds: userIds.slice(0, count), changes: { loginEnabled: false } }, house);
    expect(await of(6)).toMatchObject({ state: 'awaitingApproval', plan: { guard: [{ limit: 5 }] } });
    expect(await of(5)).toMatchObject({ state: 'completed' });
  });
});

describe('in steps', () => {
  const many = async (count: number) => {
    const house = await server.company();
    await server.change(
      house.id,
      `insert into user_account (id, company_id, kind, email, username, display_name, first_name, last_name,
              authorization_level, has_own_schedule, language)
       select uuidv7(), current_setting('muster.company')::uuid, 'staff', 'm' || n || '@example.com', 'm' || n, 'M ' || n,
              'M', n, 0, false, 'de' from generate_series(1, $1::int) n`,
      [count],
    );
    return house;
  };

  it('each account has its turn once, also when several processes work at it', async () => {
    const house = await many(1_200);
    const filter = { authorizationLevel: 0 };
    const { id } = await planned({ filter, changes: { title: 'Dr.' } }, house);
    await server.change(house.id, `update mass_change set state = 'running' where id = $1`, [id]);
    const steps = server.service.app.get(MassChangeSteps);
    const active = { id, companyId: house.id, state: 'running', actor: 'system' } as const;
    await Promise.all([1, 2, 3, 4, 5].map(() => steps.next(active)));
    const done = await settled(id, house);
    expect(done).toMatchObject({ state: 'completed', counters: { total: 1_200, updated: 1_200 } });
    const versions = await server.change(house.id, `select distinct version from user_account where title = 'Dr.'`, []);
    expect(versions).toEqual([{ version: 2 }]);
    const points = server.service.events(restorePointTaken).filter(({ cause }) => cause === `mass-change:${id}`);
    expect(points).toHaveLength(1);
  });

  it('one account that cannot be written fails alone', async () => {
    const house = await many(40);
    await asOwner(`
      create function user_admin.refuse_m7() returns trigger language plpgsql as $$
      begin
        if new.username = 'm7' then raise exception 'not this one' using errcode = 'check_violation'; end if;
        return new;
      end $$;
      create trigger refuse_m7 before update on user_admin.user_account for each row execute function user_admin.refuse_m7()`);
    try {
      const done = await run({ filter: { authorizationLevel: 0 }, changes: { title: 'Dr.' } }, house);
      expect(done).toMatchObject({
        state: 'completedWithErrors',
        counters: { updated: 39, failed: 1, unprocessed: 0 },
      });
      expect(await rowsOf(done.id, 'outcome=failed', house)).toMatchObject([
        { displayName: 'M 7', changes: [], problems: [{ code: 'internal_error' }] },
      ]);
    } finally {
      await asOwner('drop trigger refuse_m7 on user_admin.user_account; drop function user_admin.refuse_m7()');
    }
  });

  it('what cannot go on at all ends as failed', async () => {
    const house = await many(3);
    const { id } = await planned({ filter: {}, changes: { title: 'Dr.' } }, house);
    await server.change(house.id, `update company set deleted_at = now()`, []);
    await server.change(house.id, `update mass_change set state = 'running' where id = $1`, [id]);
    const state = async () =>
      ((await server.change(house.id, 'select state, problem from mass_change', [])) as unknown[])[0];
    await expect.poll(state, { timeout: 20_000 }).toEqual({ state: 'failed', problem: 'company_not_found' });
  });
});

describe('where no staff is imported', () => {
  it('none is changed by the many either; other kinds are', async () => {
    const house = await server.company({ licences: 1 });
    const start = (filter: object) =>
      server.call('POST', '/v1/users/bulk', { token: house.token, json: { filter, changes: { title: 'Dr.' } } });
    for (const filter of [{}, { kind: 'staff' }]) {
      expect((await start(filter)).body).toMatchObject({ status: 403, code: 'user_import_not_available' });
    }
    expect((await start({ kind: 'portal' })).status).toBe(202);
  });
});

describe('where no staff is imported any more', () => {
  it.each([`host_system = 'dynamics'`, 'licences = 1'])('what was planned is not run: %s', async (change) => {
    const of = await server.company({ licences: 5 });
    const ids = await createMany(1, { hasOwnSchedule: false }, of);
    const { id } = await planned({ userIds: ids, changes: { note: 'x' } }, of);
    await server.change(of.id, `update company set ${change} where id = $1`, [of.id]);
    for (const name of ['run', 'approve']) {
      expect((await command(id, name, of)).body).toMatchObject({ status: 403, code: 'user_import_not_available' });
    }
    expect((await command(id, 'cancel', of)).status).toBe(200);
  });
});

describe('requests', () => {
  it.each<[string, object, string, string[]]>([
    ['nobody', { changes: { title: 'Dr.' } }, 'users_not_chosen', []],
    ['ids and a filter', { userIds: [newId()], filter: {}, changes: { title: 'Dr.' } }, 'users_not_chosen', []],
    ['no id', { userIds: ['x'], changes: { title: 'Dr.' } }, 'validation_failed', ['/userIds invalid_format']],
    ['no changes', { filter: {} }, 'validation_failed', ['/changes required']],
    ['empty changes', { filter: {}, changes: {} }, 'validation_failed', ['/changes nothing_to_change']],
    [
      'an e-mail',
      { filter: {}, changes: { email: 'a@b.at' } },
      'validation_failed',
      ['/changes/email unknown_property'],
    ],
    [
      'a number',
      { filter: {}, changes: { employeeNumber: '1' } },
      'validation_failed',
      ['/changes/employeeNumber unknown_property'],
    ],
    [
      'an hour',
      { filter: {}, changes: { workBreak: { from: '9' } } },
      'validation_failed',
      ['/changes/workBreak/from time_format'],
    ],
    [
      'no level',
      { filter: {}, changes: { authorizationLevel: null } },
      'validation_failed',
      ['/changes/authorizationLevel required'],
    ],
    [
      'groups set and added',
      { filter: {}, changes: { userGroups: [], addUserGroups: [newId()] } },
      'validation_failed',
      ['/changes/addUserGroups groups_contradict'],
    ],
    [
      'another end',
      { filter: {}, changes: { title: 'x' }, then: 'delete' },
      'validation_failed',
      ['/then not_allowed'],
    ],
  ])('with %s are refused', async (_name, json, code, errors) => {
    const { status, body } = await start(json);
    expect({ status, code: body['code'] }).toEqual({ status: 422, code });
    const found = body['errors'] as { pointer?: string; code: string }[];
    expect(found.map((error) => `${error.pointer} ${error.code}`)).toEqual(errors);
  });

  it('find one running mass change, and are refused until it ends', async () => {
    const house = await server.company();
    const [id] = await createMany(1, {}, house);
    const { id: waiting } = await planned({ userIds: [id], changes: { title: 'Dr.' } }, house);
    const { id: second } = await planned({ userIds: [id], changes: { title: 'Mag.' } }, house);
    // Whoever holds the lock of accounts holds up the step.
    let release: () => void = () => undefined;
    const client = new pg.Client(server.service.database.urls['user-admin'].ownerUrl);
    await client.connect();
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`user-admin accounts ${house.id}`]);
    release = () => void client.end();
    try {
      expect((await command(waiting, 'run', house)).body).toMatchObject({ state: 'running' });
      expect((await command(second, 'run', house)).body).toMatchObject({ status: 409, code: 'mass_change_running' });
      const third: Answer = await start({ userIds: [id], changes: { title: 'x' }, then: 'run' }, house);
      expect(third.body).toMatchObject({ status: 409, code: 'mass_change_running' });
      expect(JSON.stringify(third.body)).toContain(waiting);
      expect((await command(waiting, 'cancel', house)).body).toMatchObject({ state: 'cancelled' });
    } finally {
      release();
    }
    expect(await ran(second, house)).toMatchObject({ state: 'completed' });
    expect(await read(id ?? '', house)).toMatchObject({ title: 'Mag.' });
    expect(await get(waiting, house)).toMatchObject({ state: 'cancelled', counters: { unprocessed: 1 } });
    const listed = await server.call('GET', '/v1/users/bulk?limit=1', { token: house.token });
    expect(listed.body['items']).toMatchObject([{ id: second }]);
    const next = await server.call('GET', `/v1/users/bulk?cursor=${String(listed.body['nextCursor'])}`, {
      token: house.token,
    });
    expect(next.body).toMatchObject({ items: [{ id: waiting }], nextCursor: null });
  });

  it.each(['run', 'approve', 'cancel'])('to %s what has ended are refused', async (name) => {
    const { id } = await run({ userIds: [newId()], changes: { title: 'Dr.' } });
    expect((await command(id, name)).body).toMatchObject({ status: 409, code: 'mass_change_state' });
  });

  it('once more with the same key are the same mass change', async () => {
    const json = { userIds: [await create()], changes: { title: 'Dr.' } };
    const headers = { 'idempotency-key': newId() };
    const [first, second] = [await start(json, company, headers), await start(json, company, headers)];
    expect(second.body['id']).toBe(first.body['id']);
  });

  it('are for administrators, each in its company', async () => {
    const other = await server.company();
    const ours = await create();
    const done = await run({ userIds: [ours], changes: { title: 'Dr.' } }, other);
    expect(briefly(await rowsOf(done.id, '', other))).toEqual({ [ours]: 'invalid user_not_found' });
    for (const path of [done.id, `${done.id}/rows`, newId(), 'x', 'x/rows']) {
      const { body } = await server.call('GET', `/v1/users/bulk/${path}`, { token: company.token });
      expect(body).toMatchObject({ status: 404, code: 'mass_change_not_found' });
    }
    for (const name of ['run', 'approve', 'cancel']) {
      expect((await command(done.id, name)).body).toMatchObject({ code: 'mass_change_not_found' });
    }
    await server.givePassword(company.id, await create({ email: 'mass-user@example.com', authorizationLevel: 1 }));
    const { body } = await server.signIn(company.name, 'mass-user@example.com');
    const user = { ...company, token: String(body['access_token']) };
    expect((await start({ filter: {}, changes: { title: 'x' } }, user)).body).toMatchObject({ code: 'forbidden' });
  });

  it('forget an account with its deletion', async () => {
    const id = await create({ hasOwnSchedule: false, loginEnabled: false });
    const { id: change } = await run({ userIds: [id], changes: { note: 'private' } });
    await server.change(company.id, 'delete from user_account where id = $1', [id]);
    await server.change(company.id, 'select forget_account($1)', [id]);
    expect(await rowsOf(change)).toEqual([]);
    expect(await get(change)).toMatchObject({ counters: { total: 1, updated: 1 } });
    const stored = await server.change(company.id, 'select * from mass_change where id = $1', [change]);
    expect(JSON.stringify(stored)).not.toContain('private');
  });
});
