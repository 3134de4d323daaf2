import { afterAll, beforeAll, expect, it } from 'vitest';
import { restorePointMarked, restorePointTaken } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { OwnRestorePoints } from './own-restore-points.js';

let server: UserAdmin;
let company: TestCompany;
let scope: Scope;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.app.startAllMicroservices();
  company = await server.company();
  scope = { companyId: company.id, actor: 'user:ada', cause: 'request:change' };
});
afterAll(() => server?.service.stop());

const uow = () => server.service.app.get(UnitOfWork);
const points = () => server.service.app.get(OwnRestorePoints);
const change = `update user_account set note = $1 where email = 'Admin@example.com'`;

/** Which changes of accounts came after the point. */
async function changesSince(restorePointId: string): Promise<unknown[]> {
  const rows = await server.change(
    company.id,
    `select old ->> 'note' as before from user_account_change c, mark m
      where m.restore_point_id = $1 and c.xid >= pg_snapshot_xmin(m.snapshot) and not pg_visible_in_snapshot(c.xid, m.snapshot)
      order by c.seq`,
    [restorePointId],
  );
  return (rows as { before: unknown }[]).map(({ before }) => before);
}

it('a point comes before everything that its unit of work changes, also before what it has changed already', async () => {
  await uow().run(scope, (manager) => manager.query(change, ['0']));
  const id = await uow().run(scope, async (manager) => {
    await manager.query(change, ['1']);
    // Somebody else's transaction begins later and ends before the mark is set.
    await server.company();
    const taken = await points().take(manager, scope, { occasion: 'mass-change', name: 'Language' });
    await manager.query(change, ['2']);
    return taken;
  });
  expect(await changesSince(id)).toEqual(['0', '1']);
});

it('a point is told, then that its mark is set', async () => {
  const userId = newId();
  const id = await uow().run(scope, (manager) =>
    points().take(manager, scope, { occasion: 'schedule-removal', name: 'Rita Rep', userId }),
  );
  const told = () =>
    [...server.service.events(restorePointTaken), ...server.service.events(restorePointMarked)].filter(
      ({ data }) => data.restorePointId === id,
    );
  await expect.poll(() => told().length).toBe(2);
  expect(told()).toMatchObject([
    {
      companyId: company.id,
      actor: 'user:ada',
      cause: 'request:change',
      data: { restorePointId: id, occasion: 'schedule-removal', name: 'Rita Rep', userId },
    },
    { data: { restorePointId: id, owner: 'user-admin' } },
  ]);
});

it('a unit of work that is undone takes no point', async () => {
  const name = 'undone';
  const attempt = uow().run(scope, async (manager) => {
    await points().take(manager, scope, { occasion: 'transfer', name });
    throw new Error(name);
  });
  await expect(attempt).rejects.toThrow(name);
  const after = await uow().run(scope, (manager) => points().take(manager, scope, { occasion: 'transfer', name: 'x' }));
  const told = () => server.service.events(restorePointTaken).map(({ data }) => data);
  await expect.poll(() => told().map(({ restorePointId }) => restorePointId)).toContain(after);
  expect(told().map((point) => point.name)).not.toContain(name);
});
