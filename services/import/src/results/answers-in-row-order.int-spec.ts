import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, migrate, newId, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { IMPORT_DATABASE } from '../database.js';
import { initialCounters } from '../imports/counters.js';
import { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { ChunkCutter, type CutChunk } from '../staging/chunk-cutter.js';
import { StagingRepository } from '../staging/staging.repository.js';
import { AnswersInRowOrder } from './answers-in-row-order.js';
import type { View } from './view.js';

describe('AnswersInRowOrder', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let uow: UnitOfWork;
  const scope = { companyId: newId(), actor: 'system', cause: 'request:test' };
  const job = Object.assign(new ImportJob(), {
    ...{ id: newId(), companyId: scope.companyId, state: 'staged', staged: true, plan: null, startedAt: null },
    configuration: { entity: 'customer', mappings: [], options: {} },
  });
  const reps = [0, 1, 2].map((no) => ({
    no,
    status: 'found',
    excluded: no === 2,
    progress: 'waiting',
    value: `rep ${no}`,
    counters: initialCounters(0),
  }));

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(IMPORT_DATABASE, database.urls.import.ownerUrl);
    dataSource = await createDataSource(IMPORT_DATABASE, database.urls.import).initialize();
    uow = new UnitOfWork(dataSource, IMPORT_DATABASE);
    const chunks = cutRows(2_000);
    const lease = { importId: job.id, companyId: scope.companyId, attempt: 1, tries: 1, actor: 'system' };
    await uow.run(scope, async (manager) => {
      await manager.query(
        `insert into import_job (id, company_id, entity, state, upload_id, configuration, counters, created_by, attempt)
         values ($1, $2, 'customer', 'staging', $3, '{}', '{}', 'system', 1)`,
        [job.id, scope.companyId, newId()],
      );
      await new StagingRepository().insertChunks(manager, lease, 0, chunks);
    });
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  function cutRows(count: number): CutChunk[] {
    const cutter = new ChunkCutter({ rows: 50, size: 1e6, buffered: 100 });
    const chunks: CutChunk[] = [];
    for (let row = 2; row < count + 2; row++) {
      const rep = row % 7 === 0 ? 1 : row % 31 === 0 ? 2 : 0;
      const full =
        row % 11 === 0
          ? cutter.addSettled(rep, { row, outcome: 'invalid', problems: [{ code: 'too_long' }] })
          : cutter.addRow(rep, row, JSON.stringify([row, 'x']));
      chunks.push(...(full ? [full] : []), ...cutter.relieve());
    }
    return [...chunks, ...cutter.finish()];
  }

  async function read(view: View, change: Partial<ImportJob>, { after, repNo }: { after: number; repNo?: number }) {
    return uow.run(scope, async (manager) => {
      const changed = Object.assign(new ImportJob(), job, change);
      const results = [];
      const asked = reps.filter(({ no }) => repNo === undefined || no === repNo) as ImportRep[];
      for await (const result of new AnswersInRowOrder(manager, changed, asked, () => view).read({ after }))
        results.push(result);
      return results;
    });
  }

  it('gives every row once, in the order of the file, though chunks overlap', async () => {
    const rows = (await read('run', {}, { after: 0 })).map(({ row }) => row);
    expect(rows).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 2));
  });

  it('goes on after any row, also for one rep', async () => {
    expect((await read('run', {}, { after: 1_234 })).map(({ row }) => row)).toEqual(
      Array.from({ length: 767 }, (_, i) => i + 1_235),
    );
    const ofOne = await read('run', {}, { after: 100, repNo: 1 });
    expect(ofOne.every(({ repNo, row }) => repNo === 1 && row > 100)).toBe(true);
    expect(ofOne).toHaveLength(
      Array.from({ length: 2_000 }, (_, i) => i + 2).filter((row) => row % 7 === 0 && row > 100).length,
    );
  });

  it('tells rows of a rep that is left out as ignored once a run began', async () => {
    const results = await read('run', {}, { after: 0, repNo: 2 });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['ignored']));
  });

  it('tells every row as unprocessed before, with what is wrong with the row itself', async () => {
    const results = await read('untried', {}, { after: 0 });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unprocessed']));
    expect(results).toHaveLength(2_000);
    expect(results.filter(({ problems }) => problems).every(({ row }) => row % 11 === 0)).toBe(true);
    expect(results.find(({ row }) => row === 22)?.problems).toEqual([{ code: 'too_long' }]);
  });
});
