import type { EntityManager } from 'typeorm';
import { addOutcomes, initialCounters, sumOf } from '../imports/counters.js';
import type { Id, ImportCounters } from '@muster/contracts';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRep } from '../imports/import-rep.entity.js';
import { unpackAnswers, unpackRows } from './chunk-payload.js';
import type { StagedReps } from './keep-entered.js';
import type { Lease } from './staging.repository.js';

/** What an import holds already when its rest is staged. */
export interface Before {
  readonly reps: readonly ImportRep[];
  /** The number of the first rep that is found now: none before has it. */
  readonly firstNo: number;
  /** Rows of the present file that have their outcomes; they are staged no more. */
  readonly written: ReadonlySet<number>;
}

/** The part of a staging that knows that reps of the import may be done. */
export class RestRepository {
  async before(manager: EntityManager, { id: importId, rowOffset }: ImportJob): Promise<Before> {
    const reps = await manager.find(ImportRep, { where: { importId }, order: { no: 'ASC' } });
    const done = reps.filter(({ progress }) => progress === 'done').map(({ no }) => no);
    const written = new Set<number>();
    for (let after = -1; done.length > 0;) {
      const chunks = await manager.query<{ seq: number; rows: Buffer; settled: Buffer | null }[]>(
        `select seq, rows, settled from import_chunk
         where import_id = $1 and rep_no = any($2::integer[]) and last_row > $3 and seq > $4 order by seq limit 32`,
        [importId, done, rowOffset, after],
      );
      for (const { seq, rows, settled } of chunks) {
        for (const [row] of await unpackRows(rows)) written.add(row);
        for (const { row } of await unpackAnswers(settled)) written.add(row);
        after = seq;
      }
      if (chunks.length === 0) break;
    }
    return { reps, firstNo: (reps.at(-1)?.no ?? -1) + 1, written };
  }

  /**
   * Forgets the rows that nobody has written: they are those of a file that another one takes the place of. What somebody
   * said of their reps stays.
   * @returns what the import counts then
   */
  async drop(manager: EntityManager, importId: Id): Promise<ImportCounters> {
    await manager.query(
      `delete from import_chunk c using import_rep r
        where c.import_id = $1 and r.import_id = $1 and r.no = c.rep_no and r.progress <> 'done'`,
      [importId],
    );
    await manager.query(
      `update import_rep set row_count = 0, counters = $2 where import_id = $1 and progress <> 'done'`,
      [importId, initialCounters(0)],
    );
    const done = await manager.findBy(ImportRep, { importId, progress: 'done' });
    return sumOf(done.map(({ counters }) => counters));
  }

  /** Puts what was found now in the place of what waited before. @returns what the import counts then */
  async replace(
    manager: EntityManager,
    lease: Lease,
    reading: number,
    before: Before,
    { reps, dropped }: StagedReps,
  ): Promise<ImportCounters> {
    const { companyId, importId } = lease;
    const left = before.reps.filter(({ progress }) => progress !== 'done').map(({ no }) => no);
    await manager.query(`delete from import_chunk where import_id = $1 and rep_no = any($2::integer[])`, [
      importId,
      [...left, ...dropped],
    ]);
    await manager.query(`delete from import_rep where import_id = $1 and progress <> 'done'`, [importId]);
    // What nobody has tried is counted by the run.
    const rows = reps.map((rep) => ({
      ...rep,
      counters: rep.progress === 'skipped' ? countersOf(rep) : initialCounters(0),
    }));
    await manager.query(
      `insert into import_rep (company_id, import_id, no, value, status, excluded, by_hand, progress, reading, row_count,
              first_row, counters)
       select $1, $2, r.no, r.value, 'unresolved', r.excluded, r."byHand", r.progress, $4, r."rowCount", r."firstRow", r.counters
       from jsonb_to_recordset($3::jsonb) r (no integer, value text, excluded boolean, "byHand" boolean, progress text,
            "rowCount" integer, "firstRow" integer, counters jsonb)`,
      [companyId, importId, JSON.stringify(rows), reading],
    );
    const done = before.reps.filter(({ progress }) => progress === 'done');
    return sumOf([...done.map((rep) => rep.counters), ...reps.map(countersOf)]);
  }
}

function countersOf({ rowCount, progress }: StagedReps['reps'][number]): ImportCounters {
  return addOutcomes(initialCounters(rowCount), progress === 'skipped' ? { ignored: rowCount } : {});
}
