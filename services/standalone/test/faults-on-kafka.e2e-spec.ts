import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startEmbeddedPostgres } from '@muster/persistence';
import { startKafka } from '@muster/testing';
import { expectWhole } from './expect-whole.js';
import { newCompany, start, until, untilFinal, type Tenant } from './api.js';
import { clusterSystem, type ClusterSystem } from './system.js';
import { configuration, csv, customerTable } from './tables.js';

const ROWS = 12_000;
const REPS = 10;

describe('a fault in the middle of a run, five services on Kafka', () => {
  const table = customerTable(ROWS, REPS);
  const request = { file: csv(table.rows), configuration: configuration(table.fields) };
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await clusterSystem();
  });
  afterAll(() => system?.stop());

  /** Starts an import in a fresh company and resolves while its rows are being written. */
  async function inTheMiddle(): Promise<{ tenant: Tenant; id: string }> {
    const tenant = await newCompany(system, REPS);
    const { id } = await start(system, tenant, request);
    await until(tenant, id, ({ state, counters }) => state === 'running' && counters.created > 0);
    return { tenant, id };
  }

  it.each(['import', 'field-data'] as const)(
    'kill -9 of %s: it ends by itself, no customer twice, every row answered',
    async (name) => {
      const { tenant, id } = await inTheMiddle();
      await system.cluster.services[name].kill();
      await system.cluster.services[name].start();
      const done = await untilFinal(tenant, id);
      await expectWhole(system, tenant, done, ROWS);
    },
  );

  it('broker away for 20 s: the run goes on by itself', async () => {
    const { tenant, id } = await inTheMiddle();
    const { kafka } = system.cluster;
    const port = Number(kafka?.brokers[0]?.split(':')[1]);
    await kafka?.kill();
    await setTimeout(20_000);
    const restarted = await startKafka({ folder: join(system.folder, 'kafka'), port });
    try {
      const done = await untilFinal(tenant, id);
      await expectWhole(system, tenant, done, ROWS);
    } finally {
      await restarted.stop();
    }
  });
});

describe('the database restarts in the middle of a run, five services on Kafka', () => {
  it('the run goes on by itself', async () => {
    const table = customerTable(ROWS, REPS);
    const system = await clusterSystem();
    try {
      const tenant = await newCompany(system, REPS);
      const { id } = await start(system, tenant, { file: csv(table.rows), configuration: configuration(table.fields) });
      await until(tenant, id, ({ state, counters }) => state === 'running' && counters.created > 0);
      await system.cluster.database.stop();
      const restarted = await startEmbeddedPostgres({ folder: join(system.folder, 'postgres') });
      const done = await untilFinal(tenant, id);
      await expectWhole(system, tenant, done, ROWS);
      await restarted.stop();
    } finally {
      await system.stop();
    }
  });
});
