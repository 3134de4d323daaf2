import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userScheduleRemoved } from '@muster/contracts';
import { briefly, MassChangeDesk } from '../test-support/mass-changes.js';

let desk: MassChangeDesk;
beforeAll(async () => {
  desk = await MassChangeDesk.start();
});
afterAll(() => desk?.stop());

describe('the rules over the whole set', () => {
  it('leave an administrator', async () => {
    const house = await desk.server.company();
    const others = await desk.createMany(2, { authorizationLevel: 2 }, house);
    // The administrator who asks is among them, and may not look any more afterwards.
    const keyed = await desk.withKey(house);
    const plan = await desk.planned({ filter: { authorizationLevel: 2 }, changes: { authorizationLevel: 0 } }, keyed);
    expect(plan.plan.counters).toMatchObject({ updated: 2, invalid: 1, demotions: 2 });
    const done = await desk.ran(plan.id, keyed);
    expect(done.counters).toMatchObject({ updated: 2, invalid: 1, demotions: 2 });
    // Ids are given in the order of creation: the later ones are refused.
    const last = others.toSorted().at(-1) ?? '';
    expect((await desk.rowsOf(plan.id, 'outcome=invalid', keyed)).map(({ userId }) => userId)).toEqual([last]);
  });

  it('give the licences that there are', async () => {
    const house = await desk.server.company({ licences: 2 });
    const ids = await desk.createMany(3, {}, house);
    const { id, plan } = await desk.planned({ userIds: ids, changes: { hasOwnSchedule: true } }, house);
    expect(plan).toMatchObject({
      counters: { updated: 2, invalid: 1 },
      licences: { total: 2, inUse: 0, taken: 2, freed: 0, inUseAfter: 2 },
    });
    expect(await desk.ran(id, house)).toMatchObject({ counters: { updated: 2, invalid: 1 } });
    expect(Object.values(briefly(await desk.rowsOf(id, '', house))).toSorted()).toEqual([
      'invalid licence_exceeded',
      'updated',
      'updated',
    ]);
  });

  it('take schedules away only where that is allowed, after a restore point', async () => {
    const [id, unsaid] = [await desk.create(), await desk.create()];
    const changes = { hasOwnSchedule: false };
    const refused = await desk.run({ userIds: [unsaid], changes });
    expect(briefly(await desk.rowsOf(refused.id))).toEqual({ [unsaid]: 'invalid schedule_removal_not_allowed' });
    expect(refused.restorePointId).toBeNull();
    const done = await desk.run({ userIds: [id], changes, options: { allowScheduleRemoval: true } });
    expect(done).toMatchObject({
      counters: { updated: 1, scheduleRemovals: 1 },
      plan: { guard: [{ kind: 'staff', effect: 'scheduleRemovals', planned: 1, exceeded: false }] },
    });
    const removals = () => desk.server.service.events(userScheduleRemoved).filter(({ data }) => data.userId === id);
    await expect
      .poll(removals)
      .toMatchObject([{ data: { restorePointId: done.restorePointId }, cause: `mass-change:${done.id}` }]);
  });
});

describe('the guard', () => {
  it('holds a run beyond its limits until an administrator approves it', async () => {
    const house = await desk.server.company();
    const ids = await desk.createMany(6, {}, house);
    const off = (userIds: readonly string[]) => ({ userIds, changes: { loginEnabled: false } });
    expect(await desk.run(off(ids.slice(0, 3)), house)).toMatchObject({ state: 'completed' });
    await desk.run({ userIds: ids, changes: { loginEnabled: true } }, house);
    const held = await desk.run(off(ids), house);
    expect(held).toMatchObject({
      state: 'awaitingApproval',
      plan: { guard: [{ kind: 'staff', effect: 'deactivations', planned: 6, base: 7, limit: 3, exceeded: true }] },
      counters: { updated: 0, unprocessed: 6 },
      restorePointId: null,
    });
    expect((await desk.command(held.id, 'run', house)).body).toMatchObject({ status: 409, code: 'mass_change_state' });
    const keyed = await desk.withKey(house);
    expect((await desk.command(held.id, 'approve', keyed)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await desk.command(held.id, 'approve', house)).status).toBe(202);
    const done = await desk.settled(held.id, house);
    expect(done).toMatchObject({ state: 'completed', approved: true, counters: { updated: 6, deactivated: 6 } });
    expect(done.runBy).toMatch(/^user:/);
  });

  it('waits likewise when what was planned is run', async () => {
    const house = await desk.server.company();
    const userIds = await desk.createMany(4, {}, house);
    const { id, state } = await desk.planned({ userIds, changes: { loginEnabled: false } }, house);
    expect(state).toBe('planned');
    expect((await desk.command(id, 'run', house)).body).toMatchObject({ state: 'awaitingApproval' });
    expect((await desk.command(id, 'cancel', house)).body).toMatchObject({
      state: 'cancelled',
      counters: { unprocessed: 4 },
    });
  });

  it('looks again at accounts that have changed since the plan', async () => {
    const house = await desk.server.company();
    const userIds = await desk.createMany(6, { loginEnabled: false }, house);
    const { id, plan } = await desk.planned({ userIds, changes: { loginEnabled: false } }, house);
    expect(plan.guard).toEqual([]);
    await desk.run({ userIds, changes: { loginEnabled: true } }, house);
    expect(await desk.ran(id, house)).toMatchObject({
      state: 'awaitingApproval',
      plan: { guard: [{ effect: 'deactivations', planned: 6, limit: 3, exceeded: true }] },
      counters: { unprocessed: 6 },
    });
    await desk.command(id, 'approve', house);
    expect(await desk.settled(id, house)).toMatchObject({ state: 'completed', counters: { deactivated: 6 } });
  });

  it('has the limits that the company sets', async () => {
    const house = await desk.server.company();
    const json = { guard: { percent: 100, count: 5 } };
    await desk.server.call('PATCH', '/v1/company', { token: house.token, json });
    const userIds = await desk.createMany(6, {}, house);
    const of = (count: number) =>
      desk.run({ userIds: userIds.slice(0, count), changes: { loginEnabled: false } }, house);
    expect(await of(6)).toMatchObject({ state: 'awaitingApproval', plan: { guard: [{ limit: 5 }] } });
    expect(await of(5)).toMatchObject({ state: 'completed' });
  });
});

describe('where no staff is imported', () => {
  it('none is changed by the many either; other kinds are', async () => {
    const house = await desk.server.company({ licences: 1 });
    const begin = (filter: object) =>
      desk.server.call('POST', '/v1/users/bulk', { token: house.token, json: { filter, changes: { title: 'Dr.' } } });
    for (const filter of [{}, { kind: 'staff' }]) {
      expect((await begin(filter)).body).toMatchObject({ status: 403, code: 'user_import_not_available' });
    }
    expect((await begin({ kind: 'portal' })).status).toBe(202);
  });
});

describe('where no staff is imported any more', () => {
  it.each([`host_system = 'dynamics'`, 'licences = 1'])('what was planned is not run: %s', async (change) => {
    const of = await desk.server.company({ licences: 5 });
    const ids = await desk.createMany(1, { hasOwnSchedule: false }, of);
    const { id } = await desk.planned({ userIds: ids, changes: { note: 'x' } }, of);
    await desk.server.change(of.id, `update company set ${change} where id = $1`, [of.id]);
    for (const name of ['run', 'approve']) {
      expect((await desk.command(id, name, of)).body).toMatchObject({ status: 403, code: 'user_import_not_available' });
    }
    expect((await desk.command(id, 'cancel', of)).status).toBe(200);
  });
});
