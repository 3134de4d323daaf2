import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, migrate, newId, schemaDrift, UnitOfWork, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { CUSTOMER_TABLE } from './customers/customer-table.js';
import { FIELD_DATA_DATABASE } from './database.js';
import { RecordRepository } from './records/record.repository.js';

const FENCED = [
  ...['customer', 'appointment', 'task', 'report', 'custom_field'].flatMap((table) => [table, `${table}_change`]),
  ...['mark', 'chunk_result', 'record_key'],
];
const records = new RecordRepository();

function company(): Scope & { repId: string } {
  return { companyId: newId(), repId: newId(), actor: 'user:test', cause: 'request:test' };
}

describe('the schema of field-data', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let uow: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(FIELD_DATA_DATABASE, database.urls['field-data'].ownerUrl);
    dataSource = await createDataSource(FIELD_DATA_DATABASE, database.urls['field-data']).initialize();
    uow = new UnitOfWork(dataSource, FIELD_DATA_DATABASE);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  async function addCustomer(scope: Scope & { repId: string }, name1: string): Promise<string> {
    const id = newId();
    await uow.run(scope, (manager) =>
      records.insert(manager, CUSTOMER_TABLE, scope, ['name1'], [{ id, values: { name1 } }]),
    );
    return id;
  }

  it('is what the entities say', async () => {
    expect(await schemaDrift(FIELD_DATA_DATABASE, database.urls['field-data'].ownerUrl)).toEqual([]);
  });

  it.each(FENCED)('%s: the login role may not read it, the app role not without a company', async (table) => {
    await expect(dataSource.query(`select * from ${table}`)).rejects.toThrow('permission denied');
    const withoutCompany = dataSource.transaction(async (manager) => {
      await manager.query(`select set_config('role', 'muster_field_data_app', true)`);
      await manager.query(`select * from ${table}`);
    });
    await expect(withoutCompany).rejects.toThrow(/muster\.company|invalid input syntax/);
  });

  it.each(FENCED)('%s: nothing of it is the worker’s', async (table) => {
    const reading = uow.runAsWorker((manager) => manager.query(`select * from ${table}`));
    await expect(reading).rejects.toThrow('permission denied');
  });

  it('lets two companies see and write their own customers only', async () => {
    const [one, two] = [company(), company()];
    const id = await addCustomer(one, 'Löwen');
    const count = (scope: Scope) =>
      uow.run(scope, async (manager) => {
        const [row] = await manager.query<{ n: number }[]>(`select count(*) as n from customer where id = $1`, [id]);
        return row?.n;
      });
    expect(await count(one)).toBe(1);
    expect(await count(two)).toBe(0);
    const intruding = uow.run(two, (manager) =>
      records.insert(manager, CUSTOMER_TABLE, one, ['name1'], [{ id: newId(), values: { name1: 'x' } }]),
    );
    await expect(intruding).rejects.toThrow('row-level security');
    const [, changed] = await uow.run(two, (manager) =>
      manager.query<[unknown, number]>(`update customer set name1 = 'stolen' where id = $1`, [id]),
    );
    expect(changed).toBe(0);
  });

  it('has one external id once per rep, and again once the record is in the recycle bin', async () => {
    const scope = company();
    const add = (repId: string) =>
      uow.run(scope, (manager) =>
        records.insert(
          manager,
          CUSTOMER_TABLE,
          { ...scope, repId },
          ['name1', 'externalId'],
          [{ id: newId(), values: { name1: 'x', externalId: '007' } }],
        ),
      );
    await add(scope.repId);
    await add(newId());
    await expect(add(scope.repId)).rejects.toThrow('UQ_customer_external_id');
    await uow.run(scope, (manager) =>
      manager.query(`update customer set deleted_at = now() where rep_id = $1`, [scope.repId]),
    );
    await add(scope.repId);
  });

  describe('the change log', () => {
    it('refuses a write that names no actor or no cause', async () => {
      const scope = company();
      await expect(addCustomer({ ...scope, actor: '' }, 'x')).rejects.toThrow('names no actor and cause');
      await expect(addCustomer({ ...scope, cause: '' }, 'x')).rejects.toThrow('names no actor and cause');
    });

    it('keeps the old row of each change, with who and why', async () => {
      const scope = company();
      const id = await addCustomer(scope, 'before');
      const by = { ...scope, actor: 'user:editor', cause: 'import:42' };
      await uow.run(by, (manager) =>
        records.update(manager, CUSTOMER_TABLE, ['name1'], [{ id, values: { name1: 'after' } }]),
      );
      const log = await uow.run(scope, (manager) =>
        manager.query(
          `select op, actor, cause, old ->> 'name1' as name, (old ->> 'version')::int as version, rep_id as rep
           from customer_change where record_id = $1 order by seq`,
          [id],
        ),
      );
      expect(log).toEqual([
        { op: 'I', actor: 'user:test', cause: 'request:test', name: null, version: null, rep: scope.repId },
        { op: 'U', actor: 'user:editor', cause: 'import:42', name: 'before', version: 1, rep: scope.repId },
      ]);
    });

    it.each(['delete from customer_change', `update customer_change set actor = 'x'`])(
      'cannot be undone: %s',
      async (sql) => {
        await expect(uow.run(company(), (manager) => manager.query(sql))).rejects.toThrow('permission denied');
      },
    );
  });
});
