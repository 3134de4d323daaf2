import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsChanged, recordsOfRep, userDeleted, type Id } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { startTestService, type TestService } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(FIELD_DATA);
});
afterAll(() => service?.stop());

const scopeOf = (companyId: Id = newId()): Scope => ({ companyId, actor: 'user:ada', cause: 'request:deletion' });

function query<Row>(scope: Scope, statement: string, parameters: unknown[] = []): Promise<Row[]> {
  return service.app.get(UnitOfWork).run(scope, (manager) => manager.query<Row[]>(statement, parameters));
}

/** So many customers of a rep, every third in the recycle bin. */
async function addCustomers(scope: Scope, repId: Id, count: number): Promise<void> {
  await query(
    scope,
    `insert into customer (id, company_id, rep_id, external_id, name1, deleted_at)
     select gen_random_uuid(), $1, $2, n::text, 'Customer ' || n, case when n % 3 = 0 then now() end
       from generate_series(1, $3::integer) n`,
    [scope.companyId, repId, count],
  );
}

async function countOf(scope: Scope, table: string, repId: Id): Promise<number> {
  const [row] = await query<{ n: number }>(scope, `select count(*) as n from ${table} where rep_id = $1`, [repId]);
  return row?.n ?? 0;
}

const ask = (companyId: Id, repId: Id) => service.app.get(Questions).ask(recordsOfRep, { companyId, repId });
const removedOf = (repId: Id) =>
  service.events(recordsChanged).filter(({ data }) => data.repId === repId && data.removed.length > 0);

describe('the question how many records a rep has', () => {
  it('counts those in the recycle bin too, of this rep and company only', async () => {
    const [scope, other] = [scopeOf(), scopeOf()];
    const [rep, colleague] = [newId(), newId()];
    await addCustomers(scope, rep, 6);
    await addCustomers(scope, colleague, 2);
    expect(await ask(scope.companyId, rep)).toMatchObject({ counts: [{ entity: 'customer', count: 6 }] });
    expect(await ask(scope.companyId, newId())).toMatchObject({ counts: [] });
    expect(await ask(other.companyId, rep)).toMatchObject({ counts: [] });
  });
});

describe('the deletion of an account', () => {
  it('takes its records and their change log along, in the name of who deleted it, and leaves those of others', async () => {
    const scope = scopeOf();
    const [rep, colleague] = [newId(), newId()];
    await addCustomers(scope, rep, 12_000);
    await addCustomers(scope, colleague, 3);
    // One that was the rep's before, and is the colleague's now.
    await query(scope, `update customer set rep_id = $2 where rep_id = $1 and external_id = '7'`, [rep, newId()]);
    await service.publish(userDeleted, scope, { userId: rep, version: 3, discardData: true });
    await expect.poll(() => countOf(scope, 'customer', rep)).toBe(0);
    await expect.poll(() => removedOf(rep).reduce((sum, { data }) => sum + data.removed.length, 0)).toBe(11_999);
    expect(removedOf(rep)[0]).toMatchObject({ cause: scope.cause, actor: scope.actor, data: { entity: 'customer' } });
    const left = await query<{ old: object }>(scope, `select record_id from customer_change where rep_id = $1`, [rep]);
    // What became of the customer that went to somebody else: it was added and it changed its rep.
    expect(left).toHaveLength(2);
    expect(await countOf(scope, 'customer', colleague)).toBe(3);
    expect(await countOf(scope, 'customer_change', colleague)).toBe(3);
  });

  it('takes along what an import was just writing', async () => {
    const scope = scopeOf();
    const [repId, { companyId }] = [newId(), scope];
    await addCustomers(scope, repId, 1);
    const waiting = `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await service.app.get(UnitOfWork).run(scope, async (manager) => {
      await service.app.get(RepSchedulesRepository).hold(manager, { companyId, repId });
      await manager.query(
        `insert into customer (id, company_id, rep_id, name1) values (gen_random_uuid(), $1, $2, 'New')`,
        [companyId, repId],
      );
      await service.publish(userDeleted, scope, { userId: repId, version: 3, discardData: true });
      const waits = async () => ((await query<{ n: number }>(scope, waiting))[0]?.n ?? 0) > 0;
      const isOver = async () => (await countOf(scope, 'customer', repId)) === 0;
      await expect.poll(async () => (await waits()) || (await isOver())).toBe(true);
    });
    await expect.poll(() => countOf(scope, 'customer', repId)).toBe(0);
    expect(await query(scope, 'select ended from rep_schedule where rep_id = $1', [repId])).toEqual([{ ended: true }]);
  });

  it('touches nothing that nobody agreed to lose, nor another company', async () => {
    const [scope, other] = [scopeOf(), scopeOf()];
    const [rep, later] = [newId(), newId()];
    await addCustomers(scope, rep, 3);
    await addCustomers(other, rep, 3);
    await addCustomers(other, later, 1);
    await service.publish(userDeleted, scope, { userId: rep, version: 3, discardData: false });
    await service.publish(userDeleted, scopeOf(), { userId: rep, version: 3, discardData: true });
    await service.publish(userDeleted, other, { userId: later, version: 3, discardData: true });
    await expect.poll(() => countOf(other, 'customer', later)).toBe(0);
    expect(await countOf(scope, 'customer', rep)).toBe(3);
    expect(await countOf(other, 'customer', rep)).toBe(3);
  });
});

describe('the database', () => {
  it('forgets nothing of records that are there', async () => {
    const scope = scopeOf();
    const rep = newId();
    await addCustomers(scope, rep, 2);
    const ids = (await query<{ id: Id }>(scope, 'select id from customer')).map(({ id }) => id);
    await query(scope, 'select forget_customer($1::uuid[])', [ids]);
    expect(await countOf(scope, 'customer_change', rep)).toBe(2);
  });

  it('lets nobody write into its logs by a trigger on a table of their own', async () => {
    const forging = `create trigger forge after insert on pg_temp.forged referencing new table as new_rows
      for each statement execute function log_customer_change()`;
    const attempt = service.app.get(UnitOfWork).run(scopeOf(), async (manager) => {
      await manager.query('create temporary table forged (id uuid, company_id uuid, rep_id uuid) on commit drop');
      await manager.query(forging);
    });
    await expect(attempt).rejects.toThrow('permission denied for function log_customer_change');
  });
});
