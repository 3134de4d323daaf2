import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { ChunkTestbed, key, outcomes, overwrite, type Cell, type TestRep } from '../testbed/chunk-testbed.js';

const FIELDS = ['externalId', 'name1', 'city', 'notes', 'callInterval', 'doNotCall'];

/** Customers that the file gives to another rep than has them. */
describe('work orders that look for records at other reps', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  /** Two reps of one company, the first with the customer 1, which has more than the file says. */
  async function reps(): Promise<[TestRep, TestRep, string]> {
    const of = await bed.rep();
    const columns = FIELDS.map((field, i) => (i === 0 ? key(field) : overwrite(field)));
    const rows: Cell[][] = [['1', 'Adler', 'Graz', 'kept', 14, true]];
    const { answers } = await bed.handle(bed.order(of, rows, { columns }));
    return [of, { ...of, repId: newId() }, answers[0]?.recordId ?? ''];
  }
  const go = (of: TestRep, rows: Cell[][], transferMode: 'copy' | 'move' | undefined, more: object = {}) =>
    bed.handle(bed.order(of, rows, { ...(transferMode && { options: { transferMode } }), ...more }));
  const read = (of: TestRep) =>
    bed.uow.run(of.scope, (manager) =>
      manager.query<Record<string, unknown>[]>(
        `select id, external_id as key, name1, city, notes, call_interval as interval, version from customer
         where rep_id = $1 and deleted_at is null order by external_id`,
        [of.repId],
      ),
    );

  it('none is the preset: the record is created anew, and that of the other rep stays', async () => {
    const [one, two, id] = await reps();
    expect(outcomes(await go(two, [['1', 'Adler', 'Wien']], undefined))).toEqual(['created']);
    expect(await read(one)).toMatchObject([{ id, city: 'Graz' }]);
    expect(await read(two)).toMatchObject([{ city: 'Wien', notes: null }]);
  });

  it('move: the same record, then changed as the row says, and each rep’s readers are told', async () => {
    const [one, two, id] = await reps();
    const planned = await go(two, [['1', 'Adler', 'Wien']], 'move', { dryRun: true, restorePointId: null });
    expect(await read(two)).toEqual([]);
    const { answers } = await go(two, [['1', 'Adler', 'Wien']], 'move');
    expect(answers).toEqual(planned.answers);
    expect(answers).toEqual([
      {
        ...{ row: 2, outcome: 'updated', recordId: id },
        changes: [{ field: 'city', from: 'Graz', to: 'Wien' }, { field: 'repId', from: one.repId, to: two.repId }],
      },
    ]); // prettier-ignore
    expect(await read(one)).toEqual([]);
    expect(await read(two)).toEqual([{ id, key: '1', name1: 'Adler', city: 'Wien', notes: 'kept', interval: 14, version: 2 }]);
    await vi.waitFor(() => {
      const told = bed.service.events(recordsChanged).filter(({ companyId }) => companyId === one.scope.companyId).slice(1);
      expect(told).toHaveLength(2);
      // Two keys: nothing says which of them comes first.
      const each = new Map(told.map(({ data }) => [data.repId, [data.updated, data.removed]]));
      expect([each.get(two.repId), each.get(one.repId)]).toEqual([[[id], []], [[], [id]]]);
    }, PATIENT);
    expect(outcomes(await go(two, [['1', 'Adler', 'Wien']], 'move'))).toEqual(['unchanged']);
    expect((await read(two))[0]).toMatchObject({ version: 2 });
  }); // prettier-ignore

  it('move: also where nothing else changes, and by its id', async () => {
    const [one, two, id] = await reps();
    const byId = { columns: [key('id'), overwrite('name1')] };
    const { answers } = await go(two, [[id, 'Adler']], 'move', byId);
    expect(answers[0]).toMatchObject({ outcome: 'updated', changes: [{ field: 'repId' }] });
    expect(await read(one)).toEqual([]);
    expect(await read(two)).toMatchObject([{ id, version: 2 }]);
  });

  it.each(['move', 'copy'] as const)(
    '%s: the customer of a task goes along as it is, also where the rep has one of that number',
    async (mode) => {
      const [one, two, former] = await reps();
      const { answers: made } = await go(two, [['1', 'Adler', 'Wien']], undefined);
      const own = made[0]?.recordId;
      const task = (fields: string[]) => ({ entity: 'task', columns: fields.map((f, i) => (i === 0 ? key(f) : overwrite(f))) });
      await go(one, [['T', 'Call', '1']], undefined, task(['externalId', 'subject', 'customer']));
      await go(two, [['T', 'Call']], mode, task(['externalId', 'subject']));
      const named = task(['externalId', 'customer']);
      const planned = await go(two, [['T', '1']], mode, { ...named, dryRun: true, restorePointId: null });
      const { answers } = await go(two, [['T', '1']], mode, named);
      expect(answers).toEqual(planned.answers);
      // Two customers of one number: their ids tell them apart.
      expect(answers).toMatchObject([{ outcome: 'updated', changes: [{ field: 'customer', from: former, to: own }] }]);
      expect(outcomes(await go(two, [['T', '1']], mode, named))).toEqual(['unchanged']);
    },
  ); // prettier-ignore

  it('copy: another record with all that the first has, then changed as the row says', async () => {
    const [one, two, id] = await reps();
    await bed.uow.run(one.scope, (manager) =>
      manager.query(`update customer set custom_fields = '{"size": "L"}' where id = $1`, [id]),
    );
    await bed.uow.run(one.scope, (manager) =>
      manager.query(
        `insert into custom_field (id, company_id, entity, name, type, label_en, label_de)
         values ($1, $2, 'customer', 'size', 'text', 'Size', 'Größe')`,
        [newId(), one.scope.companyId],
      ),
    );
    const { answers } = await go(two, [['1', 'Adler', 'Wien'], ['2', 'Bär', null]], 'copy'); // prettier-ignore
    expect(answers.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    expect(answers[0]?.recordId).not.toBe(id);
    expect(await read(one)).toMatchObject([{ id, city: 'Graz' }]);
    expect(await read(two)).toMatchObject([
      { id: answers[0]?.recordId, key: '1', name1: 'Adler', city: 'Wien', notes: 'kept', interval: 14, version: 1 },
      { key: '2', name1: 'Bär', notes: null },
    ]);
    const own = await bed.uow.run(two.scope, (manager) =>
      manager.query(`select custom_fields as own, do_not_call as "doNotCall" from customer where id = $1`, [answers[0]?.recordId]),
    ); // prettier-ignore
    expect(own).toEqual([{ own: { size: 'L' }, doNotCall: true }]);
    expect(outcomes(await go(two, [['1', 'Adler', 'Wien']], 'copy'))).toEqual(['unchanged']);
  });

  it('copy: every rep of a file that asks for a record has a copy, and none of what the file makes for another', async () => {
    const [one, two, id] = await reps();
    const third = { ...one, repId: newId() };
    const options = { options: { transferMode: 'copy' as const } };
    const rows: Cell[][] = [['1', 'Adler', 'Wien'], ['9', 'New', null]]; // prettier-ignore
    const first = bed.order(two, rows, options);
    const { importId } = first.data;
    const second = { ...bed.order(third, rows, { ...options, importId, seq: 1 }), cause: first.cause };
    for (const order of [first, second]) await bed.chunks.handle(order);
    const answers = await bed.answersTo(first, 2);
    expect(answers.map(outcomes)).toEqual([
      ['created', 'created'],
      ['created', 'created'],
    ]);
    expect(await read(one)).toMatchObject([{ id, city: 'Graz' }]);
    for (const of of [two, third]) {
      expect(await read(of)).toMatchObject([{ city: 'Wien', notes: 'kept' }, { name1: 'New', notes: null }]); // prettier-ignore
    }
  });

  it('copy: by id there is none, since the copy could not have it', async () => {
    const [, two, id] = await reps();
    const { answers } = await go(two, [[id, 'Adler']], 'copy', { columns: [key('id'), overwrite('name1')] });
    expect(answers).toMatchObject([{ outcome: 'invalid', problems: [{ code: 'unknown_id' }] }]);
  });

  it.each(['copy', 'move'] as const)('%s: the rep’s own record goes first, from the recycle bin too', async (mode) => {
    const [one, two, id] = await reps();
    await go(two, [['1', 'Own', 'Linz']], undefined);
    await bed.uow.run(two.scope, (manager) =>
      manager.query(`update customer set deleted_at = now() where rep_id = $1`, [two.repId]),
    );
    expect(outcomes(await go(two, [['1', 'Own', 'Linz']], mode))).toEqual(['updated']);
    expect(await read(one)).toMatchObject([{ id }]);
    expect(await read(two)).toMatchObject([{ name1: 'Own', notes: null }]);
  });

  it.each(['copy', 'move'] as const)(
    '%s: nothing from the recycle bin of others, nor from other companies',
    async (mode) => {
      const [one, two] = await reps();
      const [stranger] = await reps();
      await bed.uow.run(one.scope, (manager) =>
        manager.query(`update customer set deleted_at = now() where rep_id = $1`, [one.repId]),
      );
      expect(outcomes(await go(two, [['1', 'New', null]], mode))).toEqual(['created']);
      expect(await read(two)).toMatchObject([{ name1: 'New', notes: null }]);
      expect(await read(stranger)).toHaveLength(1);
    },
  );

  it('is ambiguous where several others have the key, and new where the mode says so', async () => {
    const [one, two] = await reps();
    const third = { ...one, repId: newId() };
    await go(third, [['1', 'Adler', 'Linz']], undefined);
    const { answers } = await go(two, [['1', 'Adler', 'Wien']], 'move');
    expect(answers).toMatchObject([
      { outcome: 'invalid', problems: [{ code: 'ambiguous_key', params: { count: 2 } }] },
    ]);
    expect(outcomes(await go(two, [['1', 'Adler', 'Wien']], 'move', { mode: 'create' }))).toEqual(['created']);
  });

  it('refuses a record whose external id another record of the rep has, found by another key', async () => {
    const [, two] = await reps();
    await go(two, [['1', 'Other', 'Linz']], undefined);
    const columns = [key('name1'), overwrite('notes')];
    for (const mode of ['copy', 'move'] as const) {
      const { answers } = await go(two, [['Adler', 'x']], mode, { columns });
      expect(answers).toMatchObject([{ outcome: 'invalid', problems: [{ code: 'value_taken', field: 'externalId' }] }]);
    }
  });

  it('gives a record to one of two reps that ask for it at once', async () => {
    const [one, two, id] = await reps();
    const third = { ...one, repId: newId() };
    const options = { options: { transferMode: 'move' as const } };
    const orders = [two, third].map((of) => bed.order(of, [['1', 'Adler', 'Wien']], { ...options, mode: 'update' }));
    await Promise.all(orders.map((order) => bed.chunks.handle(order)));
    const held = [...(await read(one)), ...(await read(two)), ...(await read(third))];
    expect(held).toMatchObject([{ id, city: 'Wien' }]);
  });
});
