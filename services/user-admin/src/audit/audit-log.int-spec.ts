import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataSource, migrate, newId, UnitOfWork, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { USER_ADMIN_DATABASE } from '../database.js';

let database: TestDatabase;
let dataSource: DataSource;
let uow: UnitOfWork;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(USER_ADMIN_DATABASE, database.urls['user-admin'].ownerUrl);
  dataSource = await createDataSource(USER_ADMIN_DATABASE, database.urls['user-admin']).initialize();
  uow = new UnitOfWork(dataSource, USER_ADMIN_DATABASE);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const scopeOf = (companyId = newId()): Scope => ({ companyId, actor: 'user:test', cause: 'request:test' });

it('smoke', async () => {
  const scope = scopeOf();
  const id = newId();
  await uow.run(scope, (m) => m.query(`insert into user_account (id, company_id, kind, username, display_name, authorization_level, has_own_schedule, language, password_hash, email)
    values ($1, $2, 'staff', 'rr', 'Rita', 0, true, 'de', 'hash', 'a@b.at')`, [id, scope.companyId]));
  await uow.run(scope, (m) => m.query(`update user_account set display_name = 'Rita R', version = 2, password_hash = 'x' where id = $1`, [id]));
  await uow.run(scope, (m) => m.query(`update user_account set version = 3, updated_at = now() where id = $1`, [id]));
  console.log(JSON.stringify(await uow.run(scope, (m) => m.query('select * from audit_log order by id')), null, 1));
});
