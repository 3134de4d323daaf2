import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  importFinished,
  importPaused,
  importRestorePointRequested,
  restorePointMarked,
  restorePointReady,
  restorePointRequested,
  restorePointTaken,
  userDeleted,
  type EventContract,
  type Id,
} from '@muster/contracts';
import { newId, schemaDrift, UnitOfWork, type Scope } from '@muster/persistence';
import { startTestService, type TestService, PATIENT } from '@muster/testing';
import { RESTORE_POINT_DATABASE } from '../database.js';
import { RESTORE_POINT } from '../definition.js';
import { Marking } from './marking.service.js';
import { OverdueMarks } from './overdue-marks.js';

const COUNTERS = { read: 1, created: 1, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed: 0 };

describe('restore points', () => {
  let service: TestService;
  let marking: Marking;

  beforeAll(async () => {
    service = await startTestService(RESTORE_POINT);
    marking = service.app.get(Marking);
  });
  afterAll(() => service?.stop());

  /** An import of a company that wants a point. */
  function wish() {
    const importId = newId();
    const scope: Scope = { companyId: newId(), actor: 'user:anna', cause: `import:${importId}` };
    return { scope, asked: { importId, restorePointId: newId(), entity: 'customer', fileName: 'customers.csv' } };
  }

  const told = <D extends { restorePointId: Id }>(contract: EventContract<D>, id: Id) =>
    service.events(contract).filter(({ data }) => data.restorePointId === id);

  async function get(scope: Scope, path: string, role: 'administrator' | 'user' = 'administrator') {
    const authorization = await service.authorization({ companyId: scope.companyId, userId: newId(), role });
    const response = await fetch(`${service.url}/v1/restore-points${path}`, { headers: { authorization } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('has the schema that the entities say', async () => {
    expect(await schemaDrift(RESTORE_POINT_DATABASE, service.database.urls['restore-point'].ownerUrl)).toEqual([]);
  });

  it('become ready with the last owner’s mark, are open while the import writes, and close with it', async () => {
    const { scope, asked } = wish();
    const { restorePointId, importId } = asked;
    const path = `/${restorePointId}`;
    await marking.makeForImport(scope, asked);
    await vi.waitFor(() => expect(told(restorePointRequested, restorePointId)).toHaveLength(1), PATIENT);
    expect((await get(scope, path)).body).toMatchObject({ state: 'marking', open: false, readyAt: null });

    await marking.takeMark(scope, { restorePointId, owner: 'user-admin' });
    await marking.takeMark(scope, { restorePointId, owner: 'user-admin' });
    expect((await get(scope, path)).body).toMatchObject({ state: 'marking', open: false });
    await marking.takeMark(scope, { restorePointId, owner: 'field-data' });
    expect((await get(scope, path)).body).toMatchObject({
      id: restorePointId,
      name: 'customers.csv',
      occasion: 'import',
      importId,
      state: 'ready',
      open: true,
      createdBy: 'user:anna',
      closedAt: null,
    });
    await vi.waitFor(() => {
      const ready = told(restorePointReady, restorePointId);
      expect(ready.map(({ data, companyId, cause }) => [data, companyId, cause])).toEqual([
        [{ restorePointId, importId }, scope.companyId, scope.cause],
      ]);
    }, PATIENT);

    await marking.closeOfImport(scope, { ...asked, state: 'completed', counters: COUNTERS, requestedBy: null });
    expect((await get(scope, path)).body).toMatchObject({ state: 'ready', open: false, closedAt: expect.any(String) });
  });

  it('close while the import pauses, and are open again for its next reps', async () => {
    const { scope, asked } = wish();
    const { restorePointId, importId } = asked;
    const path = `/${restorePointId}`;
    await service.publish(importRestorePointRequested, scope, { ...asked, run: 1 });
    await vi.waitFor(() => expect(told(restorePointRequested, restorePointId)).toHaveLength(1), PATIENT);
    for (const owner of ['user-admin', 'field-data'] as const)
      await service.publish(restorePointMarked, scope, { restorePointId, owner });
    await expect.poll(async () => (await get(scope, path)).body['open']).toBe(true);
    const { entity } = asked;
    await service.publish(importPaused, scope, { importId, entity, counters: COUNTERS, restorePointId });
    await expect.poll(async () => (await get(scope, path)).body['open']).toBe(false);
    await service.publish(importRestorePointRequested, scope, { ...asked, run: 2 });
    await expect.poll(async () => (await get(scope, path)).body).toMatchObject({ open: true, closedAt: null });
    await vi.waitFor(() => {
      expect(told(restorePointReady, restorePointId).map(({ data }) => data.run)).toEqual([undefined, 2]);
    }, PATIENT);
  });

  it('are one, however often an import asks, and answer each time', async () => {
    const { scope, asked } = wish();
    const { restorePointId } = asked;
    await Promise.all([1, 2, 3].map(() => marking.makeForImport(scope, asked)));
    await vi.waitFor(() => expect(told(restorePointRequested, restorePointId)).toHaveLength(3), PATIENT);
    for (const owner of ['user-admin', 'field-data'] as const) await marking.takeMark(scope, { restorePointId, owner });
    await marking.makeForImport(scope, asked);
    await vi.waitFor(() => expect(told(restorePointReady, restorePointId)).toHaveLength(2), PATIENT);
    expect((await get(scope, '')).body['items']).toHaveLength(1);
  });

  it('are ready once when both marks come at the same time', async () => {
    const { scope, asked } = wish();
    const { restorePointId } = asked;
    await marking.makeForImport(scope, asked);
    const owners = ['user-admin', 'field-data', 'user-admin', 'field-data'] as const;
    await Promise.all(owners.map((owner) => marking.takeMark(scope, { restorePointId, owner })));
    await vi.waitFor(() => expect(told(restorePointReady, restorePointId)).toHaveLength(1), PATIENT);
    expect((await get(scope, `/${restorePointId}`)).body['state']).toBe('ready');
  });

  it('ask again for marks that do not come, in the name of who wanted the point', async () => {
    const [late, done] = [wish(), wish()];
    for (const { scope, asked } of [late, done]) await marking.makeForImport(scope, asked);
    const { restorePointId } = done.asked;
    for (const owner of ['user-admin', 'field-data'] as const)
      await marking.takeMark(done.scope, { restorePointId, owner });
    const overdue = service.app.get(OverdueMarks);
    expect(await overdue.askAgain(3_600)).toBe(0);
    expect(await overdue.askAgain(0)).toBeGreaterThanOrEqual(1);
    await vi.waitFor(() => {
      const asked = told(restorePointRequested, late.asked.restorePointId);
      expect(asked.map(({ companyId, actor, cause }) => ({ companyId, actor, cause }))).toEqual([
        late.scope,
        late.scope,
      ]);
    }, PATIENT);
    expect(told(restorePointRequested, restorePointId)).toHaveLength(1);
  });

  it('are listed page by page, the newest first, for administrators of the company', async () => {
    const { scope } = wish();
    const ids: Id[] = [];
    for (let i = 0; i < 5; i++) {
      const { asked } = wish();
      await marking.makeForImport(scope, asked);
      ids.unshift(asked.restorePointId);
    }
    const seen: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await get(scope, `?limit=2${cursor ? `&cursor=${String(cursor)}` : ''}`);
      seen.push(...(body['items'] as { id: Id }[]).map(({ id }) => id));
      cursor = body['nextCursor'];
    }
    expect(seen).toEqual(ids);
    expect((await get(wish().scope, '')).body['items']).toEqual([]);
    for (const path of [`/${ids[0]}`, '/nothing']) {
      expect((await get(wish().scope, path)).body).toMatchObject({ status: 404, code: 'restore_point_not_found' });
    }
    expect((await get(scope, '', 'user')).status).toBe(403);
    expect((await get(scope, '?cursor=x')).body['code']).toBe('invalid_cursor');
  });

  it.each(['schedule-removal', 'transfer', 'mass-change'] as const)('taken by an owner: %s', async (occasion) => {
    const { scope } = wish();
    const [restorePointId, userId] = [newId(), newId()];
    const path = `/${restorePointId}`;
    const about = occasion === 'mass-change' ? {} : { userId };
    const taken = { restorePointId, occasion, name: 'Rita Rep', ...about };
    for (let i = 0; i < 2; i++) await service.publish(restorePointTaken, scope, taken);
    await expect
      .poll(async () => (await get(scope, path)).body)
      .toMatchObject({ occasion, name: 'Rita Rep', importId: null, state: 'marking', createdBy: 'user:anna' });
    for (const owner of ['user-admin', 'field-data'] as const)
      await service.publish(restorePointMarked, scope, { restorePointId, owner });
    await expect.poll(async () => (await get(scope, path)).body['state']).toBe('ready');
    expect((await get(scope, path)).body).toMatchObject({ open: false, userId: about.userId ?? null });
    expect((await get(scope, '')).body['items']).toHaveLength(1);
  });

  it('forget what a person was called who is deleted', async () => {
    const { scope } = wish();
    const [gone, stays] = [newId(), newId()];
    const ids = [gone, stays].map((userId) => ({ userId, restorePointId: newId() }));
    for (const id of ids) await marking.note(scope, { ...id, occasion: 'transfer', name: 'Rita Rep' });
    await service.publish(userDeleted, scope, { userId: gone, version: 2, discardData: false });
    await expect.poll(async () => (await get(scope, `/${ids[0]?.restorePointId}`)).body['name']).toBe('');
    expect((await get(scope, `/${ids[1]?.restorePointId}`)).body['name']).toBe('Rita Rep');
  });

  it('of one company are not another’s to mark', async () => {
    const { scope, asked } = wish();
    const { restorePointId } = asked;
    await marking.makeForImport(scope, asked);
    const foreign = { ...scope, companyId: newId() };
    for (const owner of ['user-admin', 'field-data'] as const)
      await marking.takeMark(foreign, { restorePointId, owner });
    expect((await get(scope, `/${restorePointId}`)).body['state']).toBe('marking');
    const uow = service.app.get(UnitOfWork);
    const rows = await uow.run(foreign, (manager) => manager.query<unknown[]>(`select id from restore_point`));
    expect(rows).toEqual([]);
  });

  it('come and go by the event log', async () => {
    const { scope, asked } = wish();
    const { restorePointId } = asked;
    await service.publish(importRestorePointRequested, scope, asked);
    await vi.waitFor(() => expect(told(restorePointRequested, restorePointId)).toHaveLength(1), PATIENT);
    await service.publish(restorePointMarked, scope, { restorePointId, owner: 'user-admin' });
    await service.publish(restorePointMarked, scope, { restorePointId, owner: 'field-data' });
    await vi.waitFor(() => expect(told(restorePointReady, restorePointId)).toHaveLength(1), PATIENT);
    // An import repeats its request as long as it has not seen that the point is ready.
    await service.publish(importRestorePointRequested, scope, asked);
    await vi.waitFor(() => expect(told(restorePointReady, restorePointId)).toHaveLength(2), PATIENT);
    expect(told(restorePointReady, restorePointId)[1]?.data).toEqual({ restorePointId, importId: asked.importId });
    expect(told(restorePointRequested, restorePointId)).toHaveLength(1);
    const end = { ...asked, state: 'completed', counters: COUNTERS, requestedBy: null } as const;
    await service.publish(importFinished, scope, end);
    await vi.waitFor(async () => {
      expect((await get(scope, `/${restorePointId}`)).body['closedAt']).toEqual(expect.any(String));
    }, PATIENT);
  });
});
