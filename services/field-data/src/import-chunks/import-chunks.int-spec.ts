import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  importChunkAnswered,
  importChunkOrdered,
  recordsChanged,
  restorePointMarked,
  type EventEnvelope,
  type RowOutcome,
} from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { startTestService, type TestService } from '@muster/testing';
import pg from 'pg';
import { FIELD_DATA } from '../definition.js';
import { Marks } from '../marks/marks.service.js';
import type { ChunkOrder } from './chunk-order.js';
import { ImportChunks } from './import-chunks.service.js';

type Cell = string | number | boolean | null;
type Order = EventEnvelope<ChunkOrder>;

const KEY = { field: 'externalId', behaviour: 'key', emptyCell: 'keep' } as const;
const overwrite = (field: string, emptyCell: 'keep' | 'clear' = 'keep') =>
  ({ field, behaviour: 'overwrite', emptyCell }) as const;

describe('work orders of imports', () => {
  let service: TestService;
  let chunks: ImportChunks;
  let uow: UnitOfWork;

  beforeAll(async () => {
    service = await startTestService(FIELD_DATA);
    chunks = service.app.get(ImportChunks);
    uow = service.app.get(UnitOfWork);
  });
  afterAll(() => service?.stop());

  /** A company with a restore point that field-data has marked. */
  async function company() {
    const scope: Scope = { companyId: newId(), actor: 'user:anna', cause: 'request:1' };
    const point = newId();
    await uow.run(scope, () => service.app.get(Marks).follow(scope, { restorePointId: point, owner: 'user-admin' }));
    return { scope, companyId: scope.companyId, point, repId: newId() };
  }
  type Company = Awaited<ReturnType<typeof company>>;

  function order(of: Company, rows: Cell[][], overrides: Partial<ChunkOrder> = {}): Order {
    const importId = newId();
    return {
      id: newId(),
      type: importChunkOrdered.type,
      source: 'import',
      time: '2026-11-30T08:00:00.000Z',
      subject: `${importId}/0`,
      companyId: of.companyId,
      actor: 'user:anna',
      cause: `import:${importId}`,
      data: {
        importId,
        seq: 0,
        entity: 'customer',
        dryRun: false,
        restorePointId: of.point,
        repId: of.repId,
        mode: 'upsert',
        columns: [KEY, overwrite('name1'), overwrite('city', 'clear')],
        rows: rows.map((cells, i): [number, ...Cell[]] => [i + 2, ...cells]),
        ...overrides,
      },
    };
  }

  async function handle(event: Order) {
    await chunks.handle(event);
    const [answer] = await answersTo(event);
    if (!answer) throw new Error('no answer');
    return answer;
  }

  async function answersTo({ data }: Order, count = 1) {
    return vi.waitFor(() => {
      const found = service.events(importChunkAnswered).filter((one) => one.data.importId === data.importId);
      expect(found.length).toBeGreaterThanOrEqual(count);
      return found.map((one) => one.data);
    }, 10_000);
  }

  const outcomes = (answer: { answers: { outcome: RowOutcome }[] }) => answer.answers.map(({ outcome }) => outcome);

  function stored(of: Company): Promise<Record<string, unknown>[]> {
    return uow.run(of.scope, (manager) =>
      manager.query(
        `select external_id as "externalId", name1, city, version, do_not_call as "doNotCall", deleted_at is not null as binned
         from customer where rep_id = $1 order by external_id, name1`,
        [of.repId],
      ),
    );
  }

  async function logged(of: Company): Promise<number> {
    const [row] = await uow.run(of.scope, (manager) =>
      manager.query<{ n: number }[]>(`select count(*) as n from customer_change where rep_id = $1`, [of.repId]),
    );
    return row?.n ?? 0;
  }

  it('creates, then finds nothing to do, then updates; every row has one outcome', async () => {
    const of = await company();
    const rows = [['007', 'Löwen "Ost" \\ {1}', 'Graz'], ['0010', 'Adler', null]];
    const created = await handle(order(of, rows));
    expect(outcomes(created)).toEqual(['created', 'created']);
    expect(await stored(of)).toEqual([
      { externalId: '0010', name1: 'Adler', city: null, version: 1, doNotCall: false, binned: false },
      { externalId: '007', name1: 'Löwen "Ost" \\ {1}', city: 'Graz', version: 1, doNotCall: false, binned: false },
    ]);

    const again = await handle(order(of, rows));
    expect(outcomes(again)).toEqual(['unchanged', 'unchanged']);
    expect(again.answers.map(({ recordId }) => recordId)).toEqual(created.answers.map(({ recordId }) => recordId));
    expect(await logged(of)).toBe(2);

    const mixed = await handle(order(of, [['007', 'Löwen', 'Graz'], ['0010', 'Adler', null], ['0011', 'Neu', 'Wien'], ['0012', null, 'Linz'], [null, 'x', 'y']])); // prettier-ignore
    expect(outcomes(mixed)).toEqual(['updated', 'unchanged', 'created', 'invalid', 'invalid']);
    expect(mixed.answers[0]).toEqual({
      row: 2,
      outcome: 'updated',
      recordId: created.answers[0]?.recordId,
      changes: [{ field: 'name1', from: 'Löwen "Ost" \\ {1}', to: 'Löwen' }],
    });
    expect(mixed.answers[3]?.problems).toEqual([{ code: 'required', field: 'name1' }]);
    expect(mixed.answers[4]?.problems).toEqual([{ code: 'key_empty', field: 'externalId' }]);
    expect(await logged(of)).toBe(4);
  });

  it('tells what it changed in one event per chunk, and nothing where nothing changed', async () => {
    const of = await company();
    const first = await handle(order(of, [['1', 'a', null], ['2', 'b', null]])); // prettier-ignore
    await handle(order(of, [['1', 'a', null]]));
    const second = await handle(order(of, [['1', 'A', null], ['3', 'c', null]])); // prettier-ignore
    const ids = (answer: typeof first) => answer.answers.map(({ recordId }) => recordId);
    await vi.waitFor(() => {
      const told = service.events(recordsChanged).filter(({ data }) => data.repId === of.repId);
      expect(told.map(({ data }) => [data.created, data.updated])).toEqual([
        [ids(first), []],
        [[ids(second)[1]], [ids(second)[0]]],
      ]);
    });
  });

  it('stores every type as it came', async () => {
    const of = await company();
    const columns = [KEY, overwrite('name1'), overwrite('notes'), overwrite('latitude'), overwrite('longitude'), overwrite('callInterval'), overwrite('doNotCall'), overwrite('lastCall')]; // prettier-ignore
    const values = ['007', 'NULL', 'a,b\n"c"\\ {d} 🦁 \u0001', 47.07070707070707, -0.1, 0, true, '2026-03-29T02:30:00'];
    const first = order(of, [values], { columns });
    await handle(first);
    const again = await handle(order(of, [values], { columns }));
    expect(outcomes(again)).toEqual(['unchanged']);
    const half: Cell[] = values.map((value, i) => (i === 3 ? null : value));
    const changed = await handle(order(of, [half], { columns }));
    expect(changed.answers[0]?.problems?.[0]?.code).toBe('coordinates_incomplete');
    const moved = await handle(order(of, [values.with(7, '2026-03-30T00:00:00')], { columns }));
    expect(moved.answers[0]?.changes).toEqual([
      { field: 'lastCall', from: '2026-03-29T02:30:00', to: '2026-03-30T00:00:00' },
    ]);
  });

  it('applies a chunk once that comes three times at once, and answers alike', async () => {
    const of = await company();
    const rows = Array.from({ length: 50 }, (_, i) => [`c${i}`, `Name ${i}`, null]);
    const event = order(of, rows);
    await Promise.all([event, { ...event, id: newId() }, { ...event, id: newId() }].map((one) => chunks.handle(one)));
    const answers = await answersTo(event, 3);
    expect(answers).toHaveLength(3);
    expect(outcomes(answers[0] ?? { answers: [] })).toEqual(rows.map(() => 'created'));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await stored(of)).toHaveLength(50);
    expect(await logged(of)).toBe(50);
  });

  it('has one record per key when two chunks with the same new keys run at once', async () => {
    const of = await company();
    const rows = Array.from({ length: 100 }, (_, i) => [`k${i}`, 'same', null]);
    const [one, two] = [order(of, rows), order(of, rows)];
    await Promise.all([chunks.handle(one), chunks.handle(two)]);
    const all = [...(await answersTo(one)), ...(await answersTo(two))].flatMap(outcomes);
    expect(all.filter((outcome) => outcome === 'created')).toHaveLength(100);
    expect(all.filter((outcome) => outcome === 'unchanged')).toHaveLength(100);
    expect(await stored(of)).toHaveLength(100);
  });

  it('decides again what another writer changed between reading and locking', async () => {
    const of = await company();
    const rows = (city: string) => Array.from({ length: 40 }, (_, i) => [`r${i}`, 'x', city]);
    await handle(order(of, rows('start')));
    const rivals = ['A', 'B', 'C', 'D'].map((city) => order(of, rows(city)));
    await Promise.all(rivals.map((one) => chunks.handle(one)));
    const records = await stored(of);
    const steps = await Promise.all(rivals.map(async (one) => (await answersTo(one))[0]?.answers ?? []));
    for (let i = 0; i < 40; i++) {
      const changes = steps.map((answers) => answers[i]?.changes?.[0]);
      // The changes of a record make one chain from the first value to what is stored: no update was lost.
      let city: unknown = 'start';
      for (const _ of changes) city = changes.find((change) => change?.from === city)?.to;
      expect(records.map((one) => one['city'])).toContain(city);
    }
    expect(records.every(({ version }) => version === 5)).toBe(true);
  });

  it('plans without writing, and the run then does what was planned', async () => {
    const of = await company();
    await handle(order(of, [['1', 'old', 'Graz'], ['2', 'same', null]])); // prettier-ignore
    const rows = [['1', 'new', null], ['2', 'same', null], ['3', 'fresh', null]]; // prettier-ignore
    const before = await stored(of);
    const planned = await handle(order(of, rows, { dryRun: true, restorePointId: null }));
    expect(await stored(of)).toEqual(before);
    expect(await logged(of)).toBe(2);
    const run = await handle(order(of, rows));
    expect(outcomes(planned)).toEqual(['updated', 'unchanged', 'created']);
    expect(outcomes(run)).toEqual(outcomes(planned));
    expect(run.answers[0]).toEqual(planned.answers[0]);
  });

  it('refuses a chunk whose restore point it has no mark of, and applies it once it has', async () => {
    const of = await company();
    const foreign = await company();
    const event = order(of, [['1', 'x', null]], { restorePointId: foreign.point });
    expect(await handle(event)).toMatchObject({ answers: [], refusal: 'restore_point_void' });
    expect(await stored(of)).toEqual([]);
    await chunks.handle({ ...event, data: { ...event.data, restorePointId: of.point } });
    const answers = await answersTo(event, 2);
    expect(answers[1]?.answers).toHaveLength(1);
    expect(await stored(of)).toHaveLength(1);
  });

  it('keeps two companies and two reps with the same keys apart', async () => {
    const [one, two] = [await company(), await company()];
    const other = { ...one, repId: newId() };
    for (const of of [one, two, other]) expect(outcomes(await handle(order(of, [['007', of.repId, null]])))).toEqual(['created']);
    for (const of of [one, two, other]) expect(await stored(of)).toMatchObject([{ externalId: '007', name1: of.repId }]);
  });

  it('finds records by their id, by another field, and by several', async () => {
    const of = await company();
    const made = await handle(order(of, [['1', 'Adler', 'Graz'], ['2', 'Adler', 'Wien'], ['3', 'Bär', 'Wien']])); // prettier-ignore
    const [, adlerInWien] = made.answers.map(({ recordId }) => recordId ?? '');
    const key = (field: string) => ({ field, behaviour: 'key', emptyCell: 'keep' }) as const;
    const byId = await handle(order(of, [[adlerInWien ?? '', 'Adler Wien'], [newId(), 'x'], [null, 'Neu']], { columns: [key('id'), overwrite('name1')] })); // prettier-ignore
    expect(outcomes(byId)).toEqual(['updated', 'invalid', 'created']);
    expect(byId.answers[1]?.problems).toEqual([{ code: 'unknown_id', field: 'id' }]);
    const byCity = await handle(order(of, [['Wien', 'a'], ['Graz', 'b']], { mode: 'update', columns: [key('city'), overwrite('notes')] })); // prettier-ignore
    expect(outcomes(byCity)).toEqual(['invalid', 'updated']);
    expect(byCity.answers[0]?.problems).toEqual([{ code: 'ambiguous_key', params: { count: 2 } }]);
    const byBoth = await handle(order(of, [['Adler', 'Graz', 'c'], ['Adler', 'Linz', 'd']], { mode: 'update', columns: [key('name1'), key('city'), overwrite('notes')] })); // prettier-ignore
    expect(outcomes(byBoth)).toEqual(['updated', 'ignored']);
    const otherRep = await handle(order({ ...of, repId: newId() }, [[adlerInWien ?? '', 'x']], { columns: [key('id'), overwrite('name1')] })); // prettier-ignore
    expect(outcomes(otherRep)).toEqual(['invalid']);
  });

  it('refuses an external id that another record has, found by another key', async () => {
    const of = await company();
    await handle(order(of, [['1', 'Adler', 'Graz']]));
    const columns = [{ ...KEY, field: 'name1' }, overwrite('externalId')];
    const answer = await handle(order(of, [['Bär', '1'], ['Cobra', '2'], ['Adler', '1']], { columns })); // prettier-ignore
    expect(outcomes(answer)).toEqual(['invalid', 'created', 'unchanged']);
    expect(answer.answers[0]?.problems).toEqual([{ code: 'value_taken', field: 'externalId' }]);
  });

  it('takes a record out of the recycle bin that a row means', async () => {
    const of = await company();
    await handle(order(of, [['1', 'Adler', 'Graz']]));
    await uow.run(of.scope, (manager) => manager.query(`update customer set deleted_at = now() where rep_id = $1`, [of.repId]));
    const answer = await handle(order(of, [['1', 'Adler', 'Graz'], ['2', 'Bär', null]])); // prettier-ignore
    expect(outcomes(answer)).toEqual(['updated', 'created']);
    expect(await stored(of)).toMatchObject([{ externalId: '1', binned: false }, { externalId: '2', binned: false }]); // prettier-ignore
  });

  describe('with a row that makes the statement fail', () => {
    const BAD = 'breaks the statement';
    let owner: pg.Client;

    beforeAll(async () => {
      owner = new pg.Client({ connectionString: service.database.urls['field-data'].ownerUrl });
      await owner.connect();
      await owner.query(`alter table field_data.customer add constraint injected check (city <> '${BAD}') not valid`);
    });
    afterAll(async () => {
      await owner?.query(`alter table field_data.customer drop constraint injected`);
      await owner?.end();
    });

    it('fails that row alone, wherever it stands, whether new or changed', async () => {
      const of = await company();
      await handle(order(of, [['0', 'x', 'Graz'], ['1', 'x', 'Graz']])); // prettier-ignore
      const rows: Cell[][] = Array.from({ length: 21 }, (_, i) => [String(i), 'x', 'Wien']);
      rows[1] = ['1', 'x', BAD];
      rows[20] = ['20', 'x', BAD];
      const event = order(of, rows);
      const answer = await handle(event);
      const failed = answer.answers.filter(({ outcome }) => outcome === 'failed');
      expect(failed).toEqual([3, 22].map((row) => ({ row, outcome: 'failed', problems: [{ code: 'unexpected_error' }] })));
      expect(answer.answers.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2));
      expect(outcomes(answer).filter((outcome) => outcome === 'created')).toHaveLength(18);
      expect(outcomes(answer)[0]).toBe('updated');
      const records = await stored(of);
      expect(records).toHaveLength(20);
      expect(records.find(({ externalId }) => externalId === '1')).toMatchObject({ city: 'Graz', version: 1 });
      await chunks.handle(event);
      expect((await answersTo(event, 2))[1]).toEqual(answer);
    });
  });

  it('says that it holds its mark once user-admin does', async () => {
    const { point } = await company();
    await vi.waitFor(() => {
      const told = service.events(restorePointMarked).filter(({ data }) => data.restorePointId === point);
      expect(told.map(({ data }) => data.owner)).toEqual(['field-data']);
    });
  });
});
