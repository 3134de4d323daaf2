import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, UnitOfWork } from '@muster/persistence';
import { PASSWORD } from '../test-support/user-admin.js';
import { GroupDesk } from '../test-support/user-groups.js';
import { MOST_GROUPS } from './group-name.js';
import { UserGroupsRepository } from './user-groups.repository.js';

let desk: GroupDesk;
beforeAll(async () => {
  desk = await GroupDesk.start();
});
afterAll(() => desk?.stop());

describe('a user group', () => {
  it('is created, read, renamed and deleted', async () => {
    const made = await desk.create('  Team Su\u0308d ');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Team Süd', members: 0 });
    expect(made.headers.get('etag')).toBe('"1"');
    const id = String(made.body['id']);
    expect(made.headers.get('location')).toBe(`/v1/user-groups/${id}`);
    expect((await desk.read(id)).body).toEqual(made.body);

    const renamed = await desk.rename(id, 'Team Nord', '"1"');
    expect(renamed.body).toMatchObject({ id, name: 'Team Nord' });
    expect(renamed.headers.get('etag')).toBe('"2"');
    expect((await desk.rename(id, 'Team Nord', '"2"')).headers.get('etag')).toBe('"2"');
    expect((await desk.remove(id)).status).toBe(204);
    expect((await desk.read(id)).body).toMatchObject({ code: 'group_not_found' });
    expect((await desk.remove(id)).body).toMatchObject({ code: 'group_not_found' });
  });

  it.each([
    ['other letters', 'straße 1', 'STRASSE 1'],
    ['other composition', 'Z\u00fcrich', 'ZU\u0308RICH'],
    ['blanks around it', 'Blank', ' blank '],
  ])('has its name alone in the company: %s', async (_what, first, second) => {
    const id = await desk.idOf(first);
    const refused = await desk.create(second);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'group_name_taken' });
    const another = await desk.idOf(`Another ${first}`);
    expect((await desk.rename(another, second)).body).toMatchObject({ code: 'group_name_taken' });
    // Its own name in other letters is no other group's.
    expect((await desk.rename(id, second)).status).toBe(200);
    expect((await desk.create(first, desk.other)).status).toBe(201);
  });

  it.each([
    ['too long', 'x'.repeat(41), 'too_long'],
    ['blank', '  ', 'required'],
    ['with a semicolon', 'a;b', 'separator_in_value'],
    ['with half a character', 'a\ud800', 'invalid_character'],
    ['no text', 7, 'wrong_type'],
  ])('is refused with a name that is %s', async (_what, name, code) => {
    const answer = await desk.server.call('POST', '/v1/user-groups', { token: desk.company.token, json: { name } });
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/name', code }] });
  });

  it('is changed only by who has read what it is', async () => {
    const id = await desk.idOf('Versions');
    expect((await desk.rename(id, 'Versions 2', '"7"')).body).toMatchObject({ code: 'version_conflict' });
    expect((await desk.rename(id, 'Versions 2', '')).body).toMatchObject({ code: 'precondition_required' });
    expect((await desk.remove(id, desk.company, { 'if-match': '"7"' })).body).toMatchObject({
      code: 'version_conflict',
    });
    expect((await desk.read(id)).body).toMatchObject({ name: 'Versions' });
  });

  it('is made once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'group-1' };
    const [first, second] = [
      await desk.create('Once', desk.company, headers),
      await desk.create('Once', desk.company, headers),
    ];
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
  });
});

describe('the list of groups', () => {
  it('is sorted by name, searched and paged', async () => {
    const fresh = await desk.server.company();
    for (const name of ['Österreich', 'nord', 'Zürich', 'Nordost', 'Ägypten']) await desk.create(name, fresh);
    const names = async (query = '') => (await desk.list(query, fresh)).items.map(({ name }) => name);
    expect(await names()).toEqual(['Ägypten', 'nord', 'Nordost', 'Österreich', 'Zürich']);
    expect(await names('q=NORD')).toEqual(['nord', 'Nordost']);
    expect(await names('q=osterr')).toEqual(['Österreich']);
    expect(await names('q=%25')).toEqual([]);
    const first = await desk.list('limit=2', fresh);
    const second = await desk.list(`limit=3&cursor=${first.nextCursor}`, fresh);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(await names());
    expect(second.nextCursor).toBeNull();
    const cursor = Buffer.from('["x",7]').toString('base64url');
    expect(await desk.list(`cursor=${cursor}`, fresh)).toMatchObject({ code: 'invalid_cursor' });
  });

  it('ends at the most that a company may have', async () => {
    const fresh = await desk.server.company();
    await desk.server.change(
      fresh.id,
      `insert into user_group (id, company_id, name) select uuidv7(), $1, 'G ' || n from generate_series(1, $2::int) n`,
      [fresh.id, MOST_GROUPS - 1],
    );
    const answers = await Promise.all(['a', 'b'].map((name) => desk.create(name, fresh)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'too_many_groups' });
  });
});

describe('who reads and changes groups', () => {
  it('supervisors read them, users do not, and only administrators change them', async () => {
    const id = await desk.idOf('Rights');
    const person = async (level: number) => {
      const email = `level${level}@example.com`;
      const made = await desk.server.createUser(desk.company.token, {
        email,
        authorizationLevel: level,
        hasOwnSchedule: false,
      });
      await desk.server.givePassword(desk.company.id, String(made.body['id']));
      return {
        ...desk.company,
        token: String((await desk.server.signIn(desk.company.name, email, PASSWORD)).body['access_token']),
      };
    };
    const [supervisor, user] = [await person(1), await person(0)];
    expect((await desk.read(id, supervisor)).body).toMatchObject({ name: 'Rights' });
    expect((await desk.list('q=rights', supervisor)).items).toHaveLength(1);
    expect((await desk.read(id, user)).body).toMatchObject({ code: 'forbidden' });
    expect(await desk.list('', user)).toMatchObject({ code: 'forbidden' });
    for (const caller of [supervisor, user]) {
      expect((await desk.create('Mine', caller)).body).toMatchObject({ code: 'forbidden' });
      expect((await desk.rename(id, 'Mine', '*', caller)).body).toMatchObject({ code: 'forbidden' });
      expect((await desk.remove(id, caller)).body).toMatchObject({ code: 'forbidden' });
    }
  });

  it('another company does not even learn that there is such a group', async () => {
    const id = await desk.idOf('Secret');
    for (const unknown of [id, newId(), 'nonsense']) {
      expect((await desk.read(unknown, desk.other)).body).toMatchObject({ status: 404, code: 'group_not_found' });
      expect((await desk.rename(unknown, 'Mine', '*', desk.other)).body).toMatchObject({
        status: 404,
        code: 'group_not_found',
      });
      expect((await desk.remove(unknown, desk.other)).body).toMatchObject({ status: 404, code: 'group_not_found' });
    }
    expect((await desk.list('q=secret', desk.other)).items).toEqual([]);
    expect((await desk.read(id)).status).toBe(200);
  });

  it('the database itself keeps companies apart', async () => {
    const id = await desk.idOf('Fenced');
    expect(await desk.server.change(desk.other.id, 'select 1 from user_group where id = $1', [id])).toEqual([]);
    const insert = 'insert into user_group (id, company_id, name) values ($1, $2, $3)';
    await expect(desk.server.change(desk.other.id, insert, [newId(), desk.company.id, 'x'])).rejects.toThrow(
      'row-level security',
    );
  });
});

describe('names for others', () => {
  it('lead to groups in any letter case, and back, of the own company only', async () => {
    const [one, two, foreign] = [
      await desk.idOf('Führung'),
      await desk.idOf('Straße'),
      await desk.idOf('Fremd', desk.other),
    ];
    const scope = { companyId: desk.company.id, actor: 'system', cause: 'request:test' };
    const groups = new UserGroupsRepository();
    const { service } = desk.server;
    await service.app.get(UnitOfWork).run(scope, async (manager) => {
      const asked = ['FU\u0308HRUNG', ' strasse ', 'Fremd', 'nobody'];
      const ids = await groups.groupIdsByName(manager, desk.company.id, asked);
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
    const id = await desk.idOf('Logged');
    await desk.rename(id, 'Logged 2');
    await desk.remove(id);
    const entries = await desk.server.change(
      desk.company.id,
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
