import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { accountLedger, importAbsenteesAnswered, importAbsenteesOrdered, type DataOf } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

type Answer = Partial<DataOf<typeof importAbsenteesAnswered>>;

describe('the orders about what is absent from the file of a sync', () => {
  let imports: ImportService;
  let owners: Owners;
  beforeAll(async () => {
    imports = await startImportService();
    owners = await playOwners(imports.service);
    const counts = { licences: 10, inUse: 1, administrators: 1, active: 1 };
    imports.service.answer(accountLedger, () => ({ ...counts, guard: { percent: 20, count: 500 } }));
  });
  afterAll(async () => {
    await owners?.stop();
    await imports?.stop();
  });

  const scope = () => ({ companyId: imports.companyId, actor: 'system', cause: 'request:test' });
  const until = (id: string, state: string) =>
    vi.waitFor(async () => {
      const job = await imports.ask<ImportDto>('GET', `/imports/${id}`);
      expect(job.state).toBe(state);
      return job;
    }, PATIENT); // prettier-ignore
  /** Events that the service has dealt with. */
  const handled = async () => {
    const uow = imports.service.app.get(UnitOfWork, { strict: false });
    const [row] = await uow.runAsWorker((manager) =>
      manager.query<{ n: number }[]>('select count(*)::int as n from inbox'),
    );
    return row?.n ?? 0;
  };
  const ordersOf = (id: string) =>
    imports.service.events(importAbsenteesOrdered).filter(({ data }) => data.importId === id);
  const ordered = (id: string, count: number) =>
    vi.waitFor(() => {
      const orders = ordersOf(id);
      expect(orders).toHaveLength(count);
      return orders[count - 1]?.data;
    }, PATIENT); // prettier-ignore

  async function answer(id: string, count: number, given: Answer): Promise<void> {
    const order = await ordered(id, count);
    const { importId = id, planId = newId(), repId = null, dryRun } = order ?? {};
    const about = { importId, planId, repId, ...(dryRun && { dryRun }) };
    await imports.service.publish(importAbsenteesAnswered, scope(), {
      ...about,
      deactivated: 0,
      passedOver: [],
      ...given,
    });
  }

  /** A planned sync of one customer of a rep of whom two others are absent. */
  async function planned(name: string): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([`Id,Name,Rep\r\n1,${name},${REP}`]), 'customers.csv');
    const { id: uploadId } = await imports.ask<{ id: string }>('POST', '/uploads', form);
    const configuration = customersConfiguration({ mode: 'sync' });
    const { id } = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configuration, then: 'plan' });
    // Of a plan that is over.
    await answer(id, 1, { planId: newId(), planned: 9, base: 9 });
    await answer(id, 1, { planned: 2, base: 30 });
    expect(await until(id, 'planned')).toMatchObject({
      absentees: { planned: 2 },
      guard: [{ effect: 'recordRemovals', planned: 2, base: 30 }],
    });
    expect((await imports.send('POST', `/imports/${id}/run`)).status).toBe(202);
    return id;
  }

  it('go out after the rows, again for as long as there is more, and count what is gone once', async () => {
    const id = await planned('a');
    await answer(id, 2, { removed: 1, more: true });
    await answer(id, 3, { removed: 1, more: true });
    await answer(id, 4, { removed: 2 });
    const done = await until(id, 'completed');
    expect(done).toMatchObject({ problem: null, counters: { created: 1, removed: 2 }, absentees: { removed: 2 } });
    const before = await handled();
    await answer(id, 4, { removed: 9 });
    await expect.poll(handled).toBeGreaterThan(before);
    expect(ordersOf(id).map(({ data }) => [data.dryRun ?? false, data.most])).toEqual([
      [true, 0],
      [false, 2],
      [false, 2],
      [false, 2],
    ]);
    expect(await until(id, 'completed')).toMatchObject({ counters: { removed: 2 } });
  });

  it('end with the step under way where somebody aborts, and say what stayed', async () => {
    const id = await planned('b');
    await ordered(id, 2);
    expect((await imports.send('POST', `/imports/${id}/abort`)).status).toBe(202);
    await until(id, 'running');
    await answer(id, 2, { removed: 1, more: true });
    const done = await until(id, 'completed');
    expect(done).toMatchObject({ problem: { code: 'removals_withheld' }, counters: { created: 1, removed: 1 } });
    expect(done.absentees).toMatchObject({ planned: 2, removed: 1, withheld: 'aborted' });
    expect(ordersOf(id)).toHaveLength(2);
  });
});
