import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, newId } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { userClaims } from '../test-support/identities.js';
import { startNotes, type RunningNotes } from '../test-support/start-notes.js';
import { TcpProxy } from '../test-support/tcp-proxy.js';

let database: TestDatabase;
let proxy: TcpProxy;
let notes: RunningNotes;

beforeAll(async () => {
  database = await createTestDatabase();
  const { url, ownerUrl } = database.urls.notification;
  const { hostname: host, port } = new URL(url);
  const through = await freePort();
  proxy = new TcpProxy({ host, port: Number(port) }, through);
  const redirect = (address: string) => Object.assign(new URL(address), { host: `127.0.0.1:${through}` }).href;
  notes = await startNotes({ url: redirect(url), ownerUrl: redirect(ownerUrl) });
});
afterAll(async () => {
  await notes?.app.close();
  await proxy?.cut();
  await database?.drop();
});

async function list(): Promise<Response> {
  const token = await notes.identities.token(userClaims(newId(), newId()));
  return fetch(`${notes.url}/v1/notifications/notes`, { headers: { authorization: `Bearer ${token}` } });
}
const readiness = async () => (await fetch(`${notes.url}/health/ready`)).status;

it('may come later than the service, go, and come back', async () => {
  const refused = await list();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ code: 'service_unavailable' });
  expect(await readiness()).toBe(503);
  expect((await fetch(`${notes.url}/health/live`)).status).toBe(200);

  await proxy.open();
  await expect.poll(readiness).toBe(200);
  expect((await list()).status).toBe(200);

  await proxy.cut();
  expect((await list()).status).toBe(503);
  expect(await readiness()).toBe(503);

  await proxy.open();
  await expect.poll(readiness).toBe(200);
  expect((await list()).status).toBe(200);
});
