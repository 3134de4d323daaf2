import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWhole } from './expect-whole.js';
import { newCompany, start, until, untilFinal } from './api.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, customerTable } from './tables.js';

const ROWS = 12_000;
const REPS = 10;

describe('a fault in the middle of a run, embedded in one process', () => {
  let system: StandaloneSystem;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  it('kill -9 of the process: after its restart the import ends by itself', async () => {
    const table = customerTable(ROWS, REPS);
    const tenant = await newCompany(system, REPS);
    const { id } = await start(system, tenant, { file: csv(table.rows), configuration: configuration(table.fields) });
    const before = await until(tenant, id, ({ state, counters }) => state === 'running' && counters.created > 0);
    await system.kill();
    await system.start();
    const done = await untilFinal(tenant, id);
    await expectWhole(system, tenant, done, ROWS);
    expect(done.restorePointId).toBe(before.restorePointId);
  });
});
