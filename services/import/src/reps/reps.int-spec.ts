import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importFinished, importPaused, importRestorePointRequested, restorePointReady } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { Retention } from '../retention/retention.js';
import { playOwners } from '../test-support/owners.js';
import { Assistant, CSV, NONE, refusal } from '../test-support/rep-by-rep.js';

describe('an import rep by rep', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.start();
  });
  beforeEach(() => {
    assistant.owners.decide = () => 'created';
  });
  afterAll(() => assistant?.stop());

  const scope = () => ({ companyId: assistant.imports.companyId, actor: 'system', cause: 'request:test' });
  const pointsOf = ({ id }: { id: string }) =>
    assistant.imports.service.events(importRestorePointRequested).filter(({ data }) => data.importId === id);

  it('writes one, pauses, skips one, and writes all that are left', async () => {
    const { job, ann, ben } = await assistant.begin();
    expect(await assistant.progress(job)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    const paused = await assistant.run(job, ann);
    expect(paused).toMatchObject({ counters: { ...NONE, read: 7, created: 3, unprocessed: 4 }, problem: null });
    expect(paused.reps).toMatchObject({ waiting: 2, done: 1, skipped: 0 });
    expect(await assistant.progress(job)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
    // What is done shows what was done, the others what the plan foresees.
    expect((await assistant.rowsOf(job)).map(({ outcome }) => outcome)).toEqual(
      ['created', 'created', 'created', 'invalid', 'created', 'created', 'created'],
    ); // prettier-ignore

    expect((await assistant.post(job, `reps/${ben}/skip`)).status).toBe(200);
    expect((await assistant.read(job)).counters).toEqual({ ...NONE, read: 7, created: 3, ignored: 2, unprocessed: 2 });
    expect(await assistant.rowsOf(job, `rep=${ben}`)).toMatchObject([
      { row: 3, outcome: 'ignored', problems: [{ code: 'rep_skipped' }] },
      { row: 6, outcome: 'ignored', problems: [{ code: 'rep_skipped' }] },
    ]);

    expect((await assistant.post(job, 'run')).status).toBe(202);
    const done = await assistant.until(job, 'completedWithErrors');
    expect(done.counters).toEqual({ ...NONE, read: 7, created: 4, ignored: 2, invalid: 1 });
    const reps = await assistant.repsOf(job);
    expect(reps.map(({ counters }) => counters.read)).toEqual([3, 2, 1, 1]);
    expect(reps.map((rep) => rep.progress)).toEqual(['done', 'skipped', 'done', 'done']);
  }); // prettier-ignore

  it('lets another import of the same kind run while it pauses, and closes its point meanwhile', async () => {
    const { job, ann } = await assistant.begin('stage');
    const { restorePointId } = await assistant.run(job, ann);
    await vi.waitFor(() => {
      const paused = assistant.imports.service.events(importPaused).filter(({ data }) => data.importId === job.id);
      expect(paused.map(({ data }) => data)).toMatchObject([{ restorePointId, counters: { created: 3 } }]);
    }, PATIENT);
    const other = await assistant.begin('stage');
    assistant.owners.decide = (_row, { importId }) => (importId === other.job.id ? undefined : 'created');
    await assistant.post(other.job, 'run');
    await assistant.until(other.job, 'running');
    expect(await refusal(await assistant.post(job, 'run'))).toEqual([409, 'import_running']);
    assistant.owners.decide = () => 'created';
    await assistant.until(other.job, 'completedWithErrors');

    // Within the hour the same point serves again, after it another one does.
    await assistant.post(job, 'run', { reps: [(await assistant.repsOf(job))[1]?.userId] });
    await assistant.until(job, 'paused');
    const aged = assistant.imports.service.app.get(UnitOfWork).runAsWorker((manager) =>
      manager.query(`update import_job set run_point_at = now() - interval '61 minutes' where id = $1`, [job.id]),
    ); // prettier-ignore
    await aged;
    await assistant.post(job, 'run');
    expect(await assistant.until(job, 'completedWithErrors')).toMatchObject({ restorePointId });
    const points = pointsOf(job).map(({ data }) => [data.run, data.restorePointId === restorePointId]);
    expect(points).toEqual([[1, true], [2, true], [3, false]]);
  }); // prettier-ignore

  it('does not write before the point is open again, though it was ready for the run before', async () => {
    const { job, ann, ben } = await assistant.begin('stage');
    const { restorePointId } = await assistant.run(job, ann);
    const point = restorePointId ?? '';
    await assistant.owners.stop();
    await assistant.post(job, `reps/${ben}/run`);
    const asWorker = <T>(sql: string, ...values: unknown[]) =>
      assistant.imports.service.app.get(UnitOfWork).runAsWorker((manager) => manager.query<T[]>(sql, values));
    const seen = async () => (await asWorker<{ n: string }>('select count(*) as n from inbox'))[0]?.n;
    const before = await seen();
    await assistant.imports.service.publish(restorePointReady, scope(), {
      restorePointId: point,
      importId: job.id,
      run: 1,
    });
    await expect.poll(seen).not.toBe(before);
    expect(await asWorker('select point_ready from import_job where id = $1', job.id)).toEqual([
      { point_ready: false },
    ]);
    assistant.owners = await playOwners(assistant.imports.service);
    await assistant.until(job, 'paused');
  });

  it('ends when the last one is skipped, without a point where nothing was written', async () => {
    const { job, ann, ben, cid } = await assistant.begin('plan');
    for (const rep of [ann, ben]) expect((await assistant.post(job, `reps/${rep}/skip`)).status).toBe(200);
    expect(await assistant.read(job)).toMatchObject({ state: 'planned', counters: { ignored: 5, unprocessed: 2 } });
    expect(await refusal(await assistant.post(job, `reps/${ann}/skip`))).toEqual([409, 'rep_not_waiting']);
    const ended = await (await assistant.post(job, `reps/${cid}/skip`)).json();
    expect(ended).toMatchObject({
      ...{ state: 'completedWithErrors', restorePointId: null },
      counters: { ...NONE, read: 7, ignored: 6, invalid: 1 },
    });
    expect((await assistant.rowsOf(job)).map(({ outcome }) => outcome)).toEqual(
      ['ignored', 'ignored', 'ignored', 'invalid', 'ignored', 'ignored', 'ignored'],
    ); // prettier-ignore
  });

  it('closes: what is left is unprocessed, what was done stays', async () => {
    const { job, ann, ben } = await assistant.begin('plan');
    await assistant.run(job, ann);
    await assistant.post(job, `reps/${ben}/skip`);
    await assistant.post(job, 'cancel');
    const closed = await assistant.read(job);
    expect(closed).toMatchObject({
      ...{ state: 'cancelled', counters: { ...NONE, read: 7, created: 3, ignored: 2, unprocessed: 2 } },
    });
    expect((await assistant.rowsOf(job, 'outcome=unprocessed')).map(({ row }) => row)).toEqual([5, 7]);
    await vi.waitFor(() => {
      const finished = assistant.imports.service.events(importFinished).filter(({ data }) => data.importId === job.id);
      expect([closed.counters]).toMatchObject(finished.map(({ data }) => data.counters));
      expect(finished).toHaveLength(1);
    }, PATIENT);
    expect(closed.links).not.toHaveProperty('run');
  });

  it('is closed after a week of nobody going on, with what was done, and keeps each of its files', async () => {
    const clean = (days: number) =>
      assistant.imports.service.app.get(Retention).clean(new Date(Date.now() + days * 24 * 60 * 60_000));
    const { job, ann } = await assistant.begin('plan');
    await assistant.run(job, ann);
    const { id: uploadId } = await assistant.upload(CSV);
    expect((await assistant.patch(job, '', { uploadId })).status).toBe(200);
    await assistant.post(job, 'stage');
    await assistant.until(job, 'staged');
    await clean(6);
    expect((await assistant.read(job)).state).toBe('staged');
    await clean(8);
    const closed = await assistant.read(job);
    expect(closed).toMatchObject({ state: 'cancelled', counters: { ...NONE, read: 7, created: 3, unprocessed: 4 } });
    const preview = async (id: string) => (await assistant.imports.send('GET', `/uploads/${id}/preview`)).status;
    await clean(29);
    expect([await preview(job.uploadId), await preview(uploadId)]).toEqual([200, 200]);
    await clean(39);
    expect([await preview(job.uploadId), await preview(uploadId)]).toEqual([410, 410]);
    expect(await assistant.read(job)).toMatchObject({ counters: closed.counters });
  });

  it('is aborted while a rep runs, and resumed with that rep, before the others have their turn', async () => {
    const { job, ann } = await assistant.begin('stage', { maxErrors: 0 });
    assistant.owners.decide = () => undefined;
    await assistant.post(job, `reps/${ann}/run`);
    await vi.waitFor(() => expect(assistant.ordersOf(job)).toHaveLength(1), PATIENT);
    await assistant.post(job, 'abort');
    assistant.owners.decide = (row) => (row === 4 ? 'failed' : 'created');
    const aborted = await assistant.until(job, 'aborted');
    expect(aborted.counters).toMatchObject({ created: 2, failed: 1, unprocessed: 4 });
    assistant.owners.decide = () => 'created';
    await assistant.post(job, 'resume');
    expect((await assistant.until(job, 'paused')).counters).toMatchObject({ created: 2, failed: 1, unprocessed: 4 });
    expect(await assistant.progress(job)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
  });

  it('all or nothing is decided by the plan of all, before the first is written', async () => {
    const { job, ann, cid } = await assistant.begin('stage', { errorPolicy: 'allOrNothing', unknownReps: 'ignore' });
    assistant.owners.decide = (row, { dryRun }) => (dryRun && row === 7 ? 'invalid' : 'created');
    await assistant.post(job, `reps/${ann}/run`);
    expect(await assistant.until(job, 'failed')).toMatchObject({ problem: { code: 'rows_invalid' }, startedAt: null });

    const next = await assistant.begin('plan', { errorPolicy: 'allOrNothing', unknownReps: 'ignore' });
    const third = await assistant.begin('stage', { errorPolicy: 'allOrNothing', unknownReps: 'ignore' });
    await assistant.post(third.job, `reps/${third.ben}/skip`);
    await assistant.post(third.job, 'run');
    const refused = await assistant.until(third.job, 'failed');
    expect(refused.counters).toEqual({ ...NONE, read: 7, ignored: 3, invalid: 1, unprocessed: 3 });
    const ofReps = (await assistant.repsOf(third.job)).map(({ counters }) => counters.unprocessed);
    expect(ofReps).toEqual([3, 0, 0, 0]);

    // Whoever is skipped is no reason any more.
    expect((await assistant.post(next.job, `reps/${cid}/skip`)).status).toBe(200);
    await assistant.run(next.job, ann);
    expect((await assistant.read(next.job)).counters).toMatchObject({ created: 3, ignored: 1, unprocessed: 3 });
  });

  it('refuses whom it does not have, and what it does not know', async () => {
    const { job, ann, ben } = await assistant.begin('stage');
    const nobody = '0'.repeat(32);
    expect(await refusal(await assistant.post(job, `reps/${nobody}/run`))).toEqual([404, 'import_rep_not_found']);
    expect(await refusal(await assistant.post(job, `reps/x/skip`))).toEqual([404, 'import_rep_not_found']);
    expect(await refusal(await assistant.post({ id: nobody }, `reps/${ann}/skip`))).toEqual([404, 'import_not_found']);
    expect(await refusal(await assistant.post(job, 'run', { reps: [ann, nobody] }))).toEqual([
      422,
      'unknown_rep_in_request',
    ]);
    expect((await assistant.post(job, 'run', { reps: [] })).status).toBe(422);
    await assistant.run(job, ann);
    expect(await refusal(await assistant.post(job, `reps/${ann}/run`))).toEqual([409, 'rep_not_waiting']);
    const exclude = (rep: string) => assistant.patch(job, '/assignment', { exclude: [rep] });
    expect(await refusal(await exclude(ann))).toEqual([409, 'rep_not_waiting']);
    expect((await exclude(ben)).status).toBe(200);
    expect(await refusal(await assistant.post(job, `reps/${ben}/skip`))).toEqual([409, 'rep_not_waiting']);
    expect(await assistant.read(job)).toMatchObject({ state: 'staged', counters: { created: 3, unprocessed: 4 } });
  });
});
