import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordsChanged, type EventEnvelope } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { createTestDatabase, testTransport, type TestDatabase, PATIENT } from '@muster/testing';
import { createEmbeddedTransport, serializeEvent, UnknownDeadLetter, type EventTransport } from '../index.js';
import { changed, startTestbed, type Testbed } from './testbed.js';

describe.each(['embedded', 'kafka'] as const)('delivery by the transport %s', (kind) => {
  let db: TestDatabase;
  let transport: EventTransport;
  let bed: Testbed;

  beforeAll(async () => {
    db = await createTestDatabase();
    transport = kind === 'kafka' ? await testTransport() : createEmbeddedTransport({ url: db.eventLogUrl });
    bed = await startTestbed(db.urls['field-data'], transport);
  });
  afterEach(() => {
    bed.script.onEvent = () => Promise.resolve();
  });
  afterAll(async () => {
    await bed.stop();
    await db.drop();
  });

  const seen = async (...labels: string[]) => {
    await vi.waitFor(async () => expect(await bed.labels()).toEqual(expect.arrayContaining(labels)), PATIENT);
  };
  const times = async (label: string) => (await bed.labels()).filter((one) => one === label).length;
  const envelope = (label: string): EventEnvelope<ReturnType<typeof changed>> => ({
    ...{ id: newId(), type: recordsChanged.type, source: 'field-data', time: new Date().toISOString(), subject: 's' },
    ...{ companyId: bed.companyId, actor: 'system', cause: 'request:1', data: changed(label) },
  });
  const letterOf = async (label: string) =>
    (await bed.deadLetters.list({ limit: 100 })).items.find(({ value }) => value.includes(`"${label}"`));

  it('spends no unit of work on an event that does not concern the handler', async () => {
    const rep = newId();
    await bed.publish('nobody asked', rep);
    await bed.publish('somebody did', rep);
    await seen('somebody did');
    expect(await times('nobody asked')).toBe(0);
    const client = new pg.Client({ connectionString: db.adminUrl });
    await client.connect();
    const { rows } = await client.query(`select consumer from field_data.inbox`);
    await client.end();
    expect(rows).toHaveLength(1);
  });

  it('does not read what is for another service', async () => {
    const letters = await bed.deadLetters.count();
    const event = serializeEvent(recordsChanged, envelope('for another'));
    const addressed = (audience: string) => ({ ...event.headers, ce_audience: audience });
    const own = serializeEvent(recordsChanged, envelope('for this one'));
    await transport.publish(recordsChanged.topic, [
      { ...event, headers: addressed('user-admin'), value: 'unreadable' },
      { ...own, key: event.key, headers: { ...own.headers, ce_audience: 'field-data' } },
    ]);
    await seen('for this one');
    expect(await bed.deadLetters.count()).toEqual(letters);
  });

  it('handles an event of a unit of work once, with the trace of its publisher', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await bed.publish('committed', newId(), { ...bed.scope, traceparent });
    await seen('committed');
    const effects = (await bed.effects()).filter(({ label }) => label === 'committed');
    expect(effects).toEqual([expect.objectContaining({ traceparent })]);
  });

  it('publishes nothing of a unit of work that rolls back', async () => {
    const rep = newId();
    await expect(
      bed.uow.run(bed.scope, async () => {
        await bed.outbox.publish(recordsChanged, changed('rolled back', rep));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await bed.publish('after the rollback', rep);
    await seen('after the rollback');
    expect(await times('rolled back')).toBe(0);
  });

  it('has one effect of an event that is delivered three times', async () => {
    const event = serializeEvent(recordsChanged, envelope('thrice'));
    await transport.publish(recordsChanged.topic, [event, event]);
    await transport.publish(recordsChanged.topic, [event]);
    const last = { ...serializeEvent(recordsChanged, envelope('after thrice')), key: event.key };
    await transport.publish(recordsChanged.topic, [last]);
    await seen('thrice', 'after thrice');
    expect(await times('thrice')).toBe(1);
  });

  it('makes a dead letter of an event whose handler throws, goes on, and can replay it', async () => {
    const rep = newId();
    let calls = 0;
    bed.script.onEvent = async (label) => {
      if (label !== 'poison') return;
      calls += 1;
      throw new Error('the handler is broken');
    };
    await bed.publish('poison', rep);
    await bed.publish('after the poison', rep);
    await seen('after the poison');
    expect(calls).toBe(3);
    expect(await times('poison')).toBe(0);
    const letter = await letterOf('poison');
    expect(letter).toMatchObject({ consumer: 'FirstConsumer.onChanged', tries: 3, topic: recordsChanged.topic.name });
    expect(letter?.error).toContain('the handler is broken');
    const id = letter?.id ?? '';
    const before = await bed.deadLetters.count();

    await expect(bed.deadLetters.replay(id)).rejects.toThrow('the handler is broken');
    expect(await letterOf('poison')).toMatchObject({ tries: 4 });
    bed.script.onEvent = () => Promise.resolve();
    await bed.deadLetters.replay(id);
    expect(await times('poison')).toBe(1);
    expect(await letterOf('poison')).toBeUndefined();
    expect(await bed.deadLetters.count()).toBe(before - 1);
    await expect(bed.deadLetters.replay(id)).rejects.toThrow(UnknownDeadLetter);
  });

  it('makes a dead letter at once of an event that does not fit its contract, and ignores unknown types', async () => {
    const fit = serializeEvent(recordsChanged, envelope('unfit'));
    await transport.publish(recordsChanged.topic, [
      { ...fit, headers: { ...fit.headers, ce_type: 'records.exploded.v9' }, value: '{"entity":"unknown type"}' },
      { ...fit, value: '{"entity":"unfit"}' },
    ]);
    await transport.publish(recordsChanged.topic, [
      { ...serializeEvent(recordsChanged, envelope('after the unfit')), key: fit.key },
    ]);
    await seen('after the unfit');
    expect(await letterOf('unfit')).toMatchObject({
      tries: 1,
      error: expect.stringContaining('InvalidEvent') as string,
    });
    expect(await letterOf('unknown type')).toBeUndefined();
  });

  it('carries properties that were packed before, and keeps a readable dead letter of one', async () => {
    const entity = (label: string) => gzipSync(JSON.stringify(label));
    const packed = (label: string, seenAs: string) =>
      serializeEvent(recordsChanged, envelope(seenAs), { entity: entity(label) });
    const first = packed('packed äöü😀', '-');
    const bytes = { ...packed('no gzip', '-'), key: first.key, value: Buffer.from([0, 255, 10]) };
    const poison = { ...packed('packed poison', '-'), key: first.key };
    const last = { ...packed('after the packed', '-'), key: first.key };
    bed.script.onEvent = async (label) => {
      if (label === 'packed poison') throw new Error('the handler is broken');
    };
    await transport.publish(recordsChanged.topic, [first, bytes, poison, last]);
    await seen('packed äöü😀', 'after the packed');
    const letter = await letterOf('packed poison');
    bed.script.onEvent = () => Promise.resolve();
    await bed.deadLetters.replay(letter?.id ?? '');
    expect(await times('packed poison')).toBe(1);
    const { items } = await bed.deadLetters.list({ limit: 100 });
    expect(items).toContainEqual(expect.objectContaining({ value: 'AP8K', tries: 1 }));
  });

  it('makes a dead letter of an event whose id no database can store', async () => {
    const fit = serializeEvent(recordsChanged, envelope('unstorable id'));
    const ids = ['NUL \0', 'x'.repeat(10_000)];
    const unfit = ids.map((ce_id) => ({ ...fit, headers: { ...fit.headers, ce_id } }));
    const last = { ...serializeEvent(recordsChanged, envelope('after the unstorable')), key: fit.key };
    await transport.publish(recordsChanged.topic, [...unfit, last]);
    await seen('after the unstorable');
    const { items } = await bed.deadLetters.list({ limit: 100 });
    const letters = items.filter(({ value }) => value.includes('unstorable id'));
    expect(new Set(letters.map(({ consumer }) => consumer)).size).toBe(2);
    expect(new Set(letters.map(({ headers }) => headers['ce_id']))).toEqual(new Set(ids));
  });

  it('keeps the order of a key, also over a try that failed', async () => {
    const reps = [newId(), newId(), newId()];
    const wanted = Array.from({ length: 40 }, (_, n) => `step ${n}`);
    const failed = new Set<string>();
    bed.script.onEvent = async (label) => {
      if (!label.endsWith('7') || failed.has(label)) return;
      failed.add(label);
      throw new Error('once');
    };
    for (const label of wanted) await Promise.all(reps.map((rep) => bed.publish(label, rep)));
    const ofRep = async (rep: string) => (await bed.effects()).filter((one) => one.rep_id === rep);
    for (const rep of reps) {
      await vi.waitFor(async () => expect(await ofRep(rep)).toHaveLength(wanted.length), PATIENT);
      expect((await ofRep(rep)).map(({ label }) => label)).toEqual(wanted);
    }
    expect(failed.size).toBeGreaterThan(0);
  });

  it('delivers the event of a slow transaction late, not never', async () => {
    let commit: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (commit = resolve));
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = bed.uow.run(bed.scope, async () => {
      await bed.outbox.publish(recordsChanged, changed('slow'));
      written();
      await gate;
    });
    await isWritten;
    await bed.publish('fast');
    await seen('fast');
    expect(await times('slow')).toBe(0);
    commit();
    await slow;
    await seen('slow');
  });

  it('does not count an outage as a failure', async () => {
    let left = 4;
    bed.script.onEvent = async (label) => {
      if (label === 'outage' && left-- > 0) throw Object.assign(new Error('starting up'), { code: '57P03' });
    };
    await bed.publish('outage');
    await seen('outage');
    expect(await letterOf('outage')).toBeUndefined();
  });

  it('tries an event that may not be lost until it succeeds', async () => {
    let left = 4;
    bed.script.onEvent = async (label, consumer) => {
      if (label === 'order' && consumer === 'tireless' && left-- > 0) throw new Error('not yet');
    };
    await bed.publish('order');
    await vi.waitFor(async () => expect(await bed.labels('tireless')).toEqual(['order']), PATIENT);
    expect(await letterOf('order')).toBeUndefined();
  });

  it('hands over an event of the largest size, and refuses a larger one before it is committed', async () => {
    const ids = Array.from({ length: 110_000 }, () => newId());
    const data = { ...changed('large'), updated: ids };
    await bed.uow.run(bed.scope, () => bed.outbox.publish(recordsChanged, data));
    await seen('large');
    const tooLarge = { ...data, removed: ids.slice(0, 20_000) };
    await expect(bed.uow.run(bed.scope, () => bed.outbox.publish(recordsChanged, tooLarge))).rejects.toThrow('limit');
  });
});
