import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { Marks } from '../marks/marks.service.js';
import { AbsenteeList } from '../questions/absentee-list.js';
import { RepSchedules } from '../schedules/rep-schedules.service.js';
import { AbsenteeOrders } from '../testbed/absentees.js';
import { ChunkTestbed, key, overwrite, type Cell, type TestRep } from '../testbed/chunk-testbed.js';

describe('records that are absent from the file of a sync', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  const row = (id: string): Cell[] => [id, `Name ${id}`, null];
  const rowsOf = (...ids: string[]) => ids.map(row);
  const settled = (...ids: string[]) => ids.map((id, i): [number, ...Cell[]] => [90 + i, id, null, null]);

  async function marked(of: TestRep): Promise<TestRep> {
    const point = newId();
    await bed.service.app.get(Marks).follow(of.scope, { restorePointId: point, owner: 'user-admin' });
    return { ...of, point };
  }

  /** A rep who has customers of these external ids, and an import that comes after them. */
  async function repWith(...ids: string[]): Promise<{ of: TestRep; orders: AbsenteeOrders }> {
    const before = await bed.rep();
    await bed.handle(bed.order(before, rowsOf(...ids)));
    return { of: await marked(before), orders: new AbsenteeOrders(bed, newId()) };
  }

  const live = async (of: TestRep) =>
    (await bed.stored(of)).filter(({ binned }) => binned !== true).map(({ externalId }) => externalId);

  it('go into the recycle bin, by the import, with their history and an event; a repeat answers alike', async () => {
    const { of, orders } = await repWith('1', '2', '3');
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    expect(await orders.plan(of)).toMatchObject({ dryRun: true, planned: 2, base: 3, repId: of.repId });
    expect(await live(of)).toEqual(['1', '2', '3']);
    const { importId } = orders;
    await bed.handle(bed.order(of, rowsOf('1'), { importId }));
    expect(await orders.run(of, 2)).toMatchObject({ removed: 2, deactivated: 0 });
    expect(await orders.run(of, 2)).toMatchObject({ removed: 2 });
    expect(await live(of)).toEqual(['1']);
    const bin = await bed.uow.run(of.scope, (manager) =>
      manager.query(
        `select c.deleted_cause as cause, c.version,
                (select count(*)::integer from customer_change l where l.record_id = c.id and l.cause = $2 and l.op = 'U') as logged
           from customer c where c.rep_id = $1 and c.deleted_at is not null`,
        [of.repId, `import:${importId}`],
      ),
    );
    expect(bin).toEqual([1, 2].map(() => ({ cause: `import:${importId}`, version: 2, logged: 1 })));
    const told = bed.service.events(recordsChanged).filter(({ data }) => data.repId === of.repId);
    expect(told.flatMap(({ data }) => data.removed)).toHaveLength(2);
  });

  it('can be looked at before they go, and afterwards', async () => {
    const { of, orders } = await repWith('1', '2', '3');
    await bed.handle(bed.order(of, rowsOf('3'), orders.planned));
    await orders.plan(of);
    const { companyId } = of.scope;
    const { importId, planId } = orders;
    const request = { companyId, importId, planId, entity: 'customer', repId: of.repId, after: null, limit: 1 };
    const list = async (change: object = {}) =>
      (await bed.service.app.get(AbsenteeList).list({ ...request, ...change })).items;
    const [first] = await list();
    expect(first).toMatchObject({ externalId: '1', name: 'Name 1', state: 'planned', repId: of.repId });
    const next = await list({ after: first?.recordId, limit: 9 });
    expect(next.map(({ externalId }) => externalId)).toEqual(['2']);
    expect(await list({ companyId: newId() })).toEqual([]);
    expect(await list({ repId: newId() })).toEqual([]);
    await orders.run(of, 2);
    expect((await list({ limit: 9 })).map(({ state }) => state)).toEqual(['removed', 'removed']);
  });

  it('are none for which an invalid row stands, of those that the owner finds and of those that were found before', async () => {
    const { of, orders } = await repWith('1', '2', '3', '4');
    const rows = [['1', null, null], row('2')];
    await bed.handle(bed.order(of, rows, { ...orders.planned, settled: settled('3', 'nobody') }));
    expect(await orders.plan(of)).toMatchObject({ planned: 1 });
    const { importId } = orders;
    await bed.handle(bed.order(of, rows, { importId, settled: settled('3', 'nobody') }));
    expect(await orders.run(of, 1)).toMatchObject({ removed: 1 });
    expect(await live(of)).toEqual(['1', '2', '3']);
  });

  it('are none whose external id stands in a row that has another key, or none that can be read', async () => {
    const { of, orders } = await repWith('1', '2', '3', '4');
    const columns = [key('name1'), overwrite('externalId')];
    // The first two have another name by now; the third one is as it was.
    const rows = [['New name', '1'], ['Name 3', '3']];
    await bed.handle(bed.order(of, rows, { ...orders.planned, columns, settled: [[9, 'Other name', '2']] }));
    expect(await orders.plan(of)).toMatchObject({ planned: 1 });
  }); // prettier-ignore

  it('stay where they stand in the run though they did not in the plan, came later, or are gone already', async () => {
    const { of, orders } = await repWith('1', '2', '3', '4');
    const { importId, planId } = orders;
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    expect(await orders.plan(of)).toMatchObject({ planned: 3 });
    await bed.handle(bed.order(of, rowsOf('later')));
    await bed.uow.run(of.scope, async (manager) => {
      await manager.query(`update customer set deleted_at = now() where rep_id = $1 and external_id = '2'`, [of.repId]);
      await manager.query(`update customer set rep_id = $2 where rep_id = $1 and external_id = '3'`, [
        of.repId,
        newId(),
      ]);
    });
    await bed.handle(bed.order(of, rowsOf('4'), { importId }));
    expect(await orders.run(of, 3)).toMatchObject({ removed: 0 });
    expect(await live(of)).toEqual(['1', '4', 'later']);
    const request = { companyId: of.scope.companyId, importId, planId, entity: 'customer', repId: null, after: null };
    const { items } = await bed.service.app.get(AbsenteeList).list({ ...request, limit: 9 });
    expect(items.map(({ state }) => state)).toEqual(['kept', 'kept', 'kept']);
  });

  /** What somebody does by hand to a record of these external ids. */
  const byHand = (of: TestRep, set: string, ...ids: string[]) =>
    bed.uow.run(of.scope, (manager) =>
      manager.query(`update customer set ${set} where rep_id = $1 and external_id = any($2)`, [of.repId, ids]),
    );
  const statesOf = async (of: TestRep, { importId, planId }: AbsenteeOrders) => {
    const request = { companyId: of.scope.companyId, importId, planId, entity: 'customer', repId: null, after: null };
    const { items } = await bed.service.app.get(AbsenteeList).list({ ...request, limit: 99 });
    return items.map(({ externalId, state, code }) => [externalId, code ?? state]).sort();
  };

  it('stay where they came out of the bin since the restore point, not where they did before', async () => {
    const { of: before, orders } = await repWith('1', 'early', 'late', 'old');
    const [away, back] = ['deleted_at = now()', 'deleted_at = null'];
    await byHand(before, away, 'old');
    await bed.handle(bed.order(before, rowsOf('1'), orders.planned));
    // One that was in the bin when the plan was made is in no plan, whatever becomes of it.
    expect(await orders.plan(before)).toMatchObject({ planned: 2, base: 3 });
    await byHand(before, away, 'early', 'late');
    await byHand(before, back, 'early', 'old');
    const of = await marked(before);
    await byHand(of, back, 'late');
    await byHand(of, `city = 'Wien'`, 'late');
    expect(await orders.run(of, 2)).toMatchObject({ removed: 1 });
    expect(await live(of)).toEqual(['1', 'late', 'old']);
    expect(await statesOf(of, orders)).toEqual([
      ['early', 'removed'],
      ['late', 'kept'],
    ]);
  });

  it('stay where they are another rep’s, or were at the restore point', async () => {
    const { of: before, orders } = await repWith('1', 'gone', 'given');
    const other = newId();
    await bed.handle(bed.order(before, rowsOf('1'), orders.planned));
    expect(await orders.plan(before)).toMatchObject({ planned: 2 });
    await byHand(before, `rep_id = '${other}'`, 'gone', 'given');
    // The other rep is in the same sync: what the plan has not noted of it does not go.
    const ofOther = { ...before, repId: other };
    const of = await marked(before);
    await byHand(ofOther, `rep_id = '${of.repId}'`, 'given');
    expect(await orders.run({ ...of, repId: other }, 9)).toMatchObject({ removed: 0 });
    expect(await orders.run(of, 2)).toMatchObject({ removed: 0 });
    expect(await live(of)).toEqual(['1', 'given']);
    expect(await live({ ...of, repId: other })).toEqual(['gone']);
  });

  it('go also where somebody has edited them since', async () => {
    const { of, orders } = await repWith('1', '2');
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    await orders.plan(of);
    await bed.handle(bed.order(of, [['2', 'Edited', null]]));
    expect(await orders.run(of, 1)).toMatchObject({ removed: 1 });
  });

  it('are none that a point without a mark, another plan or more than was said would take', async () => {
    const { of, orders } = await repWith('1', '2', '3');
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    await orders.plan(of);
    expect(await orders.run(of, 2, { restorePointId: newId() })).toMatchObject({ withheld: 'restore_point_void' });
    expect(await orders.run(of, 1)).toMatchObject({ removed: 0, withheld: 'more_than_planned' });
    expect(await orders.run(of, 2, { planId: newId() })).toMatchObject({ removed: 0 });
    const foreign = await bed.rep();
    expect(await orders.run({ ...foreign, repId: of.repId }, 9)).toMatchObject({ removed: 0 });
    expect(await orders.run({ ...of, repId: foreign.repId }, 9)).toMatchObject({ removed: 0 });
    expect(await live(of)).toEqual(['1', '2', '3']);
  });

  it('were there at the restore point', async () => {
    const { of, orders } = await repWith('1', '2');
    await bed.handle(bed.order(of, rowsOf('3')));
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    // The point is older than the third one: no import asks for it so late, and this one would not be taken either.
    expect(await orders.plan(of)).toMatchObject({ planned: 2 });
    expect(await orders.run(of, 2)).toMatchObject({ removed: 1 });
    expect(await live(of)).toEqual(['1', '3']);
  });

  it('stay where the schedule of the rep has ended: what becomes of its records is decided already', async () => {
    const { of, orders } = await repWith('1', '2');
    await bed.handle(bed.order(of, rowsOf('1'), orders.planned));
    await orders.plan(of);
    await bed.service.app.get(RepSchedules).set(of.scope, of.repId, 2, true);
    expect(await orders.run(of, 1)).toMatchObject({ removed: 0 });
    expect(await live(of)).toEqual(['1', '2']);
    expect(await statesOf(of, orders)).toEqual([['2', 'rep_without_schedule']]);
    expect(await orders.plan(of)).toMatchObject({ planned: 0, base: 0 });
  });

  it.each(['move', 'copy'] as const)(
    'are none that a row of another rep is to %s, in whatever order',
    async (transferMode) => {
      const { of, orders } = await repWith('1', '2');
      const other = { ...of, repId: newId() };
      const options = { transferMode };
      const invalid = [['2', null, null]];
      const rows = transferMode === 'move' ? [...rowsOf('1'), ...invalid] : rowsOf('1', '2');
      await bed.handle(bed.order(other, rows, { ...orders.planned, options }));
      expect(await orders.plan(of, { acrossReps: true })).toMatchObject({
        planned: transferMode === 'move' ? 0 : 0,
        base: 2,
      });
      expect(await orders.plan(other, { acrossReps: true })).toMatchObject({ planned: 0, base: 0 });
    },
  );

  it('go in steps, whoever carries them out, and each once', async () => {
    const { of, orders } = await repWith('1');
    await bed.uow.run(of.scope, (manager) =>
      manager.query(
        `insert into customer (id, company_id, rep_id, external_id, name1)
         select uuidv7(), $1, $2, 'x' || n, 'x' from generate_series(1, 2500) n`,
        [of.scope.companyId, of.repId],
      ),
    );
    const late = await marked(of);
    await bed.handle(bed.order(late, rowsOf('1'), orders.planned));
    expect(await orders.plan(late)).toMatchObject({ planned: 2500, base: 2501 });
    const step = { restorePointId: late.point, most: 2500 };
    const answers = await Promise.all([1, 2, 3, 4].map(() => orders.send(late, step)));
    expect(answers.some(({ more }) => more === true)).toBe(true);
    expect(await orders.run(late, 2500)).toMatchObject({ removed: 2500 });
    expect(await live(late)).toEqual(['1']);
    const told = bed.service.events(recordsChanged).filter(({ data }) => data.repId === of.repId);
    const ids = told.flatMap(({ data }) => data.removed);
    expect([ids.length, new Set(ids).size]).toEqual([2500, 2500]);
  });
});
