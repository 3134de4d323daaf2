import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { randomRuns } from '@muster/testing';
import { Marks } from '../marks/marks.service.js';
import { AbsenteeOrders } from '../testbed/absentees.js';
import { ChunkTestbed, key, outcomes, type TestRep } from '../testbed/chunk-testbed.js';
import {
  absentFrom,
  applyRow,
  customerOf,
  CUSTOMERS,
  FIELDS,
  removeAbsent,
  type Column,
  type Field,
  type ModelImport,
  type ModelRow,
  type Tables,
  type Value,
} from '../testbed/import-model.js';

const REPS = 2;
const KEYS = ['1', '2', '3', '4', '5'];

const CELLS: Record<Field, Value[]> = {
  subject: ['a', 'b', '', 'c'],
  customer: [...CUSTOMERS, 'nobody', ''],
  dueDate: ['2026-03-14', '2026-12-31', ''],
  priority: ['low', 'normal', 'high', ''],
  done: [true, false, ''],
};

interface RandomImport {
  readonly given: ModelImport;
  readonly rows: ModelRow[];
  /** Of a sync: rows that were found invalid already. */
  readonly settled: ModelRow[];
  readonly chunkSize: number;
  /** Keys that somebody deletes by hand before. */
  readonly deleted: string[];
}

const columns = fc.subarray([...FIELDS], { minLength: 1 }).chain((fields) => fc.tuple(...fields.map(columnOf)));

function columnOf(field: Field): fc.Arbitrary<Column> {
  const behaviour = fc.constantFrom('overwrite' as const, 'overwrite' as const, 'keep' as const);
  return fc.record({ field: fc.constant(field), behaviour, emptyCell: fc.constantFrom('keep', 'clear', 'default') });
}

const randomImport: fc.Arbitrary<RandomImport> = fc
  .tuple(columns, fc.constantFrom('create', 'update', 'upsert', 'sync', 'sync'), fc.constantFrom('none', 'copy', 'move'))
  .chain(([chosen, mode, transfer]) => {
    const cells = fc.tuple(...chosen.map(({ field }) => fc.constantFrom(...CELLS[field]).map((cell) => (cell === '' ? null : cell))));
    // Rows of one rep never share a key; those of two reps neither, where records go from one to the other.
    const place = fc.record({ rep: fc.nat({ max: REPS - 1 }), key: fc.option(fc.constantFrom(...KEYS), { freq: 9 }) });
    const places = fc.uniqueArray(place, {
      maxLength: 12,
      selector: (one) => (one.key === null ? Symbol('none') : transfer === 'none' ? `${one.rep} ${one.key}` : one.key),
    });
    const all = fc.record({
      given: fc.constant({ mode, transfer, columns: chosen }),
      settled: fc.constant<ModelRow[]>([]),
      rows: places.chain((all) => fc.tuple(...all.map((one) => cells.map((values) => ({ ...one, cells: values }))))),
      chunkSize: fc.integer({ min: 1, max: 6 }),
      deleted: fc.subarray(KEYS, { maxLength: 2 }),
    });
    return mode === 'sync' ? all.chain(someSettled) : all;
  }); // prettier-ignore

/** Some rows of a sync are found invalid while the file is read; those that have no key are none of them. */
function someSettled(one: RandomImport): fc.Arbitrary<RandomImport> {
  const keyed = one.rows.filter((row) => row.key !== null);
  return fc.subarray(keyed, { maxLength: Math.min(2, keyed.length) }).map((settled) => {
    return { ...one, settled, rows: one.rows.filter((row) => !settled.includes(row)) };
  });
}

/** Random imports against a table in memory, whatever the chunks and whatever comes first. */
describe('imports of tasks of two reps', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  async function newReps(): Promise<TestRep[]> {
    const first = await bed.rep();
    const reps = [first, ...Array.from({ length: REPS - 1 }, () => ({ ...first, repId: newId() }))];
    for (const rep of reps) await bed.handle(bed.order(rep, CUSTOMERS.map((id) => [id, `Kunde ${id}`, null]))); // prettier-ignore
    return reps;
  }

  /** Chunks of rows of one rep each, as a file is cut. */
  function orders(reps: TestRep[], { given, rows, settled, chunkSize }: RandomImport, dryRun: boolean, sync: AbsenteeOrders) {
    const { transfer, columns: chosen } = given;
    const isSync = given.mode === 'sync';
    const mode = given.mode === 'sync' ? 'upsert' : given.mode;
    const options = transfer === 'none' ? {} : { options: { transferMode: transfer } };
    return reps.flatMap((rep, i) => {
      const own = rows.map((row, n) => ({ ...row, n })).filter((row) => row.rep === i);
      const parts = Array.from({ length: Math.ceil(own.length / chunkSize) }, (_, n) => own.slice(n * chunkSize, (n + 1) * chunkSize));
      const standing = settled.filter((row) => row.rep === i).map((row, n): [number, ...Value[]] => [90 + n, row.key, ...chosen.map(() => null)]);
      if (parts.length === 0 && standing.length > 0) parts.push([]);
      return parts.map((part, n) => bed.order(rep, [], {
        ...(isSync && { importId: sync.importId, seq: i * 100 + n, settled: n === 0 ? standing : [] }),
        ...(isSync && dryRun && { planId: sync.planId }),
        ...{ entity: 'task', mode, dryRun, restorePointId: dryRun ? null : rep.point, ...options },
        columns: [key('externalId'), ...chosen],
        rows: part.map(({ n, key: externalId, cells }) => [n + 1, externalId, ...cells]),
      }));
    });
  } // prettier-ignore

  /** What is answered to each row, in the order of the file. */
  async function answersOf(reps: TestRep[], one: RandomImport, dryRun: boolean, sync: AbsenteeOrders) {
    const all = orders(reps, one, dryRun, sync);
    // Plans at once, runs at once too: no guarantee rests on the order of chunks.
    const answers = (await Promise.all(all.map((order) => bed.carryOut(order)))).flatMap((answer) => answer.answers);
    return answers.sort((a, b) => a.row - b.row);
  }

  async function stored(reps: TestRep[]): Promise<Record<string, unknown>[]> {
    const [first] = reps;
    if (!first) return [];
    return bed.uow.run(first.scope, (manager) =>
      manager.query(
        `select t.rep_id as rep, t.external_id as key, t.deleted_at is not null as binned, t.subject, replace(c.rep_id::text, '-', '') || '/' || c.external_id as customer,
                to_char(t.due_date, 'YYYY-MM-DD') as "dueDate", t.priority, t.done
         from task t left join customer c on c.id = t.customer_id order by t.rep_id, t.external_id`,
      ),
    );
  }

  function modelled(reps: TestRep[], tables: Tables): Record<string, unknown>[] {
    const rows = tables.flatMap((table, i) =>
      [...table].map(([id, { values, binned }]) => {
        return { rep: reps[i]?.repId ?? '', key: id, binned, ...values, customer: withRepId(reps, values.customer) };
      }),
    );
    return rows.sort((a, b) => (a.rep + a.key < b.rep + b.key ? -1 : 1));
  }

  /** Whose a customer is, by the rep's id in the place of its number. */
  function withRepId(reps: TestRep[], customer: Value): Value {
    const [rep = '', externalId = ''] = typeof customer === 'string' ? customer.split('/') : [];
    return customer === null ? null : customerOf(reps[Number(rep)]?.repId ?? '', externalId);
  }

  async function deleteByHand(reps: TestRep[], tables: Tables, keys: string[]): Promise<void> {
    const [first] = reps;
    if (!first || keys.length === 0) return;
    await bed.uow.run(first.scope, (manager) =>
      manager.query(`update task set deleted_at = clock_timestamp() where external_id = any($1) and deleted_at is null`, [keys]),
    );
    for (const table of tables) {
      for (const id of keys) {
        const task = table.get(id);
        if (task) table.set(id, { ...task, binned: true });
      }
    }
  } // prettier-ignore

  const changes = async (reps: TestRep[]): Promise<Id[]> =>
    bed.uow.run(reps[0]?.scope ?? { companyId: '', actor: '', cause: '' }, (manager) =>
      manager.query<Id[]>(`select record_id from task_change`),
    );

  /** A restore point of now. */
  async function marked(reps: TestRep[]): Promise<TestRep[]> {
    const point = newId();
    const [first] = reps;
    const marks = bed.service.app.get(Marks);
    if (first) await marks.follow(first.scope, { restorePointId: point, owner: 'user-admin' });
    return reps.map((rep) => ({ ...rep, point }));
  }

  /** Of each rep, those who are absent by the plan, or are gone after the run; orders of two reps are under way at once. */
  function absentees(
    reps: TestRep[],
    one: RandomImport,
    sync: AbsenteeOrders,
    planned?: readonly number[],
  ): Promise<number[]> {
    const across = one.given.transfer === 'none' ? {} : { acrossReps: true as const };
    const inReach = new Set([...one.rows, ...one.settled].map(({ rep }) => rep));
    return Promise.all(
      reps.map(async (rep, i) => {
        if (!inReach.has(i)) return 0;
        const most = planned?.[i];
        if (most === undefined) return (await sync.plan(rep, across)).planned ?? 0;
        return (await sync.run(rep, most, across)).removed ?? 0;
      }),
    );
  }

  it('come to what the reference says, row by row: as planned, as run, as stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomImport, { minLength: 3, maxLength: 5 }), async (imports) => {
        let reps = await newReps();
        const tables: Tables = reps.map(() => new Map());
        for (const one of imports) {
          await deleteByHand(reps, tables, one.deleted);
          const sync = new AbsenteeOrders(bed, newId(), 'task');
          const isSync = one.given.mode === 'sync';
          // An empty key withholds what would be removed; that is the import's to see, not the owner's.
          const removes = isSync && one.rows.every((row) => row.key !== null);
          const absent = removes ? absentFrom(tables, one.rows, one.settled, one.given) : [];
          const expected = one.rows.map((row) => applyRow(tables, row, one.given));
          const shown = await answersOf(reps, one, true, sync);
          expect(outcomes({ answers: shown })).toEqual(expected);
          const none = reps.map(() => 0);
          const planned = removes ? await absentees(reps, one, sync) : none;
          expect(planned).toEqual(reps.map((_, i) => absent.filter(({ rep }) => rep === i).length));
          reps = await marked(reps);
          const before = (await changes(reps)).length;
          const done = await answersOf(reps, one, false, sync);
          // What is new has an id only then; all else is as it was shown: outcome, record, changes, problems.
          expect(done.map((row) => (row.outcome === 'created' ? { ...row, recordId: undefined } : row))).toEqual(shown);
          const removed = removeAbsent(tables, absent);
          expect(removes ? await absentees(reps, one, sync, planned) : none).toEqual(removed);
          expect(await stored(reps)).toEqual(modelled(reps, tables));
          const written = expected.filter((outcome) => outcome === 'created' || outcome === 'updated').length;
          const gone = removed.reduce((sum, count) => sum + count, 0);
          expect((await changes(reps)).length - before).toBe(written + gone);
        }
      }),
      randomRuns(20),
    );
  }, 3_600_000);
});
