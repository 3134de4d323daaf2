import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { Assistant, refusal } from '../test-support/rep-by-rep.js';
import type { ImportState } from './import-state.js';

type Begun = Awaited<ReturnType<Assistant['begin']>>;

describe('a command that names what somebody was shown', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.start();
  });
  afterAll(() => assistant?.stop());

  const etagOf = async ({ job }: Begun) =>
    (await assistant.imports.send('GET', `/imports/${job.id}`)).headers.get('etag') ?? '';
  const command = ({ job }: Begun, path: string, ifMatch: string) =>
    assistant.imports.send('POST', `/imports/${job.id}/${path}`, undefined, { 'if-match': ifMatch });
  /** Somebody else leaves a rep out and takes it in again: what was planned is void. */
  const moved = async ({ job, cid }: Begun) => {
    for (const body of [{ exclude: [cid] }, { include: [cid] }]) await assistant.patch(job, '/assignment', body);
  };

  it.each([
    ['stage', 202],
    ['plan', 202],
    ['run', 202],
    ['reps/ANN/run', 202],
    ['reps/ANN/skip', 200],
    ['cancel', 200],
  ])('%s: not of an import that has moved; of the one that was shown', async (template, status) => {
    const begun = await assistant.begin();
    const path = template.replace('ANN', begun.ann);
    const shown = await etagOf(begun);
    await moved(begun);
    const before = await assistant.read(begun.job);
    expect(await refusal(await command(begun, path, shown))).toEqual([412, 'version_conflict']);
    expect(await assistant.read(begun.job)).toEqual(before);
    expect((await command(begun, path, await etagOf(begun))).status).toBe(status);
  });

  it('a second press of the button is told so, whatever the first has done by then', async () => {
    const begun = await assistant.begin();
    const shown = await etagOf(begun);
    const presses = await Promise.all(Array.from({ length: 4 }, () => command(begun, 'run', shown)));
    expect(presses.map(({ status }) => status).sort()).toEqual([202, 412, 412, 412]);
    await assistant.until(begun.job, 'completedWithErrors');
    expect(await refusal(await command(begun, `reps/${begun.ann}/run`, shown))).toEqual([412, 'version_conflict']);
  });

  it('answers with the tag for the next command', async () => {
    const begun = await assistant.begin();
    const skipped = await command(begun, `reps/${begun.ann}/skip`, await etagOf(begun));
    const next = skipped.headers.get('etag') ?? '';
    expect(next).toBe(await etagOf(begun));
    expect((await command(begun, 'cancel', next)).status).toBe(200);
  });

  it('without a tag, or with *, takes the import as it is', async () => {
    const begun = await assistant.begin();
    await moved(begun);
    expect((await command(begun, `reps/${begun.ann}/skip`, '*')).status).toBe(200);
    expect((await assistant.post(begun.job, `reps/${begun.ben}/skip`)).status).toBe(200);
  });

  it.each([
    ['approve', 'awaitingApproval', 'completedWithErrors'],
    ['resume', 'aborted', 'paused'],
  ] satisfies [string, ImportState, ImportState][])(
    '%s: not of one that is as it was shown no more',
    async (path, state, next) => {
      const begun = await assistant.begin();
      const shown = await etagOf(begun);
      await assistant.imports.service.app.get(UnitOfWork).runAsWorker((manager) =>
        manager.query(
          `update import_job set state = $2, started_at = now(), version = version + 1, runs = 1, point_ready = false
           where id = $1`,
          [begun.job.id, state],
        ),
      );
      expect(await refusal(await command(begun, path, shown))).toEqual([412, 'version_conflict']);
      expect((await command(begun, path, await etagOf(begun))).status).toBe(202);
      await assistant.until(begun.job, next);
    },
  );
});
