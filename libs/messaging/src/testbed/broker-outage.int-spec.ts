import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordsChanged } from '@muster/contracts';
import { freePort, newId } from '@muster/persistence';
import { createTestDatabase, startKafka, type LocalKafka, type TestDatabase, PATIENT } from '@muster/testing';
import { createKafkaTransport, serializeEvent } from '../index.js';
import { startTestbed, type Testbed } from './testbed.js';

describe('Kafka away', () => {
  let folder: string;
  let port: number;
  let kafka: LocalKafka | undefined;
  let db: TestDatabase;
  let bed: Testbed;
  const fatal = vi.fn();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-outage-'));
    port = await freePort();
    db = await createTestDatabase();
    const transport = createKafkaTransport({ brokers: [`127.0.0.1:${port}`], clientId: 'test', onFatal: fatal });
    // Nothing listens on that port yet.
    bed = await startTestbed(db.urls['field-data'], transport);
  });
  afterAll(async () => {
    await bed.stop();
    await kafka?.kill();
    await db.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('lets a service start without it, and catches up', async () => {
    await bed.publish('before the broker');
    kafka = await startKafka({ folder, port });
    await vi.waitFor(async () => expect(await bed.labels()).toEqual(['before the broker']), PATIENT);
  });

  it('loses and repeats nothing when the broker is killed in the middle', async () => {
    kafka ??= await startKafka({ folder, port });
    const rep = newId();
    const wanted = Array.from({ length: 60 }, (_, n) => `event ${n}`);
    const ofRep = async () => (await bed.effects()).filter((one) => one.rep_id === rep).map(({ label }) => label);
    for (const label of wanted.slice(0, 20)) await bed.publish(label, rep);
    await vi.waitFor(async () => expect((await ofRep()).length).toBeGreaterThan(5), PATIENT);
    await kafka.kill();
    for (const label of wanted.slice(20, 40)) await bed.publish(label, rep);
    kafka = await startKafka({ folder, port });
    for (const label of wanted.slice(40)) await bed.publish(label, rep);
    await vi.waitFor(async () => expect(await ofRep()).toHaveLength(wanted.length), PATIENT);
    expect(await ofRep()).toEqual(wanted);
    expect(fatal).not.toHaveBeenCalled();
  });

  it('lets a service stop without it', async () => {
    const other = await createTestDatabase();
    const transport = createKafkaTransport({ brokers: [`127.0.0.1:${await freePort()}`], clientId: 'test' });
    const stranded = await startTestbed(other.urls['field-data'], transport);
    await stranded.publish('stays in the outbox');
    await expect(stranded.stop()).resolves.toBeUndefined();
    await other.drop();
  });

  it('makes publishing fail within a limited time', async () => {
    const transport = createKafkaTransport({ brokers: [`127.0.0.1:${await freePort()}`], clientId: 'test' });
    await transport.start();
    const data = { entity: 'direct', repId: newId(), created: [], updated: [], removed: [] };
    const event = serializeEvent(recordsChanged, {
      ...{ id: newId(), type: recordsChanged.type, source: 'field-data', time: '', subject: 's', data },
      ...{ companyId: bed.companyId, actor: 'system', cause: 'request:1' },
    });
    await expect(transport.publish(recordsChanged.topic, [event])).rejects.toThrow('not connected');
    await transport.stop();
  });
});
