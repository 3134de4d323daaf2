import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { importHeld } from '@muster/contracts';
import type { ImportDto, ImportPage } from '../imports/import.dto.js';
import { playAccountOwner, type AccountOwner } from '../test-support/account-owner.js';
import { startImportService, type ImportService } from '../test-support/import-service.js';

/** Beyond the guard, and far below it, with a file of one row. */
const [MANY, FEW] = [100, 2];

describe('syncs that nobody looks at', () => {
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
  beforeEach(() => {
    Object.assign(owner, { active: MANY, holds: null });
    owner.written.length = 0;
  });

  const configuration = (mode: string) => ({
    ...{ formatVersion: 1, entity: 'user', mode },
    mappings: [{ SourceFieldID: 'Email', TargetFieldID: 'email', UpdateBehavior: 2 }],
  });
  let files = 0;
  const newFile = () => `Email\nperson${++files}@example.com\n`;
  const get = (id: string) => imports.ask<ImportDto>('GET', `/imports/${id}`);
  const send = (file = newFile(), mode = 'sync') => {
    const form = new FormData();
    form.set('file', new Blob([file]), 'users.csv');
    form.set('configuration', JSON.stringify(configuration(mode)));
    return imports.ask<ImportDto>('POST', '/imports', form);
  };
  const until = ({ id }: Pick<ImportDto, 'id'>, state: string, code?: string) =>
    vi.waitUntil(async () => {
      const job = await get(id);
      return job.state === state && (code === undefined || job.problem?.code === code) && job;
    }, PATIENT);
  const stopped = async (file?: string) => until(await send(file), 'awaitingApproval', 'guard_exceeded');
  const held = async (file?: string) => until(await send(file), 'awaitingApproval', 'waits_behind');
  const command = (job: Pick<ImportDto, 'id'>, name: string) => imports.send('POST', `/imports/${job.id}/${name}`);
  const closeAll = async () => {
    owner.active = FEW;
    for (const state of ['awaitingApproval', 'scheduled']) {
      const { items } = await imports.ask<ImportPage>('GET', `/imports?state=${state}&limit=100`);
      for (const job of items) await command(job, 'cancel');
    }
  };

  it('wait behind one that awaits approval, write nothing, and cannot be approved themselves', async () => {
    const first = await stopped();
    const [second, third] = [await held(), await held()];
    expect(second).toMatchObject({ waitsBehind: first.id, counters: { unprocessed: 1 }, plan: null });
    expect(third.waitsBehind).toBe(first.id);
    expect(second.problem?.detail).toContain(first.id);
    expect(Object.keys(second.links)).toEqual(expect.arrayContaining(['cancel']));
    expect(second.links).not.toHaveProperty('approve');
    const refused = await command(second, 'approve');
    expect(await refused.json()).toMatchObject({ status: 409, code: 'waits_behind' });
    expect(owner.written).toEqual([]);
    const told = () =>
      imports.service
        .events(importHeld)
        .filter(({ data }) => [second.id, third.id].includes(data.importId))
        .map(({ data }) => [data.importId, data.waitsBehind, data.link]);
    await expect.poll(told).toEqual([
      [second.id, first.id, `/v1/imports/${first.id}`],
      [third.id, first.id, `/v1/imports/${first.id}`],
    ]);
    await closeAll();
  });

  it('go on when it is cancelled, each planned by what there is then and stopped by the guard by itself', async () => {
    const first = await stopped();
    const [second, third] = [await held(), await held()];
    await command(first, 'cancel');
    // There are still as many who are absent.
    const next = await until(second, 'awaitingApproval', 'guard_exceeded');
    expect(next.waitsBehind).toBeNull();
    await expect.poll(() => get(third.id)).toMatchObject({ state: 'awaitingApproval', waitsBehind: second.id });
    owner.active = FEW;
    await command(second, 'cancel');
    expect(await until(third, 'completed')).toMatchObject({
      absentees: { deactivated: 1 },
      counters: { unchanged: 1 },
    });
    expect(owner.written).toEqual([third.id]);
  });

  it('go on one after another, in the order in which they came, when it is approved', async () => {
    const first = await stopped();
    const later = [await held(), await held(), await held()];
    owner.active = FEW;
    expect((await command(first, 'approve')).status).toBe(202);
    for (const job of later) await until(job, 'completed');
    expect(owner.written).toEqual([first.id, ...later.map(({ id }) => id)]);
  });

  it('wait while it writes, and are not refused then', async () => {
    const first = await stopped();
    const second = await held();
    Object.assign(owner, { active: FEW, holds: 'points' });
    await command(first, 'approve');
    await until(first, 'running');
    const third = await held();
    expect(await get(second.id)).toMatchObject({ state: 'awaitingApproval', waitsBehind: first.id });
    owner.holds = null;
    for (const job of [second, third]) await until(job, 'completed');
    expect(owner.written).toEqual([first.id, second.id, third.id]);
  });

  it('that come at the same moment: one is stopped by the guard, the others wait behind it', async () => {
    const sent = await Promise.all([send(), send(), send()]);
    const jobs = await vi.waitUntil(async () => {
      const seen = await Promise.all(sent.map(({ id }) => get(id)));
      return seen.every(({ state }) => state === 'awaitingApproval') && seen;
    }, PATIENT);
    const [first, ...more] = jobs.filter(({ problem }) => problem?.code === 'guard_exceeded');
    expect(more).toEqual([]);
    const behind = jobs.filter(({ problem }) => problem?.code === 'waits_behind');
    expect(behind.map(({ waitsBehind }) => waitsBehind)).toEqual([first?.id, first?.id]);
    owner.active = FEW;
    if (first) await command(first, 'cancel');
    for (const job of behind) await until(job, 'completed');
  });

  it('sent again are answered with the one that waits, unless another came after it', async () => {
    const [file, other] = [newFile(), newFile()];
    await stopped();
    const second = await held(file);
    expect((await send(file)).id).toBe(second.id);
    const third = await held(other);
    expect((await send(other)).id).toBe(third.id);
    // Otherwise what was sent last would not be what counts.
    const again = await held(file);
    expect(again.id).not.toBe(second.id);
    expect(again.earlierImports).toMatchObject([{ id: second.id, state: 'awaitingApproval' }]);
    await closeAll();
  });

  it('wait for no others than syncs of their entity; an upsert and who is looked at do not wait', async () => {
    const first = await stopped();
    const upsert = await send(newFile(), 'upsert');
    await until(upsert, 'completed');
    owner.active = FEW;
    const attended = await imports.importFile(newFile(), configuration('sync'), 'plan');
    expect(attended).toMatchObject({ state: 'planned', warnings: [{ code: 'approval_pending' }] });
    expect(attended.warnings[0]?.detail).toContain(first.id);
    expect((await command(attended, 'run')).status).toBe(202);
    await until(attended, 'completed');
    await closeAll();
  });
});
