import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { describeCompany } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import { playAccountOwner, type AccountOwner } from '../test-support/account-owner.js';
import { startImportService, type ImportService } from '../test-support/import-service.js';
import { nightAt } from './night-window.js';
import { NightRuns } from './night-runs.js';

const HOUR_MS = 60 * 60_000;
const ZONE = 'Europe/Vienna';
const clockIn = (ms: number) =>
  new Intl.DateTimeFormat('de-AT', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(Date.now() + ms);

describe('a run in the night', () => {
  let imports: ImportService;
  let owner: AccountOwner;
  // It is not night now, and will not be while this runs.
  const nightWindow = { from: clockIn(6 * HOUR_MS), to: clockIn(8 * HOUR_MS) };
  const night = nightAt(new Date(), nightWindow, ZONE);

  beforeAll(async () => {
    imports = await startImportService();
    imports.service.answer(describeCompany, () => ({
      ...{ name: 'Test', language: 'en' as const, timeZone: ZONE, country: 'AT', nightWindow },
      ...{ importRowLimit: 1_000, importByteLimit: 1_000_000 },
    }));
    owner = await playAccountOwner(imports.service);
  });
  afterAll(async () => {
    await owner?.stop();
    await imports?.stop();
  });
  beforeEach(() => {
    Object.assign(owner, { active: 2, holds: null });
    owner.written.length = 0;
  });

  const configuration = (options: object, mode = 'sync') => ({
    ...{ formatVersion: 1, entity: 'user', mode, options },
    mappings: [{ SourceFieldID: 'Email', TargetFieldID: 'email', UpdateBehavior: 2 }],
  });
  let files = 0;
  const newFile = () => `Email\nnight${++files}@example.com\n`;
  const get = ({ id }: Pick<ImportDto, 'id'>) => imports.ask<ImportDto>('GET', `/imports/${id}`);
  const send = (mode?: string) => {
    const form = new FormData();
    form.set('file', new Blob([newFile()]), 'users.csv');
    form.set('configuration', JSON.stringify(configuration({ startAt: 'nightWindow' }, mode)));
    return imports.ask<ImportDto>('POST', '/imports', form);
  };
  const until = (job: Pick<ImportDto, 'id'>, is: (job: ImportDto) => boolean) =>
    vi.waitUntil(async () => {
      const seen = await get(job);
      return is(seen) && seen;
    }, PATIENT);
  const inState = (job: Pick<ImportDto, 'id'>, state: string) => until(job, (seen) => seen.state === state);
  const scheduled = (job: Pick<ImportDto, 'id'>) => until(job, ({ scheduledFor }) => scheduledFor !== null);
  const command = (job: Pick<ImportDto, 'id'>, name: string, body?: object) =>
    imports.send('POST', `/imports/${job.id}/${name}`, body);
  const nightFalls = (at = night.start) => imports.service.app.get(NightRuns, { strict: false }).look(at);

  it('is planned at once and scheduled, and writes in the night, planned anew', async () => {
    const job = await scheduled(await send());
    expect(job).toMatchObject({ state: 'scheduled', scheduledFor: night.start.toISOString(), plan: { unchanged: 1 } });
    expect(owner.written).toEqual([]);
    owner.active = 3;
    await nightFalls(new Date(night.start.getTime() - 1));
    expect((await get(job)).state).toBe('scheduled');
    await nightFalls();
    expect(await inState(job, 'completed')).toMatchObject({ absentees: { planned: 2 }, scheduledFor: null });
    expect(owner.written).toEqual([job.id]);
  });

  it('asks for approval by day, is not asked for it again by night, unless it would do more', async () => {
    owner.active = 100;
    const job = await inState(await send(), 'awaitingApproval');
    expect((await command(job, 'approve')).status).toBe(202);
    await scheduled(job);
    owner.active = 101;
    await nightFalls();
    const more = await inState(job, 'awaitingApproval');
    expect(more.guard).toMatchObject([{ effect: 'deactivations', planned: 100 }, {}, {}]);
    // It is still night.
    expect((await command(more, 'approve')).status).toBe(202);
    await inState(job, 'completed');
  });

  it('is let go at a raised limit also when there are a few more by night', async () => {
    owner.active = 100;
    const job = await inState(await send(), 'awaitingApproval');
    const low = await command(job, 'approve', { guard: { percent: 50, count: 500 } });
    expect(await low.json()).toMatchObject({ status: 409, code: 'guard_exceeded' });
    expect((await command(job, 'approve', { guard: { percent: 100, count: 500 } })).status).toBe(202);
    await scheduled(job);
    owner.active = 101;
    await nightFalls();
    expect(await inState(job, 'completed')).toMatchObject({ absentees: { planned: 100 } });
  });

  it('goes by the order in which they came, and waits for one that writes', async () => {
    const jobs = [await scheduled(await send('upsert')), await scheduled(await send('upsert'))];
    owner.holds = 'points';
    const other = await imports.importFile(newFile(), configuration({}), 'plan');
    await command(other, 'run');
    await inState(other, 'running');
    await nightFalls();
    expect(await Promise.all(jobs.map(async (job) => (await get(job)).state))).toEqual(['scheduled', 'scheduled']);
    owner.holds = null;
    await inState(other, 'completed');
    let minute = 0;
    await vi.waitUntil(async () => {
      await nightFalls(new Date(night.start.getTime() + ++minute * 60_000));
      return (await get(jobs[1] ?? other)).state === 'completed';
    }, PATIENT);
    expect(owner.written).toEqual([other.id, ...jobs.map(({ id }) => id)]);
  });

  it('waits for the next night when this one is over before it could begin', async () => {
    const job = await scheduled(await send());
    owner.holds = 'plans';
    await nightFalls();
    await inState(job, 'planning');
    const uow = imports.service.app.get(UnitOfWork, { strict: false });
    await uow.runAsWorker((manager) =>
      manager.query(`update import_job set window_until = now() where id = $1`, [job.id]),
    );
    owner.holds = null;
    expect(await until(job, ({ state, scheduledFor }) => state === 'scheduled' && scheduledFor !== null)).toBeTruthy();
    expect(owner.written).toEqual([]);
    await command(job, 'cancel');
  });

  it('begins now when it is told to, and stays scheduled when it is just told to run', async () => {
    const job = await scheduled(await send());
    expect(await (await command(job, 'run')).json()).toMatchObject({ state: 'scheduled' });
    expect((await command(job, 'run', { startAt: 'now' })).status).toBe(202);
    await inState(job, 'completed');
  });

  it('can be cancelled, and taken back to a draft with another time', async () => {
    const [closed, draft] = [await scheduled(await send()), await scheduled(await send())];
    expect(await (await command(closed, 'cancel')).json()).toMatchObject({ state: 'cancelled', scheduledFor: null });
    const changed = await imports.send(
      'PATCH',
      `/imports/${draft.id}`,
      { configuration: configuration({}) },
      { 'if-match': '*' },
    );
    expect(await changed.json()).toMatchObject({ state: 'draft', scheduledFor: null });
    await nightFalls();
    expect((await get(draft)).state).toBe('draft');
    await command(draft, 'run');
    await inState(draft, 'completed');
  });

  it('can be asked for with the command', async () => {
    const job = await imports.importFile(newFile(), configuration({}), 'plan');
    expect((await command(job, 'run', { startAt: 'tomorrow' })).status).toBe(422);
    await command(job, 'run', { startAt: 'nightWindow' });
    await scheduled(job);
    await Promise.all([nightFalls(), nightFalls(), nightFalls()]);
    await inState(job, 'completed');
    expect(owner.written).toEqual([job.id]);
  });
});
