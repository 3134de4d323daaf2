import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountLedger, type Id } from '@muster/contracts';
import { PATIENT } from '@muster/testing';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

/** So many rows that the last chunk of the second rep is not sent yet when those before it are. */
const ROWS = 1_100;
/** From the rows of each rep. */
const ABSENT = 2;

describe('a sync that stopped amid its rows', () => {
  let imports: ImportService;
  let owners: Owners;
  beforeAll(async () => {
    imports = await startImportService();
    owners = await playOwners(imports.service);
    const counts = { licences: 10, inUse: 1, administrators: 1, active: 1 };
    imports.service.answer(accountLedger, () => ({ ...counts, guard: { percent: 20, count: 500 } }));
    owners.absent = ({ dryRun, most }) => (dryRun ? { planned: ABSENT, base: 30 } : { removed: most });
  });
  afterAll(async () => {
    await owners?.stop();
    await imports?.stop();
  });

  const post = async (id: Id, command: string) =>
    expect((await imports.send('POST', `/imports/${id}/${command}`)).status).toBe(202);
  const until = (id: Id, fits: (job: ImportDto) => boolean) =>
    vi.waitFor(async () => {
      const job = await imports.ask<ImportDto>('GET', `/imports/${id}`);
      if (!fits(job)) throw new Error(`${job.state} ${JSON.stringify(job.counters)}`);
      return job;
    }, PATIENT); // prettier-ignore

  /** Running; the first rep has one row, row 2, the second one all others. */
  async function begun(options: object = {}): Promise<Id> {
    const more = Array.from({ length: ROWS }, (_, n) => `${n + 1},Name,rep02@example.com`);
    const file = ['Id,Name,Rep', '0,Name,rep01@example.com', ...more].join('\r\n');
    const planned = await imports.importFile(file, customersConfiguration({ mode: 'sync', options }), 'plan');
    expect(planned).toMatchObject({ state: 'planned', absentees: { planned: 2 * ABSENT } });
    await post(planned.id, 'run');
    return planned.id;
  }

  it('removes, once it is resumed, what is absent from the rows of all its reps', async () => {
    owners.decide = (row, { dryRun }) => (dryRun || row === 2 ? 'created' : undefined);
    const id = await begun();
    await until(id, ({ counters }) => counters.created === 1);
    await post(id, 'abort');
    owners.decide = () => 'created';
    expect(await until(id, ({ state }) => state === 'aborted')).toMatchObject({ counters: { unprocessed: 100 } });
    await post(id, 'resume');
    const done = await until(id, ({ state }) => state === 'completed');
    expect(done).toMatchObject({ problem: null, counters: { created: ROWS + 1, removed: 2 * ABSENT } });
  });

  it('removes nothing where its errors are beyond their limit, however often it is resumed, and says so', async () => {
    owners.decide = (row, { dryRun }) => (dryRun ? 'created' : row === 2 ? 'invalid' : undefined);
    const id = await begun({ maxErrors: 0 });
    await until(id, ({ counters }) => counters.invalid === 1);
    owners.decide = () => 'created';
    const stopped = await until(id, ({ state }) => state === 'aborted');
    expect(stopped).toMatchObject({ problem: { code: 'too_many_errors' }, counters: { invalid: 1, removed: 0 } });
    await post(id, 'resume');
    const done = await until(id, ({ state }) => state === 'completedWithErrors');
    expect(done).toMatchObject({
      problem: { code: 'removals_withheld' },
      counters: { created: ROWS, invalid: 1, removed: 0 },
      absentees: { withheld: 'too_many_errors' },
    });
  });
});
