import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { createDataSource, newId, UnitOfWork } from './index.js';

const database = { service: 'notification', entities: [], migrations: [] } as const;
const UNITS = 60;

let testDatabase: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  admin = new pg.Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await testDatabase?.drop();
});

it('units of work whose connections are killed fail, the process and the next ones go on', async () => {
  const dataSource = await createDataSource(database, { ...testDatabase.urls.notification, poolSize: 4 }).initialize();
  const uow = new UnitOfWork(dataSource, database);
  const scope = { companyId: newId(), actor: 'system', cause: 'test' };
  try {
    const work = Array.from({ length: UNITS }, () =>
      uow.run(scope, (manager) => manager.query(`select pg_sleep(0.02)`)),
    );
    const settled = Promise.allSettled(work);
    const progress = { ended: false };
    void settled.then(() => (progress.ended = true));
    let killed = 0;
    while (!progress.ended) {
      const { rows } = await admin.query<{ n: number }>(
        `select count(pg_terminate_backend(pid))::integer as n from pg_stat_activity
         where application_name = 'muster-notification' and query like '%pg_sleep%'`,
      );
      killed += rows[0]?.n ?? 0;
    }
    const failures = (await settled).filter(({ status }) => status === 'rejected');
    expect(killed).toBeGreaterThan(0);
    expect(failures.length).toBeGreaterThan(0);
    expect(await uow.run(scope, (manager) => manager.query<object[]>('select 1 as one'))).toEqual([{ one: 1 }]);
  } finally {
    await dataSource.destroy();
  }
});
