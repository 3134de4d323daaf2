import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration } from '../test-support/import-service.js';
import { ANN, Assistant, BEN, CID, NONE, refusal } from '../test-support/rep-by-rep.js';

describe('Back in an import rep by rep, to', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.start();
  });
  beforeEach(() => {
    assistant.owners.decide = () => 'created';
  });
  afterAll(() => assistant?.stop());

  async function stageAgain(job: { id: string }, body: object): Promise<ImportDto> {
    const answer = await assistant.patch(job, '', body);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ state: 'draft' })]);
    await assistant.post(job, 'stage');
    return assistant.until(job, 'staged');
  }
  const sums = (counters: ImportDto['counters']) => {
    const { read: rows, ...outcomes } = counters;
    return [rows, Object.values(outcomes).reduce((sum, count) => sum + count, 0)];
  };

  it('to another configuration: it holds for the rest, and what was entered stays', async () => {
    const { job, ann, ben, cid } = await assistant.begin('plan');
    await assistant.run(job, ann);
    const excluded = await assistant.patch(job, '/assignment', { exclude: [ben] });
    expect(excluded.status).toBe(200);
    const orders = assistant.ordersOf(job).length;
    const staged = await stageAgain(job, { configuration: customersConfiguration({ mode: 'create' }) });
    expect(staged).toMatchObject({ configurationNo: 2, counters: { ...NONE, read: 7, created: 3, unprocessed: 4 } });
    await assistant.post(job, 'plan');
    expect(await assistant.until(job, 'planned')).toMatchObject({
      plan: { read: 4, created: 1, ignored: 2, invalid: 1 },
    });
    expect((await assistant.rowsOf(job)).map(({ row, outcome, configurationNo }) => [row, outcome, configurationNo])).toEqual([
        [2, 'created', 1], [3, 'ignored', 2], [4, 'created', 1], [5, 'invalid', 2], [6, 'ignored', 2], [7, 'created', 2],
        [8, 'created', 1],
      ]); // prettier-ignore
    await assistant.run(job, cid, 'completedWithErrors');
    const reps = await assistant.repsOf(job);
    expect(reps.map(({ value, configurationNo, excluded: out, counters }) => [value, configurationNo, out, counters.read])).toEqual([
        [ANN, 1, false, 3], [BEN, 2, true, 2], ['nobody@example.com', 2, false, 1], [CID, 2, false, 1],
      ]); // prettier-ignore
    const sent = assistant
      .ordersOf(job)
      .slice(orders)
      .map(({ data }) => data);
    expect(sent.map(({ mode, rows }) => [mode, rows.map(([row]) => row)])).toEqual([['create', [7]]]);
    const used = await assistant.imports.ask<{ items: object[] }>('GET', `/imports/${job.id}/configurations`);
    expect(used.items).toMatchObject([
      { no: 1, configuration: { mode: 'upsert' } },
      { no: 2, configuration: { mode: 'create' } },
    ]);
    const [successful, failed, unprocessed] = await assistant.filesOf(job);
    expect(successful?.map((line) => line.split(',').slice(0, 5).join())).toEqual([
        `0,Name 0,${ANN},2,created`, `2,Name 2,${ANN},4,created`, `5,Name 5,${CID},7,created`, `6,Name 6,${ANN},8,created`,
      ]); // prettier-ignore
    expect([failed?.length, unprocessed]).toEqual([3, []]);
  });

  it('to another file: rows of reps that are done count once, where they were written', async () => {
    const { job, ann, cid } = await assistant.begin('stage');
    await assistant.run(job, ann);
    await assistant.post(job, `reps/${cid}/skip`);
    const rest = ['1;Ben eins', '1;Ben zwei', '9;Ben drei'].map((text) => `${text};${BEN};neu`);
    const { id: uploadId } = await assistant.upload(
      ['Id;Name;Rep;Extra', `0;Ann;${ANN};x`, ...rest, `5;Cid;${CID};y`].join('\n'),
    );
    const staged = await stageAgain(job, { uploadId });
    expect(staged).toMatchObject({
      uploadId,
      counters: { ...NONE, read: 7, created: 3, ignored: 1, unprocessed: 3 },
    });
    expect(await assistant.progress(job)).toEqual(['done', 'waiting', 'skipped']);
    await assistant.post(job, 'run');
    const done = await assistant.until(job, 'completedWithErrors');
    expect(done.counters).toEqual({ ...NONE, read: 7, created: 4, ignored: 1, invalid: 2 });
    expect((await assistant.rowsOf(job)).map(({ row, outcome, configurationNo }) => [configurationNo, row, outcome])).toEqual([
        [1, 2, 'created'], [1, 4, 'created'], [1, 8, 'created'],
        [2, 3, 'invalid'], [2, 4, 'invalid'], [2, 5, 'created'], [2, 6, 'ignored'],
      ]); // prettier-ignore
    expect((await assistant.rowsOf(job))[3]?.problems[0]?.message).toMatch(/: 4\.$/);
    const [successful, failed, unprocessed] = await assistant.filesOf(job);
    expect(successful?.map((line) => line.split(',').slice(0, 6).join())).toEqual([
        `0,Name 0,${ANN},,2,created`, `2,Name 2,${ANN},,4,created`, `6,Name 6,${ANN},,8,created`, `9,Ben drei,${BEN},neu,5,created`,
      ]); // prettier-ignore
    expect([failed?.length, unprocessed]).toEqual([3, []]);
  });

  it('to another file: rows of the former one that nobody wrote are in no result, whatever their numbers', async () => {
    const { job, ben } = await assistant.begin();
    await assistant.run(job, ben);
    const { id: uploadId } = await assistant.upload(['Id;Name;Rep', `6;Ann neu;${ANN}`, `5;Cid neu;${CID}`].join('\n'));
    await assistant.patch(job, '', { uploadId });
    await assistant.post(job, 'plan');
    await assistant.until(job, 'planned');
    expect((await assistant.repsOf(job)).map(({ value, firstRow, configurationNo }) => [value, firstRow, configurationNo])).toEqual([
        [BEN, 3, 1], [ANN, 2, 2], [CID, 3, 2],
      ]); // prettier-ignore
    await assistant.post(job, 'run');
    expect((await assistant.until(job, 'completed')).counters).toEqual({ ...NONE, read: 4, created: 4 });
    const [successful, failed, unprocessed] = await assistant.filesOf(job);
    expect(successful?.map((line) => line.split(',').slice(0, 5).join())).toEqual([
        `1,Name 1,${BEN},3,created`, `4,Name 4,${BEN},6,created`, `6,Ann neu,${ANN},2,created`, `5,Cid neu,${CID},3,created`,
      ]); // prettier-ignore
    expect([failed, unprocessed]).toEqual([[], []]);
  });

  it('and closed, staged again or not, counts every row once', async () => {
    const { job, ann } = await assistant.begin('stage');
    await assistant.run(job, ann);
    await assistant.patch(job, '', { configuration: customersConfiguration({ mode: 'create' }) });
    await assistant.post(job, 'cancel');
    const closed = await assistant.read(job);
    expect(closed.counters).toEqual({ ...NONE, read: 7, created: 3, unprocessed: 4 });
    expect(sums(closed.counters)).toEqual([7, 7]);
    const [successful, failed, unprocessed] = await assistant.filesOf(job);
    expect([successful?.length, failed?.length, unprocessed?.length]).toEqual([3, 0, 4]);
    expect(await assistant.rowsOf(job)).toHaveLength(7);
  });

  it.each([
    ['another file, not staged', [], 3, 0],
    ['another file, staged', ['stage'], 4, 1],
    ['another file, then another configuration', ['stage', 'configure'], 4, 1],
  ] as const)(
    '%s, and closed: the rows of the former file that nobody wrote count no more',
    async (_title, steps, read, left) => {
      const { job, ann, cid } = await assistant.begin('stage');
      await assistant.run(job, ann);
      await assistant.post(job, `reps/${cid}/skip`);
      const { id: uploadId } = await assistant.upload(['Id;Name;Rep', `0;Ann;${ANN}`, `1;Ben;${BEN}`].join('\n'));
      await assistant.patch(job, '', { uploadId });
      for (const step of steps) {
        if (step === 'configure')
          await assistant.patch(job, '', { configuration: customersConfiguration({ mode: 'create' }) });
        else await stageAgain(job, { uploadId });
      }
      await assistant.post(job, 'cancel');
      const closed = await assistant.read(job);
      expect(closed).toMatchObject({ state: 'cancelled', counters: { ...NONE, read, created: 3, unprocessed: left } });
      expect(sums(closed.counters)).toEqual([read, read]);
      const ofReps = (await assistant.repsOf(job)).map(({ counters }) => counters.read);
      expect(ofReps.reduce((sum, one) => sum + one, 0)).toBe(read);
      expect(await assistant.rowsOf(job)).toHaveLength(read);
      const files = await assistant.filesOf(job);
      expect(files.map(({ length }) => length)).toEqual([3, 0, left]);
    },
  );

  it('another file before anything was written: what was staged of the former one counts no more', async () => {
    const { job } = await assistant.begin('stage');
    const { id: uploadId } = await assistant.upload(['Id;Name;Rep', `0;Ann;${ANN}`].join('\n'));
    await assistant.patch(job, '', { uploadId });
    expect((await assistant.read(job)).counters).toEqual({ ...NONE, read: 0 });
    await assistant.post(job, 'stage');
    expect((await assistant.until(job, 'staged')).counters).toEqual({ ...NONE, read: 1, unprocessed: 1 });
  });

  it('to what cannot be read leaves the import as it was, to be gone on with', async () => {
    const { job, ann } = await assistant.begin('stage');
    await assistant.run(job, ann);
    const wrong = customersConfiguration({
      entity: 'task',
      mappings: [
        { SourceFieldID: 'Id', TargetFieldID: 'externalId' },
        { SourceFieldID: 'Name', TargetFieldID: 'subject' },
      ],
    });
    expect(await refusal(await assistant.patch(job, '', { configuration: wrong }))).toEqual([
      409,
      'import_entity_fixed',
    ]);
    expect(await refusal(await assistant.patch(job, '', {}))).toEqual([422, 'validation_failed']);
    expect(await refusal(await assistant.patch(job, '', { uploadId: '0'.repeat(32) }))).toEqual([
      404,
      'upload_not_found',
    ]);
    expect(await assistant.read(job)).toMatchObject({ state: 'paused', counters: { created: 3 } });
    assistant.owners.decide = () => undefined;
    await assistant.post(job, 'plan');
    await assistant.until(job, 'planning');
    await assistant.post(job, 'abort');
    expect(await assistant.until(job, 'paused')).toMatchObject({
      plan: null,
      counters: { created: 3, unprocessed: 4 },
    });
    assistant.owners.decide = () => 'created';
    await assistant.post(job, 'run');
    expect((await assistant.until(job, 'completedWithErrors')).counters).toMatchObject({ created: 6, invalid: 1 });
  });
});
