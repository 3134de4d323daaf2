import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Revocation } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { userClaims } from '../test-support/identities.js';
import { NotesClient } from '../test-support/notes-client.js';
import { startNotes, type RunningNotes } from '../test-support/start-notes.js';

let database: TestDatabase;
let notes: RunningNotes;
let client: NotesClient;

beforeAll(async () => {
  database = await createTestDatabase();
  notes = await startNotes(database.urls.notification);
  client = new NotesClient(notes);
});
afterAll(async () => {
  await notes?.app.close();
  await database?.drop();
});

const statusFor = async (headers: Record<string, string>) =>
  (await client.call('GET', '/v1/notifications/me', { headers })).status;
const bearer = (token: string) => statusFor({ authorization: `Bearer ${token}` });
const revoke = (revocation: Partial<Revocation> & Pick<Revocation, 'kind' | 'id'>) =>
  notes.identities.revocations?.push({ minVersion: null, exceptSession: null, ...revocation });

it('a token that was ended is refused within seconds', async () => {
  const [person, sid] = [newId(), newId()];
  const token = await notes.identities.token({ ...userClaims(client.company, person), sid });
  const other = await notes.identities.token({ ...userClaims(client.company, person), sid: newId() });
  expect(await bearer(token)).toBe(200);
  revoke({ kind: 'session', id: sid });
  await expect.poll(() => bearer(token)).toBe(401);
  expect(await bearer(other)).toBe(200);
});

it('a key that was revoked is refused, although its token was kept; one whose token alone was ended gets another', async () => {
  const keys = { gone: `msk_${newId()}_${'C'.repeat(43)}`, rotated: `msk_${newId()}_${'D'.repeat(43)}` };
  const ids = { gone: newId(), rotated: newId() };
  const claimsOf = (sub: string, ver: number) => ({
    typ: 'key',
    sub,
    company: client.company,
    scopes: ['notes:read'],
    ver,
  });
  for (const name of ['gone', 'rotated'] as const) {
    notes.identities.apiKeys.set(keys[name], claimsOf(ids[name], 1));
    expect(await statusFor({ 'x-api-key': keys[name] })).toBe(200);
  }
  notes.identities.apiKeys.delete(keys.gone);
  notes.identities.apiKeys.set(keys.rotated, claimsOf(ids.rotated, 2));
  revoke({ kind: 'key', id: ids.gone });
  revoke({ kind: 'key', id: ids.rotated, minVersion: 2 });
  await expect.poll(() => statusFor({ 'x-api-key': keys.gone })).toBe(401);
  expect(await statusFor({ 'x-api-key': keys.rotated })).toBe(200);
});

it('a stream that somebody watches is cut off when its token is ended', async () => {
  const [one, other] = [newId(), newId()];
  const watch = async (person: string) => {
    const token = await notes.identities.token(userClaims(client.company, person, 'user'));
    const url = `${notes.url}/v1/notifications/own-ticks`;
    const stream = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const state = { is: 'open' };
    stream.text().then(() => (state.is = 'finished'), () => (state.is = 'cut')); // prettier-ignore
    return state;
  };
  const [his, hers] = [await watch(one), await watch(other)];
  revoke({ kind: 'user', id: one });
  await expect.poll(() => his.is).toBe('cut');
  expect(hers.is).toBe('open');
});

it('tokens are taken as they are while user-admin does not answer, and what is known stays known', async () => {
  const ended = newId();
  const token = await notes.identities.token(userClaims(client.company, ended));
  revoke({ kind: 'user', id: ended });
  await expect.poll(() => bearer(token)).toBe(401);
  notes.identities.revocations = undefined;
  expect(await bearer(await notes.identities.token(userClaims(client.company, newId())))).toBe(200);
  expect(await bearer(token)).toBe(401);
});
