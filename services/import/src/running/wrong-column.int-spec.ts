import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFinished } from '@muster/contracts';
import type { AssignmentDto } from '../assignment/assignment.dto.js';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration } from '../test-support/import-service.js';
import { Assistant, CSV, refusal } from '../test-support/rep-by-rep.js';

describe('the wrong column for the rep, chosen in an assistant', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.start();
  });
  afterAll(() => assistant?.stop());

  const wrong = customersConfiguration({ userMapping: { by: 'employeeNumber', SourceFieldID: 'Name' } });
  const right = customersConfiguration();
  const ended = ({ id }: { id: string }) =>
    assistant.imports.service.events(importFinished).filter(({ data }) => data.importId === id);

  it('nobody known: the plan does not come about, says why, and the column can be chosen anew', async () => {
    const job = await assistant.imports.importFile(CSV, wrong, 'plan');
    expect(job).toMatchObject({ state: 'staged', plan: null, finishedAt: null, problem: { code: 'no_known_rep' } });
    expect(job.counters).toMatchObject({ read: 7, unprocessed: 7 });
    const { notFound } = await assistant.imports.ask<AssignmentDto>('GET', `/imports/${job.id}/assignment`);
    expect(notFound).toHaveLength(7);
    for (const command of ['plan', 'run']) {
      expect(await refusal(await assistant.post(job, command))).toEqual([422, 'no_known_rep']);
    }
    expect(await (await assistant.patch(job, '', { configuration: right })).json()).toMatchObject({ problem: null });
    await assistant.post(job, 'plan');
    await assistant.until(job, 'planned');
    expect(ended(job)).toEqual([]);
  });

  it('all who are known left out: it says so, not that the column is wrong', async () => {
    const { job, ann, ben, cid } = await assistant.begin();
    await assistant.patch(job, '/assignment', { exclude: [ann, ben, cid] });
    const refused = await assistant.imports.send('POST', `/imports/${job.id}/plan`, undefined, {
      'accept-language': 'de',
    });
    expect(await refused.json()).toMatchObject({
      code: 'no_known_rep',
      detail: 'Alle gefundenen Mitarbeiter sind ausgenommen. Nehmen Sie mindestens einen wieder auf.',
    });
    await assistant.patch(job, '/assignment', { include: [ben] });
    expect((await assistant.post(job, 'plan')).status).toBe(202);
  });

  it('says so in words that somebody in an office knows', async () => {
    const job = await assistant.imports.importFile(CSV, wrong, 'plan');
    const { problem } = (await (
      await assistant.imports.send('GET', `/imports/${job.id}`, undefined, { 'accept-language': 'de' })
    ).json()) as ImportDto;
    expect(problem?.detail).toMatch(/^Kein Wert der Mitarbeiterspalte ist die Personalnummer eines Kontos/);
  });

  it('more different values than there can be reps: a draft, with the reason', async () => {
    const rows = Array.from({ length: 5_001 }, (_, i) => `${i},Name ${i},x`);
    const job = await assistant.imports.importFile(['Id,Name,Rep', ...rows].join('\r\n'), wrong, 'stage');
    expect(job).toMatchObject({ state: 'draft', finishedAt: null, problem: { code: 'too_many_rep_values' } });
    await assistant.patch(job, '', { configuration: right });
    await assistant.post(job, 'stage');
    expect(await assistant.until(job, 'staged')).toMatchObject({ problem: null });
  });

  it('asked to run, it has failed: nobody is there to choose', async () => {
    const job = await assistant.imports.importFile(CSV, wrong, 'run');
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'no_known_rep' } });
  });
});
