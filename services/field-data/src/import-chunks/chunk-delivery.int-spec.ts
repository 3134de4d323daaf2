import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importChunkOrdered, restorePointMarked } from '@muster/contracts';
import { ChunkResultRepository } from '@muster/import-owner';
import { newId, UnitOfWork } from '@muster/persistence';
import { Marks } from '../marks/marks.service.js';
import { ChunkTestbed, key, outcomes, overwrite, type Cell } from '../testbed/chunk-testbed.js';

describe('work orders that come twice, at once, unwanted or with a row that fails', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  it('answers without old and new values where they are too many for one event', async () => {
    const of = await bed.rep();
    const columns = [
      key('externalId'),
      ...['name1', 'notes', 'businessHours', 'street', 'city'].map((field) => overwrite(field)),
    ];
    // Six bytes each in JSON.
    const rows = (filler: string) =>
      Array.from({ length: 500 }, (_, i) => [
        `${i}`,
        ...[100, 4000, 200, 100, 100].map((length) => filler.repeat(length)),
      ]);
    await bed.handle(bed.order(of, rows('\u0001'), { columns }));
    const answer = await bed.handle(bed.order(of, rows('\u0002'), { columns }));
    expect(outcomes(answer)).toEqual(rows('').map(() => 'updated'));
    expect(answer.answers.every(({ changes, recordId }) => changes === undefined && recordId !== undefined)).toBe(true);
  });

  it('applies a chunk once that comes three times at once, and answers alike', async () => {
    const of = await bed.rep();
    const rows = Array.from({ length: 50 }, (_, i) => [`c${i}`, `Name ${i}`, null]);
    const event = bed.order(of, rows);
    await Promise.all(
      [event, { ...event, id: newId() }, { ...event, id: newId() }].map((one) => bed.chunks.handle(one)),
    );
    const answers = await bed.answersTo(event, 3);
    expect(answers).toHaveLength(3);
    expect(outcomes(answers[0] ?? { answers: [] })).toEqual(rows.map(() => 'created'));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await bed.stored(of)).toHaveLength(50);
    expect(await bed.logged(of)).toBe(50);
  });

  it('keeps nothing of its answers once the import has ended, and applies no late repeat', async () => {
    const of = await bed.rep();
    const event = bed.order(of, [['late', 'Name', null]]);
    expect(outcomes(await bed.handle(event))).toEqual(['created']);
    const { companyId, data } = event;
    const scope = { companyId, actor: 'system', cause: `import:${data.importId}` } as const;
    const results = bed.service.app.get(ChunkResultRepository);
    const uow = bed.service.app.get(UnitOfWork);
    await uow.run(scope, (manager) => results.forget(manager, companyId, data.importId));
    const stored = await uow.run(scope, (manager) =>
      manager.query('select answers, record_ids from chunk_result where import_id = $1', [data.importId]),
    );
    expect(stored).toEqual([{ answers: '[]', record_ids: [] }]);
    await bed.service.app
      .get(UnitOfWork)
      .run(scope, (manager) => manager.query('update customer set name1 = $1', ['Since']));
    await bed.chunks.handle({ ...event, id: newId() });
    expect(await bed.stored(of)).toMatchObject([{ name1: 'Since' }]);
  });

  it('has one record per key when two chunks with the same new keys run at once', async () => {
    const of = await bed.rep();
    const rows = Array.from({ length: 100 }, (_, i) => [`k${i}`, 'same', null]);
    const [one, two] = [bed.order(of, rows), bed.order(of, rows)];
    await Promise.all([bed.chunks.handle(one), bed.chunks.handle(two)]);
    const all = [...(await bed.answersTo(one)), ...(await bed.answersTo(two))].flatMap(outcomes);
    expect(all.filter((outcome) => outcome === 'created')).toHaveLength(100);
    expect(all.filter((outcome) => outcome === 'unchanged')).toHaveLength(100);
    expect(await bed.stored(of)).toHaveLength(100);
  });

  it('decides again what another writer changed between reading and locking', async () => {
    const of = await bed.rep();
    const rows = (city: string) => Array.from({ length: 40 }, (_, i) => [`r${i}`, 'x', city]);
    await bed.handle(bed.order(of, rows('start')));
    const rivals = ['A', 'B', 'C', 'D'].map((city) => bed.order(of, rows(city)));
    await Promise.all(rivals.map((one) => bed.chunks.handle(one)));
    const records = await bed.stored(of);
    const steps = await Promise.all(rivals.map(async (one) => (await bed.answersTo(one))[0]?.answers ?? []));
    for (let i = 0; i < 40; i++) {
      const changes = steps.map((answers) => answers[i]?.changes?.[0]);
      // The changes of a record make one chain from the first value to what is stored: no update was lost.
      let city: unknown = 'start';
      for (const _ of changes) city = changes.find((change) => change?.from === city)?.to;
      expect(records.map((one) => one['city'])).toContain(city);
    }
    expect(records.every(({ version }) => version === 5)).toBe(true);
  });

  it('refuses a chunk whose restore point it has no mark of, and applies it once it has', async () => {
    const of = await bed.rep();
    const foreign = await bed.rep();
    const event = bed.order(of, [['1', 'x', null]], { restorePointId: foreign.point });
    expect(await bed.handle(event)).toMatchObject({ answers: [], refusal: 'restore_point_void' });
    expect(await bed.stored(of)).toEqual([]);
    await bed.chunks.handle({ ...event, data: { ...event.data, restorePointId: of.point } });
    const answers = await bed.answersTo(event, 2);
    expect(answers[1]?.answers).toHaveLength(1);
    expect(await bed.stored(of)).toHaveLength(1);
  });

  it('keeps two companies and two reps with the same keys apart', async () => {
    const [one, two] = [await bed.rep(), await bed.rep()];
    const other = { ...one, repId: newId() };
    for (const of of [one, two, other])
      expect(outcomes(await bed.handle(bed.order(of, [['007', of.repId, null]])))).toEqual(['created']);
    for (const of of [one, two, other])
      expect(await bed.stored(of)).toMatchObject([{ externalId: '007', name1: of.repId }]);
  });

  it('names the restore point of the order that it answers, also where an earlier one was applied', async () => {
    const [before, after] = [await bed.rep(), await bed.rep()];
    const { scope } = before;
    await bed.service.app.get(Marks).follow(scope, { restorePointId: after.point, owner: 'user-admin' });
    const event = bed.order(before, [['1', 'x', null]]);
    const first = await bed.handle(event);
    expect(first.restorePointId).toBe(before.point);
    await bed.chunks.handle({ ...event, data: { ...event.data, restorePointId: after.point } });
    expect((await bed.answersTo(event, 2))[1]).toEqual({ ...first, restorePointId: after.point });
    const planned = await bed.handle(bed.order(before, [['1', 'x', null]], { dryRun: true, restorePointId: null }));
    expect(planned).not.toHaveProperty('restorePointId');
  });

  describe.each([
    ['plan', true],
    ['run', false],
  ])('in a %s, what cannot be carried out', (_, dryRun) => {
    const failed = (row: number) => ({ row, outcome: 'failed', problems: [{ code: 'unexpected_error' }] });

    it.each([
      ['an entity', { entity: 'spaceship' }],
      ['a field', { columns: [key('externalId'), overwrite('name1'), overwrite('warpFactor')] }],
    ])('fails row by row where this build does not know %s, and nothing is written', async (_what, unknown) => {
      const of = await bed.rep();
      const point = { dryRun, restorePointId: dryRun ? null : of.point };
      const rows = [
        ['1', 'a', null],
        ['2', 'b', null],
      ];
      const event = bed.order(of, rows, { ...point, ...unknown });
      const answer = await bed.handle(event);
      expect(answer.answers).toEqual([failed(2), failed(3)]);
      await bed.chunks.handle(event);
      expect((await bed.answersTo(event, 2))[1]).toEqual(answer);
      expect(await bed.stored(of)).toEqual([]);
    });

    it('is the row alone whose key no statement can hold', async () => {
      const of = await bed.rep();
      const point = { dryRun, restorePointId: dryRun ? null : of.point };
      const rows = ['1', '2', 'NUL \0', '4', '5'].map((externalId) => [externalId, 'x', null]);
      const { answers } = await bed.handle(bed.order(of, rows, point));
      expect(answers.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'failed', 'created', 'created']);
      expect(answers[2]).toEqual(failed(4));
      expect(await bed.stored(of)).toHaveLength(dryRun ? 0 : 4);
    });
  });

  describe('with a row that makes the statement fail', () => {
    const BAD = 'breaks the statement';
    let owner: pg.Client;

    beforeAll(async () => {
      owner = new pg.Client({ connectionString: bed.service.database.urls['field-data'].ownerUrl });
      await owner.connect();
      await owner.query(`alter table field_data.customer add constraint injected check (city <> '${BAD}') not valid`);
    });
    afterAll(async () => {
      await owner?.query(`alter table field_data.customer drop constraint injected`);
      await owner?.end();
    });

    it('fails that row alone, wherever it stands, whether new or changed', async () => {
      const of = await bed.rep();
      await bed.handle(
        bed.order(of, [
          ['0', 'x', 'Graz'],
          ['1', 'x', 'Graz'],
        ]),
      );
      const rows: Cell[][] = Array.from({ length: 21 }, (_, i) => [String(i), 'x', 'Wien']);
      rows[1] = ['1', 'x', BAD];
      rows[20] = ['20', 'x', BAD];
      const event = bed.order(of, rows);
      const answer = await bed.handle(event);
      const failed = answer.answers.filter(({ outcome }) => outcome === 'failed');
      expect(failed).toEqual(
        [3, 22].map((row) => ({ row, outcome: 'failed', problems: [{ code: 'unexpected_error' }] })),
      );
      expect(answer.answers.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2));
      expect(outcomes(answer).filter((outcome) => outcome === 'created')).toHaveLength(18);
      expect(outcomes(answer)[0]).toBe('updated');
      const records = await bed.stored(of);
      expect(records).toHaveLength(20);
      expect(records.find(({ externalId }) => externalId === '1')).toMatchObject({ city: 'Graz', version: 1 });
      await bed.chunks.handle(event);
      expect((await bed.answersTo(event, 2))[1]).toEqual(answer);
    });
  });

  it('come by the event log, as does the mark of user-admin, which field-data follows', async () => {
    const of = { ...(await bed.rep()), point: newId() };
    await bed.service.publish(restorePointMarked, of.scope, { restorePointId: of.point, owner: 'user-admin' });
    await vi.waitFor(() => {
      const told = bed.service.events(restorePointMarked).filter(({ data }) => data.restorePointId === of.point);
      expect(told.map(({ data }) => data.owner).sort()).toEqual(['field-data', 'user-admin']);
    }, PATIENT);
    const event = bed.order(of, [['1', 'x', null]]);
    await bed.service.publish(importChunkOrdered, of.scope, event.data);
    expect((await bed.answersTo(event)).map(outcomes)).toEqual([['created']]);
  });
});
