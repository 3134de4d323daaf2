import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { createDataSource, createMarkTable, newId, SET_MARK, UnitOfWork } from './index.js';

const database = { service: 'notification', entities: [], migrations: [] } as const;

let testDatabase: TestDatabase;
let dataSource: DataSource;
let uow: UnitOfWork;
let others: UnitOfWork;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { url, ownerUrl } = testDatabase.urls.notification;
  const owner = await createDataSource(database, { url: ownerUrl, poolSize: 1 }).initialize();
  try {
    for (const statement of createMarkTable('notification')) await owner.query(statement);
  } finally {
    await owner.destroy();
  }
  dataSource = await createDataSource(database, { url, poolSize: 4 }).initialize();
  uow = new UnitOfWork(dataSource, database);
  others = new UnitOfWork(dataSource, database);
});
afterAll(async () => {
  await dataSource?.destroy();
  await testDatabase?.drop();
});

const scopeOf = () => ({ companyId: newId(), actor: 'system', cause: 'request:test' });

/** Another transaction that begins and commits. @returns its number */
async function meanwhile(): Promise<string> {
  const [row] = await others.run(scopeOf(), (manager) =>
    manager.query<{ xid: string }[]>('select pg_current_xact_id()::text as xid'),
  );
  return row?.xid ?? '';
}

async function isBefore(companyId: string, restorePointId: string, xid: string): Promise<boolean | undefined> {
  const [row] = await uow.run({ ...scopeOf(), companyId }, (manager) =>
    manager.query<{ before: boolean }[]>(
      `select pg_visible_in_snapshot($2::text::xid8, snapshot) as before from mark where restore_point_id = $1`,
      [restorePointId, xid],
    ),
  );
  return row?.before;
}

it('what has committed is before the mark, what has not is after it', async () => {
  const [scope, restorePointId] = [scopeOf(), newId()];
  const committed = await meanwhile();
  await uow.run(scope, (manager) => manager.query(SET_MARK, [scope.companyId, restorePointId]));
  expect(await isBefore(scope.companyId, restorePointId, committed)).toBe(true);
  expect(await isBefore(scope.companyId, restorePointId, await meanwhile())).toBe(false);
});

it.each([
  ['first of all', false],
  ['after it has written, and others have committed since', true],
])('the transaction that sets the mark is after it: set %s', async (_when, late) => {
  const [scope, restorePointId] = [scopeOf(), newId()];
  const own = await uow.run(scope, async (manager) => {
    const number = () => manager.query<{ xid: string }[]>('select pg_current_xact_id()::text as xid');
    if (late) await number();
    const committed = late ? [await meanwhile(), await meanwhile()] : [];
    await manager.query(SET_MARK, [scope.companyId, restorePointId]);
    const [row] = await number();
    return { xid: row?.xid ?? '', committed };
  });
  expect(await isBefore(scope.companyId, restorePointId, own.xid)).toBe(false);
  for (const xid of own.committed) expect(await isBefore(scope.companyId, restorePointId, xid)).toBe(true);
});
