import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, migrate, newId, schemaDrift, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { IMPORT_DATABASE } from './database.js';
import { ImportJob } from './imports/import-job.entity.js';

const FENCED = ['upload', 'upload_series', 'upload_part', 'import_job', 'import_rep', 'import_reading', 'import_chunk'];

describe('the schema of the import service', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(IMPORT_DATABASE, database.urls.import.ownerUrl);
    dataSource = await createDataSource(IMPORT_DATABASE, database.urls.import).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('is what the entities say', async () => {
    expect(await schemaDrift(IMPORT_DATABASE, database.urls.import.ownerUrl)).toEqual([]);
  });

  it.each(FENCED)('%s: the login role may not read it, the app role not without a company', async (table) => {
    await expect(dataSource.query(`select * from ${table}`)).rejects.toThrow('permission denied');
    const withoutCompany = dataSource.transaction(async (manager) => {
      await manager.query(`select set_config('role', 'muster_import_app', true)`);
      await manager.query(`select * from ${table}`);
    });
    await expect(withoutCompany).rejects.toThrow(/muster\.company|invalid input syntax/);
  });

  it('lets two companies see their own only', async () => {
    const uow = new UnitOfWork(dataSource, IMPORT_DATABASE);
    const [one, two] = [newId(), newId()].map((companyId) => ({ companyId, actor: 'system', cause: 'request:test' }));
    if (!one || !two) throw new Error('unreachable');
    const insert = (companyId: string) =>
      `insert into import_job (id, company_id, entity, state, upload_id, configuration, counters, created_by)
       values ('${newId()}', '${companyId}', 'customer', 'draft', '${newId()}', '{}', '{}', 'system')`;
    await uow.run(one, (manager) => manager.query(insert(one.companyId)));
    expect(await uow.run(one, (manager) => manager.count(ImportJob))).toBe(1);
    expect(await uow.run(two, (manager) => manager.count(ImportJob))).toBe(0);
    await expect(uow.run(two, (manager) => manager.query(insert(one.companyId)))).rejects.toThrow('row-level security');
  });
});
