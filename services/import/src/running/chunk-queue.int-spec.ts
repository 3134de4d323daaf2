import pg from 'pg';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, migrate, newId, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, PATIENT, randomRuns, type TestDatabase } from '@muster/testing';
import { IMPORT_DATABASE } from '../database.js';
import { IN_FLIGHT } from '../imports/in-flight.js';
import { ChunkQueueRepository, type ActiveImport } from './chunk-queue.repository.js';

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

describe('the queue of chunks', () => {
  const queue = new ChunkQueueRepository();
  let database: TestDatabase;
  let dataSource: DataSource;
  let admin: pg.Client;
  let uow: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(IMPORT_DATABASE, database.urls.import.ownerUrl);
    dataSource = await createDataSource(IMPORT_DATABASE, database.urls.import).initialize();
    uow = new UnitOfWork(dataSource, IMPORT_DATABASE);
    admin = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=import' });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.end();
    await dataSource?.destroy();
    await database?.drop();
  });

  /** An import of one chunk for each rep that is named, in the order of the file. */
  async function importOf(reps: readonly number[], sent: number): Promise<ActiveImport> {
    const id = newId();
    await admin.query(
      `insert into import_rep (company_id, import_id, no, value, status, first_row, counters)
       select distinct $1::uuid, $1::uuid, rep, rep::text, 'found', 2, '{}'::jsonb from unnest($2::integer[]) rep`,
      [id, reps],
    );
    await admin.query(
      `insert into import_chunk (company_id, import_id, seq, attempt, rep_no, state, sent_at, row_count, settled_count, first_row, last_row, rows)
       select $1::uuid, $1::uuid, n - 1, 1, rep, case when n <= $3 then 'sent' else 'staged' end, now(), 1, 0, n, n, ''
         from unnest($2::integer[]) with ordinality w(rep, n)`,
      [id, reps, sent],
    );
    const job = { companyId: id, entity: 'customer', state: 'running', layout: {}, runPointId: id, runs: 1 } as const;
    return { ...job, id, pointReady: true, aborting: false, planId: null, fileName: 'a.csv', actor: 'system' } as ActiveImport;
  } // prettier-ignore

  /** The first of the file, as far as the import and their reps have room. */
  function expected(reps: readonly number[], sent: number): number[] {
    const busy = new Map<number, number>();
    const take = (rep: number) => busy.set(rep, (busy.get(rep) ?? 0) + 1);
    reps.slice(0, sent).forEach(take);
    const chosen: number[] = [];
    for (let seq = sent; seq < reps.length && sent + chosen.length < IN_FLIGHT.import; seq++) {
      const rep = reps[seq] ?? 0;
      if ((busy.get(rep) ?? 0) >= IN_FLIGHT.rep) continue;
      take(rep);
      chosen.push(seq);
    }
    return chosen;
  }

  const fill = (length: number, rep: (n: number) => number) => Array.from({ length }, (_, n) => rep(n));
  const next = async (job: ActiveImport) =>
    (await uow.runAsWorker((manager) => queue.sendNext(manager, job))).map(({ seq }) => seq);

  it('hands out the first of the file that their reps have room for', PATIENT, async () => {
    const block = fc.record({ length: fc.integer({ min: 1, max: 90 }), reps: fc.integer({ min: 1, max: 9 }), first: fc.nat({ max: 9 }) });
    const layout = fc.array(block, { minLength: 1, maxLength: 4 })
      .map((blocks) => blocks.flatMap(({ length, reps, first }) => fill(length, (n) => first + (n % reps))));
    await fc.assert(
      fc.asyncProperty(layout, fc.nat({ max: 2 }), async (reps, sent) => {
        const job = await importOf(reps, sent);
        expect(await next(job)).toEqual(expected(reps, sent));
        expect(await next({ ...job, aborting: true })).toEqual([]);
      }),
      randomRuns(60),
    );
  }); // prettier-ignore

  it.each([
    ['one rep', fill(2_500, () => 0)],
    ['one rep before many', fill(2_500, (n) => Math.max(0, n - 1_500))],
    ['many reps', fill(2_500, (n) => n)],
  ])('hands out those of %s', async (_of, reps) => {
    const job = await importOf(reps, 0);
    expect(await next(job)).toEqual(expected(reps, 0));
  });

  it('looks at few of the chunks that wait, where many reps do', async () => {
    const job = await importOf(
      fill(20_000, (n) => n % 5_000),
      2,
    );
    let looked = 0;
    const explaining = {
      query: async (sql: string, values: unknown[]) => {
        const explained = await admin.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
          `explain (analyze, format json) ${sql}`,
          values,
        );
        looked = explained.rows.reduce((sum, row) => sum + chunksIn(row['QUERY PLAN'][0].Plan), 0);
        return [];
      },
    };
    await queue.sendNext(explaining as unknown as EntityManager, job);
    expect(looked).toBeGreaterThan(5);
    expect(looked).toBeLessThan(500);
  });
});

function chunksIn(node: PlanNode): number {
  const own = node['Relation Name'] === 'import_chunk' ? node['Actual Rows'] * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, plan) => sum + chunksIn(plan), own);
}
