import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { ChunkTestbed, key, outcomes, overwrite, type Cell } from '../testbed/chunk-testbed.js';

describe('what becomes of the rows of a work order', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  it('creates, then finds nothing to do, then updates; every row has one outcome', async () => {
    const of = await bed.rep();
    const rows = [
      ['007', 'Löwen "Ost" \\ {1}', 'Graz'],
      ['0010', 'Adler', null],
    ];
    const created = await bed.handle(bed.order(of, rows));
    expect(outcomes(created)).toEqual(['created', 'created']);
    expect(await bed.stored(of)).toEqual([
      { externalId: '0010', name1: 'Adler', city: null, version: 1, doNotCall: false, binned: false },
      { externalId: '007', name1: 'Löwen "Ost" \\ {1}', city: 'Graz', version: 1, doNotCall: false, binned: false },
    ]);

    const again = await bed.handle(bed.order(of, rows));
    expect(outcomes(again)).toEqual(['unchanged', 'unchanged']);
    expect(again.answers.map(({ recordId }) => recordId)).toEqual(created.answers.map(({ recordId }) => recordId));
    expect(await bed.logged(of)).toBe(2);

    const mixed = await bed.handle(
      bed.order(of, [
        ['007', 'Löwen', 'Graz'],
        ['0010', 'Adler', null],
        ['0011', 'Neu', 'Wien'],
        ['0012', null, 'Linz'],
        [null, 'x', 'y'],
      ]),
    );
    expect(outcomes(mixed)).toEqual(['updated', 'unchanged', 'created', 'invalid', 'invalid']);
    expect(mixed.answers[0]).toEqual({
      row: 2,
      outcome: 'updated',
      recordId: created.answers[0]?.recordId,
      changes: [{ field: 'name1', from: 'Löwen "Ost" \\ {1}', to: 'Löwen' }],
    });
    expect(mixed.answers[3]?.problems).toEqual([{ code: 'required', field: 'name1' }]);
    expect(mixed.answers[4]?.problems).toEqual([{ code: 'key_empty', field: 'externalId' }]);
    expect(await bed.logged(of)).toBe(4);
  });

  it('tells what it changed in one event per chunk, and nothing where nothing changed', async () => {
    const of = await bed.rep();
    const first = await bed.handle(
      bed.order(of, [
        ['1', 'a', null],
        ['2', 'b', null],
      ]),
    );
    await bed.handle(bed.order(of, [['1', 'a', null]]));
    const second = await bed.handle(
      bed.order(of, [
        ['1', 'A', null],
        ['3', 'c', null],
      ]),
    );
    const ids = (answer: typeof first) => answer.answers.map(({ recordId }) => recordId);
    await vi.waitFor(() => {
      const told = bed.service.events(recordsChanged).filter(({ data }) => data.repId === of.repId);
      expect(told.map(({ data }) => [data.created, data.updated])).toEqual([
        [ids(first), []],
        [[ids(second)[1]], [ids(second)[0]]],
      ]);
    }, PATIENT);
  });

  it('stores every type as it came', async () => {
    const of = await bed.rep();
    const columns = [
      key('externalId'),
      overwrite('name1'),
      overwrite('notes'),
      overwrite('latitude'),
      overwrite('longitude'),
      overwrite('callInterval'),
      overwrite('doNotCall'),
      overwrite('lastCall'),
    ];
    const values = ['007', 'NULL', 'a,b\n"c"\\ {d} 🦁 \u0001', 47.07070707070707, -0.1, 0, true, '2026-03-29T02:30:00'];
    const first = bed.order(of, [values], { columns });
    await bed.handle(first);
    const again = await bed.handle(bed.order(of, [values], { columns }));
    expect(outcomes(again)).toEqual(['unchanged']);
    const half: Cell[] = values.map((value, i) => (i === 3 ? null : value));
    const changed = await bed.handle(bed.order(of, [half], { columns }));
    expect(changed.answers[0]?.problems?.[0]?.code).toBe('coordinates_incomplete');
    const moved = await bed.handle(bed.order(of, [values.with(7, '2026-03-30T00:00:00')], { columns }));
    expect(moved.answers[0]?.changes).toEqual([
      { field: 'lastCall', from: '2026-03-29T02:30:00', to: '2026-03-30T00:00:00' },
    ]);
  });

  it('plans without writing, and the run then does what was planned', async () => {
    const of = await bed.rep();
    await bed.handle(
      bed.order(of, [
        ['1', 'old', 'Graz'],
        ['2', 'same', null],
      ]),
    );
    const rows = [
      ['1', 'new', null],
      ['2', 'same', null],
      ['3', 'fresh', null],
    ];
    const before = await bed.stored(of);
    const planned = await bed.handle(bed.order(of, rows, { dryRun: true, restorePointId: null }));
    expect(await bed.stored(of)).toEqual(before);
    expect(await bed.logged(of)).toBe(2);
    const run = await bed.handle(bed.order(of, rows));
    expect(outcomes(planned)).toEqual(['updated', 'unchanged', 'created']);
    expect(outcomes(run)).toEqual(outcomes(planned));
    expect(run.answers[0]).toEqual(planned.answers[0]);
  });

  it('finds records by their id, by another field, and by several', async () => {
    const of = await bed.rep();
    const made = await bed.handle(
      bed.order(of, [
        ['1', 'Adler', 'Graz'],
        ['2', 'Adler', 'Wien'],
        ['3', 'Bär', 'Wien'],
      ]),
    );
    const [, adlerInWien] = made.answers.map(({ recordId }) => recordId ?? '');
    const byId = await bed.handle(
      bed.order(
        of,
        [
          [adlerInWien ?? '', 'Adler Wien'],
          [newId(), 'x'],
          [null, 'Neu'],
        ],
        { columns: [key('id'), overwrite('name1')] },
      ),
    );
    expect(outcomes(byId)).toEqual(['updated', 'invalid', 'created']);
    expect(byId.answers[1]?.problems).toEqual([{ code: 'unknown_id', field: 'id' }]);
    const byCity = await bed.handle(
      bed.order(
        of,
        [
          ['Wien', 'a'],
          ['Graz', 'b'],
        ],
        { mode: 'update', columns: [key('city'), overwrite('notes')] },
      ),
    );
    expect(outcomes(byCity)).toEqual(['invalid', 'updated']);
    expect(byCity.answers[0]?.problems).toEqual([{ code: 'ambiguous_key', params: { count: 2 } }]);
    const byBoth = await bed.handle(
      bed.order(
        of,
        [
          ['Adler', 'Graz', 'c'],
          ['Adler', 'Linz', 'd'],
        ],
        { mode: 'update', columns: [key('name1'), key('city'), overwrite('notes')] },
      ),
    );
    expect(outcomes(byBoth)).toEqual(['updated', 'ignored']);
    const otherRep = await bed.handle(
      bed.order({ ...of, repId: newId() }, [[adlerInWien ?? '', 'x']], { columns: [key('id'), overwrite('name1')] }),
    );
    expect(outcomes(otherRep)).toEqual(['invalid']);
  });

  it('refuses an external id that another record has, found by another key', async () => {
    const of = await bed.rep();
    await bed.handle(bed.order(of, [['1', 'Adler', 'Graz']]));
    const columns = [key('name1'), overwrite('externalId')];
    const answer = await bed.handle(
      bed.order(
        of,
        [
          ['Bär', '1'],
          ['Cobra', '2'],
          ['Adler', '1'],
        ],
        { columns },
      ),
    );
    expect(outcomes(answer)).toEqual(['invalid', 'created', 'unchanged']);
    expect(answer.answers[0]?.problems).toEqual([{ code: 'value_taken', field: 'externalId' }]);
  });

  it('takes a record out of the recycle bin that a row means', async () => {
    const of = await bed.rep();
    await bed.handle(bed.order(of, [['1', 'Adler', 'Graz']]));
    await bed.uow.run(of.scope, (manager) =>
      manager.query(`update customer set deleted_at = now() where rep_id = $1`, [of.repId]),
    );
    const answer = await bed.handle(
      bed.order(of, [
        ['1', 'Adler', 'Graz'],
        ['2', 'Bär', null],
      ]),
    );
    expect(outcomes(answer)).toEqual(['updated', 'created']);
    expect(await bed.stored(of)).toMatchObject([
      { externalId: '1', binned: false },
      { externalId: '2', binned: false },
    ]);
  });
});
