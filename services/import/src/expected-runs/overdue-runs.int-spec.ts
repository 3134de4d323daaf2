import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importOverdue } from '@muster/contracts';
import type { SavedConfigurationDto } from '../configurations/saved-configuration.dto.js';
import type { ImportDto } from '../imports/import.dto.js';
import { playAccountOwner, type AccountOwner } from '../test-support/account-owner.js';
import { startImportService, type ImportService } from '../test-support/import-service.js';
import { nextDeadline, WEEKDAYS } from './deadlines.js';
import { OverdueRuns } from './overdue-runs.js';

const DAY_MS = 24 * 60 * 60_000;
const ZONE = 'Europe/Vienna';

describe('a run that is expected', () => {
  let imports: ImportService;
  let owner: AccountOwner;

  beforeAll(async () => {
    imports = await startImportService();
    owner = await playAccountOwner(imports.service);
  });
  afterAll(async () => {
    await owner?.stop();
    await imports?.stop();
  });

  const inHours = (hours: number) =>
    new Intl.DateTimeFormat('de-AT', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(
      Date.now() + hours * 60 * 60_000,
    );
  const expectedBy = { localTime: inHours(2), weekdays: WEEKDAYS, withinHours: 12 };
  const deadline = nextDeadline(new Date(), expectedBy, ZONE);
  const configuration = {
    ...{ formatVersion: 1, entity: 'user', mode: 'upsert' },
    mappings: [{ SourceFieldID: 'Email', TargetFieldID: 'email', UpdateBehavior: 2 }],
  };
  const PATH = '/import-configurations';
  let names = 0;
  const save = (more: object = { expectedBy: { localTime: expectedBy.localTime } }) =>
    imports.ask<SavedConfigurationDto>('POST', PATH, { name: `nightly ${++names}`, configuration, ...more });
  const read = ({ id }: { id: string }) => imports.ask<SavedConfigurationDto>('GET', `${PATH}/${id}`);
  const look = (at: Date) => imports.service.app.get(OverdueRuns, { strict: false }).look(at);
  const later = (ms: number) => new Date(deadline.getTime() + ms);
  const told = ({ id }: { id: string }) =>
    imports.service.events(importOverdue).filter(({ data }) => data.configurationId === id);
  const runOf = async ({ id }: { id: string }, state: string) => {
    const form = new FormData();
    form.set('file', new Blob([`Email\nof${++names}@example.com\n`]), 'users.csv');
    form.set('configurationId', id);
    const job = await imports.ask<ImportDto>('POST', '/imports', form);
    return vi.waitUntil(async () => {
      const seen = await imports.ask<ImportDto>('GET', `/imports/${job.id}`);
      return seen.state === state && seen;
    }, PATIENT);
  };

  it('is missed once a day when none comes, whoever looks, and how often', async () => {
    const saved = await save();
    expect(saved).toMatchObject({ expectedBy, nextExpected: deadline.toISOString(), missed: null, lastRun: null });
    await look(later(-1));
    expect(told(saved)).toEqual([]);
    await Promise.all([look(later(0)), look(later(0)), look(later(0))]);
    await look(later(60 * 60_000));
    await vi.waitUntil(() => told(saved).length > 0, PATIENT);
    expect((await read(saved)).missed).toBe(deadline.toISOString());
    await look(later(DAY_MS + 60 * 60_000));
    await vi.waitUntil(() => told(saved).length > 1, PATIENT);
    const data = { name: saved.name, entity: 'user', reason: 'none', importId: null };
    expect(told(saved).map((event) => event.data)).toMatchObject([
      { ...data, expectedAt: deadline.toISOString() },
      { ...data, expectedAt: nextDeadline(deadline, expectedBy, ZONE).toISOString() },
    ]);
  });

  it('is not missed when one came to its end in time, and that of another does not count', async () => {
    const [saved, other] = [await save(), await save()];
    const job = await runOf(saved, 'completed');
    await look(later(0));
    await vi.waitUntil(() => told(other).length > 0, PATIENT);
    expect(told(saved)).toEqual([]);
    expect(await read(saved)).toMatchObject({ missed: null, lastRun: { importId: job.id, state: 'completed' } });
  });

  it('is missed when it failed, or waits; the event says so', async () => {
    const [failed, waiting] = [await save(), await save()];
    const form = new FormData();
    form.set('file', new Blob([`Email\ncancelled@example.com\n`]), 'users.csv');
    const { id: uploadId } = await imports.ask<{ id: string }>('POST', '/uploads', form);
    const draft = await imports.ask<ImportDto>('POST', '/imports', {
      uploadId,
      configurationId: failed.id,
      then: 'stage',
    });
    await vi.waitUntil(
      async () => (await imports.ask<ImportDto>('GET', `/imports/${draft.id}`)).state === 'staged',
      PATIENT,
    );
    await imports.ask('POST', `/imports/${draft.id}/cancel`);
    const sync = { ...configuration, mode: 'sync' };
    const body = { name: waiting.name, configuration: sync };
    const changed = await imports.send('PUT', `${PATH}/${waiting.id}`, body, { 'if-match': '*' });
    // What is left out stays as it was.
    expect(await changed.json()).toMatchObject({ version: 2, expectedBy });
    owner.active = 100;
    const stopped = await runOf(waiting, 'awaitingApproval');
    await look(later(0));
    await vi.waitUntil(() => told(failed).length + told(waiting).length > 1, PATIENT);
    expect(told(failed)[0]?.data).toMatchObject({ reason: 'failed', importId: draft.id });
    expect(told(waiting)[0]?.data).toMatchObject({ reason: 'waiting', importId: stopped.id });
  });

  it('can be taken away, and is refused when it is no time', async () => {
    const saved = await save();
    const body = { name: saved.name, configuration, expectedBy: null };
    const changed = await imports.send('PUT', `${PATH}/${saved.id}`, body, { 'if-match': '"1"' });
    expect(await changed.json()).toMatchObject({ version: 1, expectedBy: null, nextExpected: null });
    await look(later(0));
    expect((await read(saved)).missed).toBeNull();
    for (const faulty of [{ localTime: '24:00' }, { localTime: '06:00', weekdays: [] }, { weekdays: ['mon'] }]) {
      const refused = await imports.send('POST', PATH, { name: 'faulty', configuration, expectedBy: faulty });
      expect(refused.status).toBe(422);
    }
  });
});
