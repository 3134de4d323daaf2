import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restorePointMarked, restorePointTaken } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { briefly, MassChangeDesk } from '../test-support/mass-changes.js';

let desk: MassChangeDesk;
beforeAll(async () => {
  desk = await MassChangeDesk.start();
});
afterAll(() => desk?.stop());

describe('a mass change', () => {
  it('says what it would do, and then does just that', async () => {
    const [one, same, unknown] = [await desk.create({ title: 'Dr.' }), await desk.create({ language: 'en' }), newId()];
    const changes = { language: 'en', title: null, home: { city: 'Graz' } };
    await desk.server.call('PATCH', `/v1/users/${same}`, {
      token: desk.company.token,
      headers: { 'if-match': '*' },
      json: { home: { city: 'Graz' } },
    });
    const answer = await desk.start({ userIds: [one, same, unknown, one], changes });
    expect(answer.status).toBe(202);
    const id = String(answer.body['id']);
    expect(answer.headers.get('location')).toBe(`/v1/users/bulk/${id}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    const plan = await desk.settled(id);
    const counts = { total: 3, updated: 1, unchanged: 1, invalid: 1, failed: 0, unprocessed: 0 };
    expect(plan).toMatchObject({
      state: 'planned',
      counters: { total: 3, unprocessed: 3, updated: 0 },
      plan: { counters: counts, guard: [] },
      restorePointId: null,
      links: { run: `/v1/users/bulk/${id}/run`, cancel: `/v1/users/bulk/${id}/cancel` },
    });
    expect(plan.links.approve).toBeUndefined();
    const preview = await desk.rowsOf(id, 'planned=updated');
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
    expect(await desk.read(one)).toMatchObject({ title: 'Dr.' });
    const done = await desk.ran(id);
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: counts, problem: null });
    expect(done.finishedAt).not.toBeNull();
    expect(await desk.read(one)).toMatchObject({ title: null, language: 'en', home: { city: 'Graz' } });
    expect(briefly(await desk.rowsOf(id))).toEqual({
      [one]: 'updated',
      [same]: 'unchanged',
      [unknown]: 'invalid user_not_found',
    });
    expect((await desk.rowsOf(id, 'outcome=updated'))[0]?.changes).toEqual(preview[0]?.changes);
  });

  it('tells others as a single change does, with itself as the cause, after its restore point', async () => {
    const [on, off] = [await desk.create(), await desk.create({ loginEnabled: false })];
    const id = (await desk.run({ userIds: [on, off], changes: { loginEnabled: false, note: 'gone' } })).id;
    const { restorePointId, state } = await desk.get(id);
    expect(state).toBe('completed');
    // Those of different accounts come in no order.
    const seen = () =>
      desk.eventsAbout([on, off]).map(({ type, data, cause }) => `${type} ${data.userId} ${data.version} ${cause}`);
    const cause = `mass-change:${id}`;
    await expect
      .poll(() => seen().toSorted())
      .toEqual([
        `user.deactivated.v1 ${on} 2 ${cause}`,
        `user.updated.v1 ${on} 2 ${cause}`,
        `user.updated.v1 ${off} 2 ${cause}`,
      ]);
    const { service } = desk.server;
    const marked = () => service.events(restorePointMarked).map(({ data }) => data);
    await expect.poll(marked).toContainEqual({ restorePointId, owner: 'user-admin' });
    const taken = service.events(restorePointTaken).filter(({ data }) => data.restorePointId === restorePointId);
    expect(taken).toMatchObject([{ cause, data: { occasion: 'mass-change', name: 'Anmeldung erlaubt; Notiz' } }]);
    const log = await desk.server.call('GET', `/v1/audit-log?cause=${cause}`, { token: desk.company.token });
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
    const id = await desk.create({ language: 'de' });
    const done = await desk.run({ userIds: [id], changes: { language: null } });
    expect(done).toMatchObject({ state: 'completed', restorePointId: null, counters: { unchanged: 1 } });
    expect(desk.eventsAbout([id])).toEqual([]);
  });

  it('reaches whom a filter meets when it begins', async () => {
    const ids = await desk.createMany(3, { lastName: 'Filtrata' });
    const done = await desk.run({ filter: { q: 'filtrata', loginEnabled: true }, changes: { accessLevel: 'gold' } });
    expect(done.counters).toMatchObject({ total: 3, updated: 3 });
    expect((await desk.rowsOf(done.id)).map(({ userId }) => userId)).toEqual(ids.toSorted());
    const none = await desk.planned({ filter: { q: 'nobodyatall' }, changes: { accessLevel: 'gold' } });
    expect(none).toMatchObject({ state: 'planned', counters: { total: 0 } });
    expect(await desk.ran(none.id)).toMatchObject({ state: 'completed' });
  });

  it('adds and removes groups', async () => {
    const group = async (name: string) =>
      String(
        (await desk.server.call('POST', '/v1/user-groups', { token: desk.company.token, json: { name } })).body['id'],
      );
    const [a, b, c] = [await group('A'), await group('B'), await group('C')];
    const [one, two] = [await desk.create({ userGroups: [a] }), await desk.create({ userGroups: [b] })];
    const changes = { addUserGroups: [b], removeUserGroups: [a, c] };
    const done = await desk.run({ userIds: [one, two], changes });
    expect(done.counters).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await desk.read(one))['userGroups']).toEqual([b]);
    await desk.run({ userIds: [one, two], changes: { userGroups: [c] } });
    expect((await desk.read(two))['userGroups']).toEqual([c]);
    const unknown = await desk.planned({ userIds: [one], changes: { addUserGroups: [newId()] } });
    expect(briefly(await desk.rowsOf(unknown.id))).toEqual({ [one]: 'unprocessed unknown_group' });
  });

  it('judges accounts anew that somebody changed since the plan', async () => {
    const ids = await desk.createMany(3);
    const [touched = '', gone = ''] = ids;
    const { id } = await desk.planned({ userIds: ids, changes: { title: 'Dr.' } });
    const headers = { 'if-match': '*' };
    await desk.server.call('PATCH', `/v1/users/${touched}`, {
      token: desk.company.token,
      headers,
      json: { title: 'Dr.' },
    });
    await desk.server.change(desk.company.id, 'delete from user_account where id = $1', [gone]);
    const done = await desk.ran(id);
    expect(done).toMatchObject({
      state: 'completedWithErrors',
      plan: { counters: { updated: 3 } },
      counters: { updated: 1, unchanged: 1, invalid: 1, changedSincePlan: 2 },
    });
    const rows = new Map((await desk.rowsOf(id)).map((row) => [row.userId, row]));
    expect(rows.get(touched)).toMatchObject({ planned: 'updated', outcome: 'unchanged', changedSincePlan: true });
    expect(rows.get(gone)).toMatchObject({ outcome: 'invalid', changedSincePlan: true, displayName: null });
  });
});
