import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair } from 'jose';
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

describe('who may', () => {
  const whoAmI = (headers: Record<string, string>) => client.call('GET', '/v1/notifications/me', { headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('is told by a token', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = {
      ...bearer(await client.signIn('supervisor')),
      'x-request-id': 'r1',
      traceparent,
      'accept-language': 'de',
    };
    expect((await whoAmI(headers)).body).toEqual({
      companyId: client.company,
      actor: `user:${client.user}`,
      cause: 'request:r1',
      userId: client.user,
      role: 'supervisor',
      scopes: [],
      language: 'de',
      traceparent,
    });
  });

  it.each([
    ['nothing', async () => ({})],
    ['no token', async () => bearer('x')],
    ['an expired token', async () => bearer(await notes.identities.token(userClaims(client.company, client.user), { expiresIn: '-1m' }))],
    ['a token of another issuer', async () => bearer(await notes.identities.token(userClaims(client.company, client.user), { issuer: 'x' }))],
    ['a token for others', async () => bearer(await notes.identities.token(userClaims(client.company, client.user), { audience: 'x' }))],
    ['a token of another key', async () => bearer(await notes.identities.token(userClaims(client.company, client.user), { key: (await generateKeyPair('ES256')).privateKey }))],
    ['a token of an unknown key', async () => bearer(await notes.identities.token(userClaims(client.company, client.user), { kid: 'other' }))],
    ['a token that makes a person an operator', async () => bearer(await notes.identities.token(userClaims(client.company, client.user, 'operator')))],
    ['a token without signature', async () => bearer(`${Buffer.from('{"alg":"none","kid":"test-key"}').toString('base64url')}.${(await client.signIn()).split('.')[1]}.`)],
    ['an unknown API key', async () => ({ 'x-api-key': `msk_${newId()}_${'B'.repeat(43)}` })],
  ])('is not told by %s', async (_name, headers) => {
    const answer = await whoAmI(await headers());
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }); // prettier-ignore

  it('is told by an API key, which is exchanged once', async () => {
    const apiKey = `msk_${newId()}_${'A'.repeat(43)}`;
    const keyId = newId();
    notes.identities.apiKeys.set(apiKey, { typ: 'key', sub: keyId, company: client.company, scopes: ['notes:read'] });
    const before = notes.identities.exchanges;
    expect((await whoAmI({ 'x-api-key': apiKey })).body).toMatchObject({
      role: 'key',
      actor: `key:${keyId}`,
      userId: null,
    });
    expect((await whoAmI(bearer(apiKey))).status).toBe(200);
    expect(notes.identities.exchanges - before).toBe(1);
    const refused = await client.call('POST', '/v1/notifications/notes', {
      headers: { 'x-api-key': apiKey },
      body: '{"text":"x"}',
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(refused.body['detail']).toContain('notes:write');
  });

  it('is told by a name and password', async () => {
    notes.identities.apiKeys.set('ann', userClaims(client.company, client.user, 'user'));
    const authorization = `Basic ${Buffer.from('Acme/ann:secret').toString('base64')}`;
    expect((await whoAmI({ authorization })).body).toMatchObject({ role: 'user', userId: client.user });
  });

  it('is an operator only where operators are listed', async () => {
    const token = await notes.identities.token({
      typ: 'operator',
      sub: client.user,
      company: '0'.repeat(32),
      scopes: [],
    });
    expect((await whoAmI(bearer(token))).body).toMatchObject({ role: 'operator', companyId: '0'.repeat(32) });
    expect((await client.call('GET', '/v1/notifications/notes', { token })).status).toBe(403);
    expect((await client.call('GET', '/v1/notification/dead-letters', { token })).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await client.call('GET', '/v1/notification/dead-letters', { token: await client.signIn() })).status).toBe(
      403,
    );
    const replay = await client.call('POST', `/v1/notification/dead-letters/${newId()}/replay`, { token });
    expect(replay).toMatchObject({ status: 404, body: { code: 'dead_letter_not_found' } });
  });
});
