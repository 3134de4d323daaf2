import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '@muster/persistence';
import { PATIENT, startKafka } from '@muster/testing';
import { expectWhole } from './expect-whole.js';
import { untilFinal } from './api.js';
import { inTheMiddleOfRun, ROWS } from './in-the-middle.js';
import { killAndRestart } from './killing.js';
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

  it('kill -9 of notification and restore-point: it ends without them, and the bell rings once when they are back', async () => {
    const { tenant, id, release } = await inTheMiddle();
    const { notification, 'restore-point': points } = system.cluster.services;
    await Promise.all([notification.kill(), points.kill()]);
    await release();
    const done = await untilFinal(tenant, id);
    await killAndRestart(notification, points);
    const rung = async () => {
      const { data } = await tenant.client.GET('/v1/notifications', { params: { query: { limit: 500 } } });
      return data?.items.filter(({ link }) => link.includes(id)).map(({ kind }) => kind);
    };
    await expect.poll(rung, PATIENT).toEqual(['import-finished']);
    // What it has taken in is not taken in again.
    await killAndRestart(notification);
    await expectWhole(system, tenant, done, ROWS);
    await expect.poll(rung, PATIENT).toEqual(['import-finished']);
  });

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
