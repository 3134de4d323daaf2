import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWhole } from './expect-whole.js';
import { untilFinal } from './api.js';
import { inTheMiddleOfRun, ROWS } from './in-the-middle.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';

describe('a fault in the middle of a run, embedded in one process', () => {
  let system: StandaloneSystem;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  it('kill -9 of the process: after its restart the import ends by itself', async () => {
    const { tenant, id, before, release } = await inTheMiddleOfRun(system);
    await system.kill();
    await release();
    await system.start();
    const done = await untilFinal(tenant, id);
    await expectWhole(system, tenant, done, ROWS);
    expect(done.restorePointId).toBe(before.restorePointId);
  });
});
