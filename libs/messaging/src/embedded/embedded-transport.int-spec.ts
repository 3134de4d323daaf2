import pg from 'pg';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TOPICS, type Topic } from '@muster/contracts';
import { freePort, newId, provision, startEmbeddedPostgres, type EmbeddedDatabase } from '@muster/persistence';
import { createTestDatabase, type TestDatabase, PATIENT } from '@muster/testing';
import { createEmbeddedTransport, type EventTransport } from '../index.js';
import { startTestbed } from '../testbed/testbed.js';
import { forgetEvents } from './event-log.js';
import { provisionEventLog } from './provision-event-log.js';

const numbered = (n: number, key: string) => ({ key, headers: { n: String(n) }, value: `{"n":${n}}` });

describe('the embedded event log', () => {
  let db: TestDatabase;
  const open: EventTransport[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((transport) => transport.stop()));
  });
  afterAll(() => db.drop());

  const start = async () => {
    const transport = createEmbeddedTransport({ url: db.eventLogUrl });
    await transport.start();
    open.push(transport);
    return transport;
  };

  it('belongs to one process, and is free again when that one stops', async () => {
    const first = await start();
    await expect(createEmbeddedTransport({ url: db.eventLogUrl }).start()).rejects.toThrow('Another process');
    open.splice(0);
    await first.stop();
    await start();
  });

  it('takes what many publish at once, and hands over each key in order', async () => {
    const transport = await start();
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (let batch = 0; batch < 20; batch++) {
      const events = Array.from({ length: 10 }, (_, n) => batch * 10 + n);
      await Promise.all(keys.map((key) => transport.publish(TOPICS.records, events.map((n) => numbered(n, key))))); // prettier-ignore
    }
    const got = new Map<string, string[]>(keys.map((key) => [key, []]));
    const consumption = await transport.consume('import', [TOPICS.records], async ({ key, headers }) => {
      got.get(key)?.push(headers['n'] ?? '');
    });
    const all = Array.from({ length: 200 }, (_, n) => String(n));
    await vi.waitFor(() => expect([...got.values()].map((one) => one.length)).toEqual(keys.map(() => 200)), PATIENT);
    expect([...got.values()]).toEqual(keys.map(() => all));
    await consumption.stop();
  });

  it('goes on where the group stopped, with the event that was not done', async () => {
    const transport = await start();
    await transport.publish(TOPICS.imports, [numbered(1, 'k'), numbered(2, 'k'), numbered(3, 'k')]);
    const first: string[] = [];
    let refuse: () => void = () => undefined;
    const stuck = new Promise<void>((_resolve, reject) => (refuse = () => reject(new Error('stopped'))));
    const consumption = await transport.consume('notification', [TOPICS.imports], async ({ headers }) => {
      first.push(headers['n'] ?? '');
      if (headers['n'] === '2') await stuck;
    });
    await vi.waitFor(() => expect(first).toEqual(['1', '2']), PATIENT);
    const stopped = consumption.stop();
    refuse();
    await stopped;
    const second: string[] = [];
    const again = await transport.consume('notification', [TOPICS.imports], async ({ headers }) => {
      second.push(headers['n'] ?? '');
    });
    await vi.waitFor(() => expect(second).toEqual(['2', '3']), PATIENT);
    await again.stop();
  });

  it('forgets what is old and read, and keeps what a group has yet to read', async () => {
    const transport = await start();
    const old: Topic = { ...TOPICS.users, retentionMs: 0 };
    await transport.publish(
      old,
      Array.from({ length: 30 }, (_, n) => numbered(n, `k${n}`)),
    );
    let seen = 0;
    const consumption = await transport.consume('notification', [old], async () => {
      seen += 1;
    });
    await vi.waitFor(() => expect(seen).toBe(30), PATIENT);
    await consumption.stop();
    await transport.publish(old, [numbered(30, 'late')]);
    const client = new pg.Pool({ connectionString: db.eventLogUrl, max: 1 });
    const left = async () => {
      const text = `select headers from events.log where topic = $1`;
      return (await client.query<{ headers: object }>(text, [old.name])).rows;
    };
    await forgetEvents(client, { ...old, retentionMs: 3_600_000 });
    expect(await left()).toHaveLength(31);
    await forgetEvents(client, old);
    expect(await left()).toEqual([{ headers: { n: '30' } }]);
    await client.end();
  });
});

describe('a restart of the database', () => {
  let folder: string;
  let postgres: EmbeddedDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-restart-'));
    // As root the server runs as another user, who must get through to its data.
    await chmod(folder, 0o755);
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('loses and repeats no event, nor does it end the process', async () => {
    const port = await freePort();
    postgres = await startEmbeddedPostgres({ folder, port, flags: ['-c', 'fsync=off'] });
    const password = 'secret';
    const urls = await provision(postgres.adminUrl, password);
    const fatal = vi.fn();
    const url = await provisionEventLog(postgres.adminUrl, password);
    const bed = await startTestbed(urls['field-data'], createEmbeddedTransport({ url, onFatal: fatal }));
    const rep = newId();
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    let reached = false;
    bed.script.onEvent = async (label) => {
      if (label !== 'in the middle') return;
      reached = true;
      await gate;
    };
    await bed.publish('before', rep);
    await bed.publish('in the middle', rep);
    await vi.waitFor(() => expect(reached).toBe(true), PATIENT);
    await postgres.stop();
    goOn();
    postgres = await startEmbeddedPostgres({ folder, port, flags: ['-c', 'fsync=off'] });
    await vi.waitFor(() => bed.publish('after', rep), PATIENT);
    const wanted = ['before', 'in the middle', 'after'];
    await vi.waitFor(async () => expect(await bed.labels()).toEqual(wanted), PATIENT);
    await vi.waitFor(
      () => expect(createEmbeddedTransport({ url }).start()).rejects.toThrow('Another process'),
      PATIENT,
    );
    expect(fatal).not.toHaveBeenCalled();
    await bed.stop();
  });
});
