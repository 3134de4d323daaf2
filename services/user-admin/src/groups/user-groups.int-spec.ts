import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userUpdated } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { AccountReferences } from '../code-lists/account-references.js';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { UsersRepository } from '../users/users.repository.js';
import { MOST_GROUPS } from './group-name.js';
import { UserGroupsRepository } from './user-groups.repository.js';

let server: UserAdmin;
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  [company, other] = [await server.company(), await server.company()];
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});

const create = (name: string, { token } = company, headers: Record<string, string> = {}) =>
  server.call('POST', '/v1/user-groups', { token, json: { name }, headers });
const idOf = async (name: string, of = company) => String((await create(name, of)).body['id']);
const read = (id: string, { token } = company) => server.call('GET', `/v1/user-groups/${id}`, { token });
const list = async (query = '', { token } = company) => {
  const { body } = await server.call('GET', `/v1/user-groups?${query}`, { token });
  return body as { items: { id: string; name: string; members: number }[]; nextCursor: string | null };
};
const rename = (id: string, name: string, ifMatch: string | undefined = '*', { token } = company) =>
  server.call('PATCH', `/v1/user-groups/${id}`, { token, json: { name }, headers: { 'if-match': ifMatch } });
const remove = (id: string, { token } = company, headers = {}) =>
  server.call('DELETE', `/v1/user-groups/${id}`, { token, headers });

let people = 0;
async function member(groups: string[], { token } = company): Promise<string> {
  const wishes = { email: `member${++people}@example.com`, hasOwnSchedule: false, userGroups: groups };
  const { status, body } = await server.createUser(token, wishes);
  expect(status).toBe(201);
  return String(body['id']);
}
const account = (id: string, { token } = company) => server.call('GET', `/v1/users/${id}`, { token });

describe('a user group', () => {
  it('is created, read, renamed and deleted', async () => {
    const made = await create('  Team Su\u0308d ');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Team Süd', members: 0 });
    expect(made.headers.get('etag')).toBe('"1"');
    const id = String(made.body['id']);
    expect(made.headers.get('location')).toBe(`/v1/user-groups/${id}`);
    expect((await read(id)).body).toEqual(made.body);

    const renamed = await rename(id, 'Team Nord', '"1"');
    expect(renamed.body).toMatchObject({ id, name: 'Team Nord' });
    expect(renamed.headers.get('etag')).toBe('"2"');
    expect((await rename(id, 'Team Nord', '"2"')).headers.get('etag')).toBe('"2"');
    expect((await remove(id)).status).toBe(204);
    expect((await read(id)).body).toMatchObject({ code: 'group_not_found' });
    expect((await remove(id)).body).toMatchObject({ code: 'group_not_found' });
  });

  it.each([
    ['other letters', 'straße 1', 'STRASSE 1'],
    ['other composition', 'Z\u00fcrich', 'ZU\u0308RICH'],
    ['blanks around it', 'Blank', ' blank '],
  ])('has its name alone in the company: %s', async (_what, first, second) => {
    const id = await idOf(first);
    const refused = await create(second);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'group_name_taken' });
    const another = await idOf(`Another ${first}`);
    expect((await rename(another, second)).body).toMatchObject({ code: 'group_name_taken' });
    // Its own name in other letters is no other group's.
    expect((await rename(id, second)).status).toBe(200);
    expect((await create(first, other)).status).toBe(201);
  });

  it.each([
    ['too long', 'x'.repeat(41), 'too_long'],
    ['blank', '  ', 'required'],
    ['with a semicolon', 'a;b', 'separator_in_value'],
    ['with half a character', 'a\ud800', 'invalid_character'],
    ['no text', 7, 'wrong_type'],
  ])('is refused with a name that is %s', async (_what, name, code) => {
    const answer = await server.call('POST', '/v1/user-groups', { token: company.token, json: { name } });
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/name', code }] });
  });

  it('is changed only by who has read what it is', async () => {
    const id = await idOf('Versions');
    expect((await rename(id, 'Versions 2', '"7"')).body).toMatchObject({ code: 'version_conflict' });
    expect((await rename(id, 'Versions 2', '')).body).toMatchObject({ code: 'precondition_required' });
    expect((await remove(id, company, { 'if-match': '"7"' })).body).toMatchObject({ code: 'version_conflict' });
    expect((await read(id)).body).toMatchObject({ name: 'Versions' });
  });

  it('is made once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'group-1' };
    const [first, second] = [await create('Once', company, headers), await create('Once', company, headers)];
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
  });
});

describe('the members of a group', () => {
  it('are counted, and have left it when it is deleted', async () => {
    const [gone, kept] = [await idOf('Gone'), await idOf('Kept')];
    const members = [await member([gone, kept]), await member([gone])];
    const outsider = await member([kept]);
    expect((await read(gone)).body).toMatchObject({ members: 2 });
    expect((await list('q=kept')).items).toMatchObject([{ name: 'Kept', members: 2 }]);

    expect((await remove(gone)).status).toBe(204);
    expect((await account(members[0] ?? '')).body).toMatchObject({ userGroups: [kept] });
    const changed = await account(members[1] ?? '');
    expect(changed.body).toMatchObject({ userGroups: [] });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await account(outsider)).headers.get('etag')).toBe('"1"');
    const found = () => server.service.events(userUpdated).filter(({ data }) => members.includes(data.userId));
    await expect.poll(() => found().length, { timeout: 10_000 }).toBe(2);
    for (const { data, companyId } of found()) {
      expect(companyId).toBe(company.id);
      expect(data).toMatchObject({ version: 2, changed: ['userGroups'], hasOwnSchedule: false });
    }
    const logged = await server.change(
      company.id,
      `select op, old -> 'group_ids' as groups, cause from user_account_change where record_id = $1 and op = 'U'`,
      [members[1]],
    );
    expect(logged).toMatchObject([{ op: 'U', groups: [expect.stringMatching(/^[0-9a-f-]{36}$/)] }]);
  });

  it('leave a deleted group a thousand at a time: what stops in the middle is whole so far, and ends by asking again', async () => {
    const group = await idOf('Large');
    const add = `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language, group_ids)
      select uuidv7(), $1, 'staff', 'large' || n || '@example.com', 'large' || n, 'x', 0, false, 'en', array[$2::uuid] from generate_series(1, 2300) n
      returning id`;
    const ids = (await server.change(company.id, add, [company.id, group])) as { id: string }[];
    const told = () =>
      server.service
        .events(userUpdated)
        .filter(({ data }) => ids.some(({ id }) => id === data.userId))
        .map(({ data }) => data.userId);
    const setVersion = (version: number) =>
      server.change(company.id, `update user_account set version = $1 where username = 'large1500'`, [version]);
    // It can grow no more, so the second step fails.
    await setVersion(2_147_483_647);
    expect((await remove(group)).status).toBe(500);
    expect((await read(group)).body).toMatchObject({ members: 1_300 });
    await setVersion(1);
    const answers = await Promise.all([remove(group), remove(group)]);
    expect(answers.map(({ status }) => status)).toContain(204);
    expect([204, 404]).toContain(answers.find(({ status }) => status !== 204)?.status ?? 204);
    expect((await read(group)).body).toMatchObject({ code: 'group_not_found' });
    const left =
      'select 1 from user_account where $1 = any(group_ids) union all select 1 from user_group_member where group_id = $1';
    expect(await server.change(company.id, left, [group])).toEqual([]);
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(2_300);
    expect(new Set(told()).size).toBe(2_300);
  });

  it('may not name a group that is not there, nor one of another company', async () => {
    const foreign = await idOf('Foreign', other);
    const id = await member([]);
    for (const group of [newId(), foreign]) {
      const made = await server.createUser(company.token, { email: 'x@example.com', userGroups: [group] });
      const errors = [{ pointer: '/userGroups', code: 'unknown_group' }];
      expect(made.body).toMatchObject({ code: 'validation_failed', errors });
      const json = { userGroups: [group] };
      const headers = { 'if-match': '*' };
      const changed = await server.call('PATCH', `/v1/users/${id}`, { token: company.token, json, headers });
      expect(changed.body).toMatchObject({ code: 'validation_failed', errors });
    }
    expect((await read(foreign, other)).body).toMatchObject({ members: 0 });
  });

  it('of 2,500 leave it in one unit of work', async () => {
    const group = await idOf('Crowd', other);
    await server.change(
      other.id,
      `insert into user_account (id, company_id, kind, username, display_name, authorization_level, has_own_schedule,
                                 language, group_ids)
       select uuidv7(), $1, 'person', 'crowd' || n, 'Crowd', 0, false, 'de', array[$2::uuid]
         from generate_series(1, 2500) n`,
      [other.id, group],
    );
    expect((await read(group, other)).body).toMatchObject({ members: 2500 });
    expect((await remove(group, other)).status).toBe(204);
    const told = () => server.service.events(userUpdated).filter(({ companyId }) => companyId === other.id);
    await expect.poll(() => told().length, { timeout: 30_000 }).toBe(2500);
    expect(new Set(told().map(({ data }) => data.userId)).size).toBe(2500);
  });
});

describe('the list of groups', () => {
  it('is sorted by name, searched and paged', async () => {
    const fresh = await server.company();
    for (const name of ['Österreich', 'nord', 'Zürich', 'Nordost', 'Ägypten']) await create(name, fresh);
    const names = async (query = '') => (await list(query, fresh)).items.map(({ name }) => name);
    expect(await names()).toEqual(['Ägypten', 'nord', 'Nordost', 'Österreich', 'Zürich']);
    expect(await names('q=NORD')).toEqual(['nord', 'Nordost']);
    expect(await names('q=osterr')).toEqual(['Österreich']);
    expect(await names('q=%25')).toEqual([]);
    const first = await list('limit=2', fresh);
    const second = await list(`limit=3&cursor=${first.nextCursor}`, fresh);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(await names());
    expect(second.nextCursor).toBeNull();
    const cursor = Buffer.from('["x",7]').toString('base64url');
    expect(await list(`cursor=${cursor}`, fresh)).toMatchObject({ code: 'invalid_cursor' });
  });

  it('ends at the most that a company may have', async () => {
    const fresh = await server.company();
    await server.change(
      fresh.id,
      `insert into user_group (id, company_id, name) select uuidv7(), $1, 'G ' || n from generate_series(1, $2::int) n`,
      [fresh.id, MOST_GROUPS - 1],
    );
    const answers = await Promise.all(['a', 'b'].map((name) => create(name, fresh)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'too_many_groups' });
  });
});

describe('who reads and changes groups', () => {
  it('supervisors read them, users do not, and only administrators change them', async () => {
    const id = await idOf('Rights');
    const person = async (level: number) => {
      const email = `level${level}@example.com`;
      const made = await server.createUser(company.token, { email, authorizationLevel: level, hasOwnSchedule: false });
      await server.givePassword(company.id, String(made.body['id']));
      return { ...company, token: String((await server.signIn(company.name, email, PASSWORD)).body['access_token']) };
    };
    const [supervisor, user] = [await person(1), await person(0)];
    expect((await read(id, supervisor)).body).toMatchObject({ name: 'Rights' });
    expect((await list('q=rights', supervisor)).items).toHaveLength(1);
    expect((await read(id, user)).body).toMatchObject({ code: 'forbidden' });
    expect(await list('', user)).toMatchObject({ code: 'forbidden' });
    for (const caller of [supervisor, user]) {
      expect((await create('Mine', caller)).body).toMatchObject({ code: 'forbidden' });
      expect((await rename(id, 'Mine', '*', caller)).body).toMatchObject({ code: 'forbidden' });
      expect((await remove(id, caller)).body).toMatchObject({ code: 'forbidden' });
    }
  });

  it('another company does not even learn that there is such a group', async () => {
    const id = await idOf('Secret');
    for (const unknown of [id, newId(), 'nonsense']) {
      expect((await read(unknown, other)).body).toMatchObject({ status: 404, code: 'group_not_found' });
      expect((await rename(unknown, 'Mine', '*', other)).body).toMatchObject({ status: 404, code: 'group_not_found' });
      expect((await remove(unknown, other)).body).toMatchObject({ status: 404, code: 'group_not_found' });
    }
    expect((await list('q=secret', other)).items).toEqual([]);
    expect((await read(id)).status).toBe(200);
  });

  it('the database itself keeps companies apart', async () => {
    const id = await idOf('Fenced');
    expect(await server.change(other.id, 'select 1 from user_group where id = $1', [id])).toEqual([]);
    const insert = 'insert into user_group (id, company_id, name) values ($1, $2, $3)';
    await expect(server.change(other.id, insert, [newId(), company.id, 'x'])).rejects.toThrow('row-level security');
  });
});

describe('at the same time', () => {
  it('ten creations of one name make one group', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => create(n % 2 ? 'RACE' : 'race')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'group_name_taken'));
    expect((await list('q=race')).items).toHaveLength(1);
  });

  it('a group that is deleted while accounts join it has no members left behind', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => member([])));
    const group = await idOf('Vanishing');
    const join = (id: string) =>
      server.call('PATCH', `/v1/users/${id}`, {
        token: company.token,
        json: { userGroups: [group] },
        headers: { 'if-match': '*' },
      });
    const joining = ids.slice(0, 4).map(join);
    const [removed, ...joined] = await Promise.all([remove(group), ...joining, ...ids.slice(4).map(join)]);
    expect(removed?.status).toBe(204);
    const refused = joined.filter(({ status }) => status !== 200).map(({ body }) => JSON.stringify(body));
    expect(refused.filter((body) => !body.includes('"unknown_group"'))).toEqual([]);
    for (const id of ids) expect((await account(id)).body).toMatchObject({ userGroups: [] });
  });

  it('a deletion waits for whoever is about to give the group to an account', async () => {
    const [id, group] = [await member([]), await idOf('Awaited')];
    const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
    const { app } = server.service;
    const removing = await app.get(UnitOfWork).run(scope, async (manager) => {
      await app.get(UsersRepository).lockAccounts(manager, company.id);
      const references = { groupIds: [group], accessLevel: null, roles: [], roleOptions: [], customerType: null };
      expect(await app.get(AccountReferences).faults(manager, company.id, undefined, references)).toEqual([]);
      const answer = remove(group);
      const waiting = async () => {
        const where = `locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
        return (await manager.query<unknown[]>(`select 1 from pg_locks where ${where}`)).length;
      };
      await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
      await manager.query(`update user_account set group_ids = array[$2::uuid] where id = $1`, [id, group]);
      return { answer };
    });
    expect((await removing.answer).status).toBe(204);
    expect((await account(id)).body).toMatchObject({ userGroups: [] });
  });

  it('two changes of one version: one is told to read again', async () => {
    const id = await idOf('Twice');
    const answers = await Promise.all(['Twice a', 'Twice b'].map((name) => rename(id, name, '"1"')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });
});

describe('names for others', () => {
  it('lead to groups in any letter case, and back, of the own company only', async () => {
    const [one, two, foreign] = [await idOf('Führung'), await idOf('Straße'), await idOf('Fremd', other)];
    const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
    const groups = new UserGroupsRepository();
    const { service } = server;
    await service.app.get(UnitOfWork).run(scope, async (manager) => {
      const asked = ['FU\u0308HRUNG', ' strasse ', 'Fremd', 'nobody'];
      const ids = await groups.groupIdsByName(manager, company.id, asked);
      expect([...ids]).toEqual(
        expect.arrayContaining([
          ['FU\u0308HRUNG', one],
          [' strasse ', two],
        ]),
      );
      expect(ids.size).toBe(2);
      const names = await groups.namesOf(manager, [one, two, two, foreign, newId()]);
      expect(names).toEqual(
        new Map([
          [one, 'Führung'],
          [two, 'Straße'],
        ]),
      );
      expect((await groups.namesOf(manager, [])).size).toBe(0);
    });
  });
});

describe('the audit log', () => {
  it('has what became of a group', async () => {
    const id = await idOf('Logged');
    await rename(id, 'Logged 2');
    await remove(id);
    const entries = await server.change(
      company.id,
      'select action, subject_kind, subject_label, changes from audit_log where subject_id = $1 order by id',
      [id],
    );
    expect(entries).toMatchObject([
      { action: 'created', subject_kind: 'group', changes: [{ field: 'name', to: 'Logged' }] },
      { action: 'changed', changes: [{ field: 'name', from: 'Logged', to: 'Logged 2' }] },
      { action: 'deleted', subject_label: 'Logged 2' },
    ]);
  });
});
