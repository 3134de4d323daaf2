import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startEmbeddedPostgres } from '@muster/persistence';
import { startKafka } from '@muster/testing';
import { expectWhole } from './expect-whole.js';
import { untilFinal } from './api.js';
import { inTheMiddleOfRun, ROWS } from './in-the-middle.js';
import { clusterSystem, type ClusterSystem } from './system.js';

describe('a fault in the middle of a run, five services on Kafka', () => {
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await clusterSystem();
  });
  afterAll(() => system?.stop());

  const inTheMiddle = () => inTheMiddleOfRun(system);

  it.each(['import', 'field-data'] as const)(
    'kill -9 of %s: it ends by itself, no customer twice, every row answered',
    async (name) => {
      const { tenant, id, release } = await inTheMiddle();
      await system.cluster.services[name].kill();
      await release();
      await system.cluster.services[name].start();
      const done = await untilFinal(tenant, id);
      await expectWhole(system, tenant, done, ROWS);
    },
  );

  it('broker away for 20 s: the run goes on by itself', async () => {
    const { tenant, id, release } = await inTheMiddle();
    const { kafka } = system.cluster;
    const port = Number(kafka?.brokers[0]?.split(':')[1]);
    await kafka?.kill();
    await release();
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
    const system = await clusterSystem();
    try {
      const { tenant, id } = await inTheMiddleOfRun(system);
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
