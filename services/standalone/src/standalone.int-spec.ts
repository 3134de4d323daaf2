import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStandalone } from './standalone.js';

let dataFolder: string;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'muster-standalone-'));
  // As root the server runs as another user, who must get through to its data.
  await chmod(dataFolder, 0o711);
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

it('stops to the end, its database included, while a client leaves a request unfinished', async () => {
  const own = { host: '127.0.0.1', port: 0, metricsPort: 0, kafkaTopicPrefix: '' };
  const standalone = await startStandalone({ ...own, logLevel: 'silent', dataFolder });
  const client = connect(Number(new URL(standalone.url).port), own.host);
  const cut = once(client, 'close');
  client.write('POST /v1/auth/token HTTP/1.1\r\nHost: muster\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n');
  // "100 Continue": the request has begun.
  await once(client, 'data');
  await standalone.stop();
  await cut;
  await expect(new pg.Client(standalone.database.adminUrl).connect()).rejects.toThrow('ECONNREFUSED');
});
