import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  importChunkOrdered,
  importFinished,
  importPaused,
  importRestorePointRequested,
  restorePointReady,
} from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import type { ImportRepPage } from '../assignment/assignment.dto.js';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportRowPage } from '../results/row.dto.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

const NONE = { created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed: 0 };
const [ANN, BEN, CID] = ['rep01@example.com', 'rep02@example.com', 'rep03@example.com'] as const;

/** Rows 2 to 8: Ann, Ben, Ann, nobody, Ben, Cid, Ann. */
const FILE = [ANN, BEN, ANN, 'nobody@example.com', BEN, CID, ANN].map((rep, i) => `${i},Name ${i},${rep}`);
const CSV = ['Id,Name,Rep', ...FILE].join('\r\n');

describe('an import rep by rep', () => {
  let imports: ImportService;
  let owners: Owners;
  beforeAll(async () => {
    imports = await startImportService();
    owners = playOwners(imports.service);
  });
  beforeEach(() => {
    owners.decide = () => 'created';
  });
  afterAll(async () => {
    await owners?.stop();
    await imports?.stop();
  });

  const scope = () => ({ companyId: imports.companyId, actor: 'system', cause: 'request:test' });
  const post = (job: { id: string }, path: string, body?: object) =>
    imports.send('POST', `/imports/${job.id}/${path}`, body);
  const read = ({ id }: { id: string }) => imports.ask<ImportDto>('GET', `/imports/${id}`);
  const repsOf = async ({ id }: { id: string }) =>
    (await imports.ask<ImportRepPage>('GET', `/imports/${id}/reps`)).items;
  const rowsOf = async ({ id }: { id: string }, query = '') =>
    (await imports.ask<ImportRowPage>('GET', `/imports/${id}/rows?${query}`)).items;
  const progress = async (job: { id: string }) => (await repsOf(job)).map((rep) => rep.progress);
  const until = (job: { id: string }, state: string) =>
    vi.waitFor(async () => {
      const now = await read(job);
      expect(now.state).toBe(state);
      return now;
    }, { timeout: 20_000, interval: 30 }); // prettier-ignore
  const ordersOf = ({ id }: { id: string }) =>
    imports.service.events(importChunkOrdered).filter(({ data }) => data.importId === id && !data.dryRun);
  const pointsOf = ({ id }: { id: string }) =>
    imports.service.events(importRestorePointRequested).filter(({ data }) => data.importId === id);

  /** Staged or planned, and the ids of Ann, Ben and Cid. */
  async function begin(then: 'stage' | 'plan' = 'plan', options: object = {}) {
    const job = await imports.importFile(CSV, customersConfiguration({ options }), then);
    const idOf = new Map((await repsOf(job)).map(({ value, userId }) => [value, userId ?? '']));
    return { job, ann: idOf.get(ANN) ?? '', ben: idOf.get(BEN) ?? '', cid: idOf.get(CID) ?? '' };
  }
  async function run(job: { id: string }, userId: string, state = 'paused') {
    expect((await post(job, `reps/${userId}/run`)).status).toBe(202);
    return until(job, state);
  }
  const refusal = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

  it('writes one, pauses, skips one, and writes all that are left', async () => {
    const { job, ann, ben } = await begin();
    expect(await progress(job)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    const paused = await run(job, ann);
    expect(paused).toMatchObject({ counters: { ...NONE, read: 7, created: 3, unprocessed: 4 }, problem: null });
    expect(paused.reps).toMatchObject({ waiting: 2, done: 1, skipped: 0 });
    expect(await progress(job)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
    // What is done shows what was done, the others what the plan foresees.
    expect((await rowsOf(job)).map(({ outcome }) => outcome)).toEqual(
      ['created', 'created', 'created', 'invalid', 'created', 'created', 'created'],
    ); // prettier-ignore

    expect((await post(job, `reps/${ben}/skip`)).status).toBe(200);
    expect((await read(job)).counters).toEqual({ ...NONE, read: 7, created: 3, ignored: 2, unprocessed: 2 });
    expect(await rowsOf(job, `rep=${ben}`)).toMatchObject([
      { row: 3, outcome: 'ignored', problems: [{ code: 'rep_skipped' }] },
      { row: 6, outcome: 'ignored', problems: [{ code: 'rep_skipped' }] },
    ]);

    expect((await post(job, 'run')).status).toBe(202);
    const done = await until(job, 'completedWithErrors');
    expect(done.counters).toEqual({ ...NONE, read: 7, created: 4, ignored: 2, invalid: 1 });
    const reps = await repsOf(job);
    expect(reps.map(({ counters }) => counters.read)).toEqual([3, 2, 1, 1]);
    expect(reps.map((rep) => rep.progress)).toEqual(['done', 'skipped', 'done', 'done']);
  }); // prettier-ignore

  it('lets another import of the same kind run while it pauses, and closes its point meanwhile', async () => {
    const { job, ann } = await begin('stage');
    const { restorePointId } = await run(job, ann);
    const paused = imports.service.events(importPaused).filter(({ data }) => data.importId === job.id);
    expect(paused.map(({ data }) => data)).toMatchObject([{ restorePointId, counters: { created: 3 } }]);
    const other = await begin('stage');
    owners.decide = (_row, { importId }) => (importId === other.job.id ? undefined : 'created');
    await post(other.job, 'run');
    await until(other.job, 'running');
    expect(await refusal(await post(job, 'run'))).toEqual([409, 'import_running']);
    owners.decide = () => 'created';
    await until(other.job, 'completedWithErrors');

    // Within the hour the same point serves again, after it another one does.
    await post(job, 'run', { reps: [(await repsOf(job))[1]?.userId] });
    await until(job, 'paused');
    const aged = imports.service.app.get(UnitOfWork).runAsWorker((manager) =>
      manager.query(`update import_job set run_point_at = now() - interval '61 minutes' where id = $1`, [job.id]),
    ); // prettier-ignore
    await aged;
    await post(job, 'run');
    expect(await until(job, 'completedWithErrors')).toMatchObject({ restorePointId });
    const points = pointsOf(job).map(({ data }) => [data.run, data.restorePointId === restorePointId]);
    expect(points).toEqual([[1, true], [2, true], [3, false]]);
  }); // prettier-ignore

  it('does not write before the point is open again, though it was ready for the run before', async () => {
    const { job, ann, ben } = await begin('stage');
    const { restorePointId } = await run(job, ann);
    const point = restorePointId ?? '';
    await owners.stop();
    await post(job, `reps/${ben}/run`);
    const asWorker = <T>(sql: string, ...values: unknown[]) =>
      imports.service.app.get(UnitOfWork).runAsWorker((manager) => manager.query<T[]>(sql, values));
    const seen = async () => (await asWorker<{ n: string }>('select count(*) as n from inbox'))[0]?.n;
    const before = await seen();
    await imports.service.publish(restorePointReady, scope(), { restorePointId: point, importId: job.id, run: 1 });
    await expect.poll(seen, { timeout: 10_000 }).not.toBe(before);
    expect(await asWorker('select point_ready from import_job where id = $1', job.id)).toEqual([
      { point_ready: false },
    ]);
    owners = playOwners(imports.service);
    await until(job, 'paused');
  });

  it('ends when the last one is skipped, without a point where nothing was written', async () => {
    const { job, ann, ben, cid } = await begin('plan');
    for (const rep of [ann, ben]) expect((await post(job, `reps/${rep}/skip`)).status).toBe(200);
    expect(await read(job)).toMatchObject({ state: 'planned', counters: { ignored: 5, unprocessed: 2 } });
    expect(await refusal(await post(job, `reps/${ann}/skip`))).toEqual([409, 'rep_not_waiting']);
    const ended = await (await post(job, `reps/${cid}/skip`)).json();
    expect(ended).toMatchObject({
      ...{ state: 'completedWithErrors', restorePointId: null },
      counters: { ...NONE, read: 7, ignored: 6, invalid: 1 },
    });
    expect((await rowsOf(job)).map(({ outcome }) => outcome)).toEqual(
      ['ignored', 'ignored', 'ignored', 'invalid', 'ignored', 'ignored', 'ignored'],
    ); // prettier-ignore
  });

  it('closes: what is left is unprocessed, what was done stays', async () => {
    const { job, ann, ben } = await begin('plan');
    await run(job, ann);
    await post(job, `reps/${ben}/skip`);
    await post(job, 'cancel');
    const closed = await read(job);
    expect(closed).toMatchObject({
      ...{ state: 'cancelled', counters: { ...NONE, read: 7, created: 3, ignored: 2, unprocessed: 2 } },
    });
    expect((await rowsOf(job, 'outcome=unprocessed')).map(({ row }) => row)).toEqual([5, 7]);
    const finished = imports.service.events(importFinished).filter(({ data }) => data.importId === job.id);
    expect(finished.map(({ data }) => data.counters)).toEqual([closed.counters]);
    expect(closed.links).not.toHaveProperty('run');
  });

  it('is aborted while a rep runs, and resumed with that rep, before the others have their turn', async () => {
    const { job, ann } = await begin('stage', { maxErrors: 0 });
    owners.decide = () => undefined;
    await post(job, `reps/${ann}/run`);
    await vi.waitFor(() => expect(ordersOf(job)).toHaveLength(1), 10_000);
    await post(job, 'abort');
    owners.decide = (row) => (row === 4 ? 'failed' : 'created');
    const aborted = await until(job, 'aborted');
    expect(aborted.counters).toMatchObject({ created: 2, failed: 1, unprocessed: 4 });
    owners.decide = () => 'created';
    await post(job, 'resume');
    expect((await until(job, 'paused')).counters).toMatchObject({ created: 2, failed: 1, unprocessed: 4 });
    expect(await progress(job)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
  });

  it('all or nothing is decided by the plan of all, before the first is written', async () => {
    const { job, ann, cid } = await begin('stage', { errorPolicy: 'allOrNothing', unknownReps: 'ignore' });
    owners.decide = (row, { dryRun }) => (dryRun && row === 7 ? 'invalid' : 'created');
    await post(job, `reps/${ann}/run`);
    expect(await until(job, 'failed')).toMatchObject({ problem: { code: 'rows_invalid' }, startedAt: null });

    const next = await begin('plan', { errorPolicy: 'allOrNothing', unknownReps: 'ignore' });
    // Whoever is skipped is no reason any more.
    expect((await post(next.job, `reps/${cid}/skip`)).status).toBe(200);
    await run(next.job, ann);
    expect((await read(next.job)).counters).toMatchObject({ created: 3, ignored: 1, unprocessed: 3 });
  });

  describe('Back', () => {
    const change = (job: { id: string }, body: object) =>
      imports.send('PATCH', `/imports/${job.id}`, body, { 'if-match': '*' });
    async function stageAgain(job: { id: string }, body: object): Promise<ImportDto> {
      const answer = await change(job, body);
      expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ state: 'draft' })]);
      await post(job, 'stage');
      return until(job, 'staged');
    }
    async function filesOf({ id }: { id: string }) {
      const texts = ['successful', 'failed', 'unprocessed'].map(async (outcome) => {
        const file = await imports.send('GET', `/imports/${id}/results?outcome=${outcome}&language=en`);
        return (await file.text()).trimEnd().split('\r\n').slice(1);
      });
      return Promise.all(texts);
    }
    const upload = async (text: string) => {
      const form = new FormData();
      form.set('file', new Blob([text]), 'corrected.csv');
      return imports.ask<{ id: string }>('POST', '/uploads', form);
    };
    const sums = (counters: ImportDto['counters']) => {
      const { read: rows, ...outcomes } = counters;
      return [rows, Object.values(outcomes).reduce((sum, count) => sum + count, 0)];
    };

    it('to another configuration: it holds for the rest, and what was entered stays', async () => {
      const { job, ann, ben, cid } = await begin('plan');
      await run(job, ann);
      const excluded = await imports.send(
        'PATCH',
        `/imports/${job.id}/assignment`,
        { exclude: [ben] },
        { 'if-match': '*' },
      );
      expect(excluded.status).toBe(200);
      const orders = ordersOf(job).length;
      const staged = await stageAgain(job, { configuration: customersConfiguration({ mode: 'create' }) });
      expect(staged).toMatchObject({ configurationNo: 2, counters: { ...NONE, read: 7, created: 3, unprocessed: 4 } });
      await post(job, 'plan');
      expect(await until(job, 'planned')).toMatchObject({ plan: { read: 4, created: 1, ignored: 2, invalid: 1 } });
      expect((await rowsOf(job)).map(({ row, outcome, configurationNo }) => [row, outcome, configurationNo])).toEqual([
        [2, 'created', 1], [3, 'ignored', 2], [4, 'created', 1], [5, 'invalid', 2], [6, 'ignored', 2], [7, 'created', 2],
        [8, 'created', 1],
      ]); // prettier-ignore
      await run(job, cid, 'completedWithErrors');
      const reps = await repsOf(job);
      expect(reps.map(({ value, configurationNo, excluded: out, counters }) => [value, configurationNo, out, counters.read])).toEqual([
        [ANN, 1, false, 3], [BEN, 2, true, 2], ['nobody@example.com', 2, false, 1], [CID, 2, false, 1],
      ]); // prettier-ignore
      const sent = ordersOf(job)
        .slice(orders)
        .map(({ data }) => data);
      expect(sent.map(({ mode, rows }) => [mode, rows.map(([row]) => row)])).toEqual([['create', [7]]]);
      const used = await imports.ask<{ items: object[] }>('GET', `/imports/${job.id}/configurations`);
      expect(used.items).toMatchObject([
        { no: 1, configuration: { mode: 'upsert' } },
        { no: 2, configuration: { mode: 'create' } },
      ]);
      const [successful, failed, unprocessed] = await filesOf(job);
      expect(successful?.map((line) => line.split(',').slice(0, 5).join())).toEqual([
        `0,Name 0,${ANN},2,created`, `2,Name 2,${ANN},4,created`, `5,Name 5,${CID},7,created`, `6,Name 6,${ANN},8,created`,
      ]); // prettier-ignore
      expect([failed?.length, unprocessed]).toEqual([3, []]);
    });

    it('to another file: rows of reps that are done count once, where they were written', async () => {
      const { job, ann, cid } = await begin('stage');
      await run(job, ann);
      await post(job, `reps/${cid}/skip`);
      const rest = ['1;Ben eins', '1;Ben zwei', '9;Ben drei'].map((text) => `${text};${BEN};neu`);
      const { id: uploadId } = await upload(
        ['Id;Name;Rep;Extra', `0;Ann;${ANN};x`, ...rest, `5;Cid;${CID};y`].join('\n'),
      );
      const staged = await stageAgain(job, { uploadId });
      expect(staged).toMatchObject({
        uploadId,
        counters: { ...NONE, read: 7, created: 3, ignored: 1, unprocessed: 3 },
      });
      expect(await progress(job)).toEqual(['done', 'waiting', 'skipped']);
      await post(job, 'run');
      const done = await until(job, 'completedWithErrors');
      expect(done.counters).toEqual({ ...NONE, read: 7, created: 4, ignored: 1, invalid: 2 });
      expect((await rowsOf(job)).map(({ row, outcome, configurationNo }) => [configurationNo, row, outcome])).toEqual([
        [1, 2, 'created'], [1, 4, 'created'], [1, 8, 'created'],
        [2, 3, 'invalid'], [2, 4, 'invalid'], [2, 5, 'created'], [2, 6, 'ignored'],
      ]); // prettier-ignore
      expect((await rowsOf(job))[3]?.problems[0]?.message).toMatch(/: 4\.$/);
      const [successful, failed, unprocessed] = await filesOf(job);
      expect(successful?.map((line) => line.split(',').slice(0, 6).join())).toEqual([
        `0,Name 0,${ANN},,2,created`, `2,Name 2,${ANN},,4,created`, `6,Name 6,${ANN},,8,created`, `9,Ben drei,${BEN},neu,5,created`,
      ]); // prettier-ignore
      expect([failed?.length, unprocessed]).toEqual([3, []]);
    });

    it('and closed, staged again or not, counts every row once', async () => {
      const { job, ann } = await begin('stage');
      await run(job, ann);
      await change(job, { configuration: customersConfiguration({ mode: 'create' }) });
      await post(job, 'cancel');
      const closed = await read(job);
      expect(closed.counters).toEqual({ ...NONE, read: 7, created: 3, unprocessed: 4 });
      expect(sums(closed.counters)).toEqual([7, 7]);
      const [successful, failed, unprocessed] = await filesOf(job);
      expect([successful?.length, failed?.length, unprocessed?.length]).toEqual([3, 0, 4]);
    });

    it('to what cannot be read leaves the import as it was, to be gone on with', async () => {
      const { job, ann } = await begin('stage');
      await run(job, ann);
      const wrong = customersConfiguration({
        entity: 'task',
        mappings: [
          { SourceFieldID: 'Id', TargetFieldID: 'externalId' },
          { SourceFieldID: 'Name', TargetFieldID: 'subject' },
        ],
      });
      expect(await refusal(await change(job, { configuration: wrong }))).toEqual([409, 'import_entity_fixed']);
      expect(await refusal(await change(job, {}))).toEqual([422, 'validation_failed']);
      expect(await refusal(await change(job, { uploadId: '0'.repeat(32) }))).toEqual([404, 'upload_not_found']);
      expect(await read(job)).toMatchObject({ state: 'paused', counters: { created: 3 } });
      owners.decide = () => undefined;
      await post(job, 'plan');
      await until(job, 'planning');
      await post(job, 'abort');
      expect(await until(job, 'paused')).toMatchObject({ plan: null, counters: { created: 3, unprocessed: 4 } });
      owners.decide = () => 'created';
      await post(job, 'run');
      expect((await until(job, 'completedWithErrors')).counters).toMatchObject({ created: 6, invalid: 1 });
    });
  });

  it('refuses whom it does not have, and what it does not know', async () => {
    const { job, ann, ben } = await begin('stage');
    const nobody = '0'.repeat(32);
    expect(await refusal(await post(job, `reps/${nobody}/run`))).toEqual([404, 'import_rep_not_found']);
    expect(await refusal(await post(job, `reps/x/skip`))).toEqual([404, 'import_rep_not_found']);
    expect(await refusal(await post({ id: nobody }, `reps/${ann}/skip`))).toEqual([404, 'import_not_found']);
    expect(await refusal(await post(job, 'run', { reps: [ann, nobody] }))).toEqual([422, 'unknown_rep_in_request']);
    expect((await post(job, 'run', { reps: [] })).status).toBe(422);
    await run(job, ann);
    expect(await refusal(await post(job, `reps/${ann}/run`))).toEqual([409, 'rep_not_waiting']);
    const exclude = (rep: string) =>
      imports.send('PATCH', `/imports/${job.id}/assignment`, { exclude: [rep] }, { 'if-match': '*' });
    expect(await refusal(await exclude(ann))).toEqual([409, 'rep_not_waiting']);
    expect((await exclude(ben)).status).toBe(200);
    expect(await refusal(await post(job, `reps/${ben}/skip`))).toEqual([409, 'rep_not_waiting']);
    expect(await read(job)).toMatchObject({ state: 'staged', counters: { created: 3, unprocessed: 4 } });
  });
});
