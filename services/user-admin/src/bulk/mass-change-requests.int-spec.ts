import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { briefly, MassChangeDesk } from '../test-support/mass-changes.js';
import type { Answer } from '../test-support/user-admin.js';

let desk: MassChangeDesk;
beforeAll(async () => {
  desk = await MassChangeDesk.start();
});
afterAll(() => desk?.stop());

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
    const { status, body } = await desk.start(json);
    expect({ status, code: body['code'] }).toEqual({ status: 422, code });
    const found = body['errors'] as { pointer?: string; code: string }[];
    expect(found.map((error) => `${error.pointer} ${error.code}`)).toEqual(errors);
  });

  it('find one running mass change, and are refused until it ends', async () => {
    const house = await desk.server.company();
    const [id] = await desk.createMany(1, {}, house);
    const { id: waiting } = await desk.planned({ userIds: [id], changes: { title: 'Dr.' } }, house);
    const { id: second } = await desk.planned({ userIds: [id], changes: { title: 'Mag.' } }, house);
    // Whoever holds the lock of accounts holds up the step.
    const client = await desk.ownerClient();
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`user-admin accounts ${house.id}`]);
    try {
      expect((await desk.command(waiting, 'run', house)).body).toMatchObject({ state: 'running' });
      expect((await desk.command(second, 'run', house)).body).toMatchObject({
        status: 409,
        code: 'mass_change_running',
      });
      const third: Answer = await desk.start({ userIds: [id], changes: { title: 'x' }, then: 'run' }, house);
      expect(third.body).toMatchObject({ status: 409, code: 'mass_change_running' });
      expect(JSON.stringify(third.body)).toContain(waiting);
      expect((await desk.command(waiting, 'cancel', house)).body).toMatchObject({ state: 'cancelled' });
    } finally {
      await client.end();
    }
    expect(await desk.ran(second, house)).toMatchObject({ state: 'completed' });
    expect(await desk.read(id ?? '', house)).toMatchObject({ title: 'Mag.' });
    expect(await desk.get(waiting, house)).toMatchObject({ state: 'cancelled', counters: { unprocessed: 1 } });
    const listed = await desk.server.call('GET', '/v1/users/bulk?limit=1', { token: house.token });
    expect(listed.body['items']).toMatchObject([{ id: second }]);
    const next = await desk.server.call('GET', `/v1/users/bulk?cursor=${String(listed.body['nextCursor'])}`, {
      token: house.token,
    });
    expect(next.body).toMatchObject({ items: [{ id: waiting }], nextCursor: null });
  });

  it.each(['run', 'approve', 'cancel'])('to %s what has ended are refused', async (name) => {
    const { id } = await desk.run({ userIds: [newId()], changes: { title: 'Dr.' } });
    expect((await desk.command(id, name)).body).toMatchObject({ status: 409, code: 'mass_change_state' });
  });

  it('once more with the same key are the same mass change', async () => {
    const json = { userIds: [await desk.create()], changes: { title: 'Dr.' } };
    const headers = { 'idempotency-key': newId() };
    const [first, second] = [
      await desk.start(json, desk.company, headers),
      await desk.start(json, desk.company, headers),
    ];
    expect(second.body['id']).toBe(first.body['id']);
  });

  it('are for administrators, each in its company', async () => {
    const other = await desk.server.company();
    const ours = await desk.create();
    const done = await desk.run({ userIds: [ours], changes: { title: 'Dr.' } }, other);
    expect(briefly(await desk.rowsOf(done.id, '', other))).toEqual({ [ours]: 'invalid user_not_found' });
    for (const path of [done.id, `${done.id}/rows`, newId(), 'x', 'x/rows']) {
      const { body } = await desk.server.call('GET', `/v1/users/bulk/${path}`, { token: desk.company.token });
      expect(body).toMatchObject({ status: 404, code: 'mass_change_not_found' });
    }
    for (const name of ['run', 'approve', 'cancel']) {
      expect((await desk.command(done.id, name)).body).toMatchObject({ code: 'mass_change_not_found' });
    }
    await desk.server.givePassword(
      desk.company.id,
      await desk.create({ email: 'mass-user@example.com', authorizationLevel: 1 }),
    );
    const { body } = await desk.server.signIn(desk.company.name, 'mass-user@example.com');
    const user = { ...desk.company, token: String(body['access_token']) };
    expect((await desk.start({ filter: {}, changes: { title: 'x' } }, user)).body).toMatchObject({ code: 'forbidden' });
  });

  it('forget an account with its deletion', async () => {
    const id = await desk.create({ hasOwnSchedule: false, loginEnabled: false });
    const { id: change } = await desk.run({ userIds: [id], changes: { note: 'private' } });
    await desk.server.change(desk.company.id, 'delete from user_account where id = $1', [id]);
    await desk.server.change(desk.company.id, 'select forget_account($1)', [id]);
    expect(await desk.rowsOf(change)).toEqual([]);
    expect(await desk.get(change)).toMatchObject({ counters: { total: 1, updated: 1 } });
    const stored = await desk.server.change(desk.company.id, 'select * from mass_change where id = $1', [change]);
    expect(JSON.stringify(stored)).not.toContain('private');
  });
});
