import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id, RowAnswer } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { randomRuns } from '@muster/testing';
import { Marks } from '../marks/marks.service.js';
import { AbsenteeOrders } from '../testbed/absentees.js';
import { ChunkTestbed, type Cell, type OrderEvent, type TestRep } from '../testbed/chunk-testbed.js';
import { CUSTOMERS } from '../testbed/import-model.js';
import { OWN_FIELD, randomFiles, REPS, rowsOf, type FileRow, type RandomFile } from '../testbed/random-records.js';

/** Random files one after the other, whatever the chunks: a plan, and a run of all reps at once with nothing between. */
describe('imports of records of every kind', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  /** The reps of a company that has a field of its own, each with a few customers. */
  async function newReps(): Promise<TestRep[]> {
    const first = await bed.rep();
    const { companyId } = first.scope;
    await bed.uow.run(first.scope, (manager) =>
      manager.query(
        `insert into custom_field (id, company_id, entity, name, type, label_en, label_de)
         select gen_random_uuid(), $1, e, $2, 'text', $2, $2 from unnest(array['customer', 'appointment', 'task', 'report']) e`,
        [companyId, OWN_FIELD],
      ),
    );
    const reps = Array.from({ length: REPS }, (_, i) => (i === 0 ? first : { ...first, repId: newId() }));
    for (const rep of reps) await bed.handle(bed.order(rep, CUSTOMERS.map((id) => [id, `Kunde ${id}`, null]))); // prettier-ignore
    return reps;
  }

  interface Planned {
    readonly reps: readonly TestRep[];
    readonly file: RandomFile;
    readonly rows: readonly FileRow[];
    readonly settled: readonly FileRow[];
    readonly sync: AbsenteeOrders;
  }

  /** Chunks of rows of one rep each, as a file is cut. */
  function orders({ reps, file, rows, settled, sync }: Planned, dryRun: boolean): OrderEvent[] {
    const { entity, mode, columns, options, chunkSize } = file;
    const tuple = ({ row, values }: FileRow): [number, ...Cell[]] => [row, ...values];
    return reps.flatMap((rep, i) => {
      const own = rows.filter((row) => row.rep === i);
      const standing = settled.filter((row) => row.rep === i).map(tuple);
      const parts = Array.from({ length: Math.ceil(own.length / chunkSize) }, (_, n) => own.slice(n * chunkSize, (n + 1) * chunkSize));
      if (parts.length === 0 && standing.length > 0) parts.push([]);
      return parts.map((part, n) => bed.order(rep, [], {
        ...{ importId: sync.importId, seq: i * 100 + n, dryRun, restorePointId: dryRun ? null : rep.point },
        ...(mode === 'sync' && { settled: n === 0 ? standing : [] }),
        ...(mode === 'sync' && dryRun && { planId: sync.planId }),
        ...{ entity, mode: mode === 'sync' ? ('upsert' as const) : mode, columns: [...columns], options, rows: part.map(tuple) },
      }));
    });
  } // prettier-ignore

  async function answersOf(planned: Planned, dryRun: boolean) {
    const all = await Promise.all(orders(planned, dryRun).map((order) => bed.carryOut(order)));
    return all.flatMap(({ answers }) => answers).sort((a, b) => a.row - b.row).map(comparable); // prettier-ignore
  }

  /** What is new has an id only once it is there. */
  function comparable({ recordId, ...answer }: RowAnswer) {
    return { ...answer, recordId: answer.outcome === 'created' ? undefined : recordId };
  }

  /** Of each rep with rows in the file, those who are absent by the plan, or are gone after the run. */
  function absentees({ reps, file, rows, settled, sync }: Planned, planned?: readonly number[]): Promise<number[]> {
    const isAcross = file.options.transferMode !== undefined || file.columns.some(({ field }) => field === 'id');
    const across = isAcross ? { acrossReps: true as const } : {};
    const inReach = new Set([...rows, ...settled].map(({ rep }) => rep));
    return Promise.all(
      reps.map(async (rep, i) => {
        if (file.mode !== 'sync' || !inReach.has(i)) return 0;
        const most = planned?.[i];
        if (most === undefined) return (await sync.plan(rep, across)).planned ?? 0;
        return (await sync.run(rep, most, across)).removed ?? 0;
      }),
    );
  }

  /** A restore point of now, after somebody has put records into the recycle bin by hand. */
  async function marked(reps: readonly TestRep[], { entity, binned }: RandomFile): Promise<{ reps: TestRep[]; ids: Id[] }> {
    const [first] = reps;
    if (!first) return { reps: [], ids: [] };
    const ids = await bed.uow.run(first.scope, async (manager) => {
      await manager.query(`update ${entity} set deleted_at = clock_timestamp() where external_id = any($1) and deleted_at is null`, [binned]);
      const rows = await manager.query<{ id: Id }[]>(`select id from ${entity} order by id`);
      return rows.map(({ id }) => id);
    });
    const point = newId();
    await bed.service.app.get(Marks).follow(first.scope, { restorePointId: point, owner: 'user-admin' });
    return { reps: reps.map((rep) => ({ ...rep, point })), ids };
  } // prettier-ignore

  async function check(all: readonly TestRep[], file: RandomFile): Promise<void> {
    const { reps, ids } = await marked(all, file);
    const found = rowsOf(file, ids);
    const settled = file.mode === 'sync' ? file.settled.flatMap((place) => found[place] ?? []) : [];
    const rows = found.filter((row) => !settled.includes(row));
    const planned = { reps, file, rows, settled, sync: new AbsenteeOrders(bed, newId(), file.entity) };
    const shown = await answersOf(planned, true);
    expect(shown.map(({ row }) => row)).toEqual(rows.map(({ row }) => row));
    const absent = await absentees(planned);
    expect(await answersOf(planned, false)).toEqual(shown);
    expect(await absentees(planned, absent)).toEqual(absent);
  }

  it('do with every row what their plan showed', async () => {
    const tried = fc.assert(
      fc.asyncProperty(randomFiles, async (files) => {
        const reps = await newReps();
        for (const file of files) await check(reps, file);
      }),
      randomRuns(15),
    );
    await expect(tried).resolves.toBeUndefined();
  }, 3_600_000);
});
