import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AbsenteeRepository, type AbsenteeSet, type AbsenteeWork } from '@muster/import-owner';
import { createDataSource, migrate, newId, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { CUSTOMER_TABLE } from '../customers/customer-table.js';
import { FIELD_DATA_DATABASE } from '../database.js';
import { RecordRepository } from '../records/record.repository.js';
import { explain, rowsLookedAt, type Explained } from '../testbed/explain.js';

/** Of the rep, half of whom are absent, and so many of each of the others. */
const RECORDS = 20_000;
const OTHER_REPS = 4;
const ROWS_OF_CHUNK = 500;
const STEP = 1_000;
const TABLES = ['customer', 'customer_change', 'planned_presence', 'chunk_result', 'absentee', 'absentee_tally'];

const WORK: AbsenteeWork = {
  table: CUSTOMER_TABLE.table,
  there: 't.deleted_at is null',
  wasThere: `old ->> 'deleted_at' is null and (old ->> 'rep_id')::uuid = $3`,
  begin: () => Promise.resolve(null),
  remove: () => Promise.resolve({ removed: [], passedOver: [] }),
};

describe(`the plans of statements about absentees, over ${RECORDS * (1 + OTHER_REPS)} customers`, () => {
  const of: AbsenteeSet = { companyId: newId(), importId: newId(), planId: newId(), repId: newId() };
  const reps = [of.repId, ...Array.from({ length: OTHER_REPS }, newId)];
  const restorePointId = newId();
  const absentees = new AbsenteeRepository();
  const records = new RecordRepository();
  let database: TestDatabase;
  let dataSource: DataSource;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(FIELD_DATA_DATABASE, database.urls['field-data'].ownerUrl);
    dataSource = await createDataSource(FIELD_DATA_DATABASE, database.urls['field-data']).initialize();
    admin = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=field_data' });
    await admin.connect();
    await admin.query('set session_replication_role = replica');
    for (const table of TABLES) {
      await admin.query(`alter table ${table} set (autovacuum_enabled = false)`);
      // Statistics of a table in which there was nothing yet, as a new company has them.
      await admin.query(`analyze ${table}`);
    }
    await admin.query(
      `insert into customer (id, company_id, rep_id, external_id, name1)
       select gen_random_uuid(), $1, rep, n::text, 'Name ' || n from unnest($2::uuid[]) rep, generate_series(1, $3) n`,
      [of.companyId, reps, RECORDS],
    );
    await admin.query(
      `insert into customer_change (company_id, rep_id, record_id, xid, at, op, cause, actor)
       select company_id, rep_id, id, pg_current_xact_id(), now(), 'I', 'import:' || company_id, 'system' from customer`,
    );
    await admin.query(
      `insert into mark (company_id, restore_point_id, snapshot, system_id)
       select $1, $2, pg_current_snapshot(), system_identifier from pg_control_system()`,
      [of.companyId, restorePointId],
    );
    // Every second one stands in a row, of the plan and of the run.
    const present = `
      select rep_id, ((row_number() over (order by rep_id, id) - 1) / ${ROWS_OF_CHUNK})::integer as seq, id
        from customer where external_id::integer % 2 = 0`;
    await admin.query(
      `insert into planned_presence (company_id, plan_id, seq, import_id, rep_id, record_ids)
       select $1, $2, seq, $3, rep_id, array_agg(id) from (${present}) p group by rep_id, seq`,
      [of.companyId, of.planId, of.importId],
    );
    await admin.query(
      `insert into chunk_result (company_id, import_id, seq, rep_id, restore_point_id, record_ids)
       select $1, $2, seq, rep_id, $3, array_agg(id) from (${present}) p group by rep_id, seq`,
      [of.companyId, of.importId, restorePointId],
    );
    // What other imports have left.
    await admin.query(
      `insert into planned_presence (company_id, plan_id, seq, import_id, record_ids)
       select $1, gen_random_uuid(), n, gen_random_uuid(), array[gen_random_uuid()] from generate_series(1, 5000) n`,
      [of.companyId],
    );
    await admin.query(
      `insert into chunk_result (company_id, import_id, seq, restore_point_id, record_ids)
       select $1, gen_random_uuid(), n, gen_random_uuid(), array[gen_random_uuid()] from generate_series(1, 5000) n`,
      [of.companyId],
    );
    await admin.query(
      `insert into absentee (company_id, plan_id, rep_id, import_id, record_id, state)
       select $1, plan.id, rep, plan.id, gen_random_uuid(), 'removed'
         from (select gen_random_uuid() as id from generate_series(1, 20)) plan, unnest($2::uuid[]) rep, generate_series(1, 500)`,
      [of.companyId, reps],
    );
    await admin.query(
      `insert into absentee_tally (company_id, plan_id, whose, noted, removed)
       select $1, gen_random_uuid(), gen_random_uuid(), 1, 1 from generate_series(1, 5000)`,
      [of.companyId],
    );
    // The other reps have noted theirs already.
    await admin.query(
      `insert into absentee (company_id, plan_id, rep_id, import_id, record_id)
       select $1, $2, rep_id, $3, id from customer where external_id::integer % 2 = 1 and rep_id <> $4`,
      [of.companyId, of.planId, of.importId, of.repId],
    );
  });
  afterAll(async () => {
    await admin?.end();
    await dataSource?.destroy();
    await database?.drop();
  });

  /** Every statement about all of a rep, and every one of a step of a run; nothing of it stays. */
  function plans(how: 'generic_plan' | 'analyze', acrossReps = false): Promise<Explained[][]> {
    const uow = new UnitOfWork(dataSource, FIELD_DATA_DATABASE);
    const scope = { companyId: of.companyId, actor: 'system', cause: `import:${of.importId}` };
    const rolledBack = new Error('enough seen');
    let seen: Explained[][] = [];
    const look = uow.run(scope, async (manager) => {
      const begin = await explain(
        manager,
        async () => {
          await absentees.note(manager, of, WORK, acrossReps);
          await absentees.keepPresent(manager, of, acrossReps);
        },
        how,
      );
      const step = await explain(manager, () => oneStep(manager, acrossReps), how);
      const end = await explain(manager, () => absentees.keep(manager, of, 'rep_without_schedule'), how);
      seen = [[...begin, ...end], step];
      throw rolledBack;
    });
    return look.then(
      () => seen,
      (error: unknown) => {
        if (error !== rolledBack) throw error;
        return seen;
      },
    );
  }

  async function oneStep(manager: EntityManager, acrossReps: boolean): Promise<void> {
    const { tallies } = absentees;
    await tallies.open(manager, of);
    const present = await tallies.presence(manager, of, acrossReps);
    const ids = await absentees.next(manager, of, STEP);
    const absent = await absentees.wereThere(manager, of, { restorePointId }, WORK, ids);
    expect([ids.length, absent]).toEqual([STEP, ids]);
    await records.bin(manager, CUSTOMER_TABLE, of.repId ?? '', absent);
    await absentees.settle(manager, of, ids, { removed: absent, passedOver: [] });
    await tallies.save(manager, of, { removed: absent.length, present });
    await absentees.passedOver(manager, of);
    await absentees.list(manager, { ...of, entity: 'customer', after: ids.at(-1) ?? null, limit: 100 });
  }

  async function expectGood(): Promise<void> {
    const generic = (await plans('generic_plan')).flat();
    expect(generic).toHaveLength(14);
    for (const { sql, nodes } of generic) {
      const read = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
      expect([sql, read]).toEqual([sql, []]);
    }
    for (const acrossReps of [false, true]) {
      const all = RECORDS * (acrossReps ? 1 + OTHER_REPS : 1);
      const [whole = [], step = []] = await plans('analyze', acrossReps);
      // Each row a few times, as it goes from node to node; a loop within a loop would look at millions.
      for (const explained of whole) expectRows(explained, 12 * all);
      // Whatever is left, and however many rows the run has.
      for (const explained of step) expectRows(explained, 9 * STEP);
    }
  }

  function expectRows(explained: Explained, most: number): void {
    expect([explained.sql, Math.max(rowsLookedAt(explained), most)]).toEqual([explained.sql, most]);
  }

  it('use indexes, and look at each row a few times, with the statistics of empty tables', expectGood);

  it('with statistics of some of the tables only', async () => {
    await admin.query('analyze customer, customer_change');
    await expectGood();
  });

  it('with statistics', async () => {
    await admin.query(`analyze ${TABLES.join(', ')}`);
    await expectGood();
  });
});
