import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userUpdated } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { AccountReferences } from '../code-lists/account-references.js';
import { GroupDesk } from '../test-support/user-groups.js';
import { UsersRepository } from '../users/users.repository.js';

let desk: GroupDesk;
beforeAll(async () => {
  desk = await GroupDesk.start();
});
afterAll(() => desk?.stop());

describe('the members of a group', () => {
  it('are counted, and have left it when it is deleted', async () => {
    const [gone, kept] = [await desk.idOf('Gone'), await desk.idOf('Kept')];
    const members = [await desk.member([gone, kept]), await desk.member([gone])];
    const outsider = await desk.member([kept]);
    expect((await desk.read(gone)).body).toMatchObject({ members: 2 });
    expect((await desk.list('q=kept')).items).toMatchObject([{ name: 'Kept', members: 2 }]);

    expect((await desk.remove(gone)).status).toBe(204);
    expect((await desk.account(members[0] ?? '')).body).toMatchObject({ userGroups: [kept] });
    const changed = await desk.account(members[1] ?? '');
    expect(changed.body).toMatchObject({ userGroups: [] });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await desk.account(outsider)).headers.get('etag')).toBe('"1"');
    const found = () => desk.server.service.events(userUpdated).filter(({ data }) => members.includes(data.userId));
    await expect.poll(() => found().length).toBe(2);
    for (const { data, companyId } of found()) {
      expect(companyId).toBe(desk.company.id);
      expect(data).toMatchObject({ version: 2, changed: ['userGroups'], hasOwnSchedule: false });
    }
    const logged = await desk.server.change(
      desk.company.id,
      `select op, old -> 'group_ids' as groups, cause from user_account_change where record_id = $1 and op = 'U'`,
      [members[1]],
    );
    expect(logged).toMatchObject([{ op: 'U', groups: [expect.stringMatching(/^[0-9a-f-]{36}$/)] }]);
  });

  it('leave a deleted group a thousand at a time: what stops in the middle is whole so far, and ends by asking again', async () => {
    const group = await desk.idOf('Large');
    const add = `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language, group_ids)
      select uuidv7(), $1, 'staff', 'large' || n || '@example.com', 'large' || n, 'x', 0, false, 'en', array[$2::uuid] from generate_series(1, 2300) n
      returning id`;
    const ids = (await desk.server.change(desk.company.id, add, [desk.company.id, group])) as { id: string }[];
    const told = () =>
      desk.server.service
        .events(userUpdated)
        .filter(({ data }) => ids.some(({ id }) => id === data.userId))
        .map(({ data }) => data.userId);
    const setVersion = (version: number) =>
      desk.server.change(desk.company.id, `update user_account set version = $1 where username = 'large1500'`, [
        version,
      ]);
    // It can grow no more, so the second step fails.
    await setVersion(2_147_483_647);
    expect((await desk.remove(group)).status).toBe(500);
    expect((await desk.read(group)).body).toMatchObject({ members: 1_300 });
    await setVersion(1);
    const answers = await Promise.all([desk.remove(group), desk.remove(group)]);
    expect(answers.map(({ status }) => status)).toContain(204);
    expect([204, 404]).toContain(answers.find(({ status }) => status !== 204)?.status ?? 204);
    expect((await desk.read(group)).body).toMatchObject({ code: 'group_not_found' });
    const left =
      'select 1 from user_account where $1 = any(group_ids) union all select 1 from user_group_member where group_id = $1';
    expect(await desk.server.change(desk.company.id, left, [group])).toEqual([]);
    await expect.poll(() => told().length).toBe(2_300);
    expect(new Set(told()).size).toBe(2_300);
  });

  it('may not name a group that is not there, nor one of another company', async () => {
    const foreign = await desk.idOf('Foreign', desk.other);
    const id = await desk.member([]);
    for (const group of [newId(), foreign]) {
      const made = await desk.server.createUser(desk.company.token, { email: 'x@example.com', userGroups: [group] });
      const errors = [{ pointer: '/userGroups', code: 'unknown_group' }];
      expect(made.body).toMatchObject({ code: 'validation_failed', errors });
      const json = { userGroups: [group] };
      const headers = { 'if-match': '*' };
      const changed = await desk.server.call('PATCH', `/v1/users/${id}`, { token: desk.company.token, json, headers });
      expect(changed.body).toMatchObject({ code: 'validation_failed', errors });
    }
    expect((await desk.read(foreign, desk.other)).body).toMatchObject({ members: 0 });
  });
});

describe('at the same time', () => {
  it('ten creations of one name make one group', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => desk.create(n % 2 ? 'RACE' : 'race')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'group_name_taken'));
    expect((await desk.list('q=race')).items).toHaveLength(1);
  });

  it('a group that is deleted while accounts join it has no members left behind', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => desk.member([])));
    const group = await desk.idOf('Vanishing');
    const join = (id: string) =>
      desk.server.call('PATCH', `/v1/users/${id}`, {
        token: desk.company.token,
        json: { userGroups: [group] },
        headers: { 'if-match': '*' },
      });
    const joining = ids.slice(0, 4).map(join);
    const [removed, ...joined] = await Promise.all([desk.remove(group), ...joining, ...ids.slice(4).map(join)]);
    expect(removed?.status).toBe(204);
    const refused = joined.filter(({ status }) => status !== 200).map(({ body }) => JSON.stringify(body));
    expect(refused.filter((body) => !body.includes('"unknown_group"'))).toEqual([]);
    for (const id of ids) expect((await desk.account(id)).body).toMatchObject({ userGroups: [] });
  });

  it('a deletion waits for whoever is about to give the group to an account', async () => {
    const [id, group] = [await desk.member([]), await desk.idOf('Awaited')];
    const scope = { companyId: desk.company.id, actor: 'system', cause: 'request:test' };
    const { app } = desk.server.service;
    const removing = await app.get(UnitOfWork).run(scope, async (manager) => {
      await app.get(UsersRepository).lockAccounts(manager, desk.company.id);
      const references = { groupIds: [group], accessLevel: null, roles: [], roleOptions: [], customerType: null };
      expect(await app.get(AccountReferences).faults(manager, desk.company.id, undefined, references)).toEqual([]);
      const answer = desk.remove(group);
      const waiting = async () => {
        const where = `locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
        return (await manager.query<unknown[]>(`select 1 from pg_locks where ${where}`)).length;
      };
      await expect.poll(waiting).toBe(1);
      await manager.query(`update user_account set group_ids = array[$2::uuid] where id = $1`, [id, group]);
      return { answer };
    });
    expect((await removing.answer).status).toBe(204);
    expect((await desk.account(id)).body).toMatchObject({ userGroups: [] });
  });

  it('two changes of one version: one is told to read again', async () => {
    const id = await desk.idOf('Twice');
    const answers = await Promise.all(['Twice a', 'Twice b'].map((name) => desk.rename(id, name, '"1"')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });
});
