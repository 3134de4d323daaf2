import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair } from 'jose';
import { newId, schemaDrift } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { userClaims } from '../test-support/identities.js';
import { notesService, Gate } from '../test-support/notes-service.js';
import { startNotes, type RunningNotes } from '../test-support/start-notes.js';

let database: TestDatabase;
let notes: RunningNotes;

beforeAll(async () => {
  database = await createTestDatabase();
  notes = await startNotes(database.urls.notification);
});
afterAll(async () => {
  await notes?.app.close();
  await database?.drop();
});

const COMPANY = newId();
const USER = newId();

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function call(
  method: string,
  path: string,
  init: { token?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const headers = new Headers(init.headers);
  if (init.token) headers.set('authorization', `Bearer ${init.token}`);
  if (init.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const response = await fetch(`${notes.url}${path}`, {
    method,
    headers,
    ...(init.body !== undefined && { body: init.body }),
  });
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, body } satisfies Answer;
}

const signIn = (role = 'administrator', company = COMPANY) => notes.identities.token(userClaims(company, USER, role));
const create = (token: string, text: string, key?: string) =>
  call('POST', '/v1/notifications/notes', {
    token,
    body: JSON.stringify({ text }),
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });

async function textsOf(token: string): Promise<unknown[]> {
  const { body } = await call('GET', '/v1/notifications/notes?limit=500', { token });
  return (body['items'] as { text: string }[]).map(({ text }) => text);
}

describe('problems', () => {
  it('are application/problem+json in the language asked for, with the id of the request', async () => {
    const answer = await call('GET', '/v1/nothing', {
      headers: { 'accept-language': 'de-AT', 'x-request-id': 'req-7' },
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('content-language')).toBe('de');
    expect(answer.headers.get('x-request-id')).toBe('req-7');
    expect(answer.body).toEqual({
      type: '/problems/not_found',
      title: 'Nicht gefunden',
      status: 404,
      detail: 'Unter dieser Adresse gibt es nichts.',
      code: 'not_found',
      instance: 'req-7',
      errors: [],
    });
  });

  it('replace a request id that could do harm', async () => {
    const { headers } = await call('GET', '/health/live', { headers: { 'x-request-id': 'a b"c' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['a method that the address does not know', 'DELETE', '/v1/notifications/notes', {}, 405, 'method_not_allowed'],
    ['JSON that is none', 'POST', '/v1/notifications/notes', { body: '{"text":' }, 400, 'malformed_request'],
    ['an address that is none', 'GET', '/v1/notifications/notes/%ff', {}, 400, 'malformed_request'],
    ['a body of 1.1 MB', 'POST', '/v1/notifications/notes', { body: `"${'x'.repeat(1_150_000)}"` }, 413, 'request_too_large'],
    ['text for JSON', 'POST', '/v1/notifications/notes', { body: 'hi', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['a list for an object', 'POST', '/v1/notifications/notes', { body: '[]' }, 422, 'validation_failed'],
    ['NUL in a text', 'POST', '/v1/notifications/notes', { body: '{"text":"a\\u0000"}' }, 422, 'validation_failed'],
    ['a limit that is too large', 'GET', '/v1/notifications/notes?limit=501', {}, 422, 'validation_failed'],
    ['a cursor that is none', 'GET', '/v1/notifications/notes?cursor=x', {}, 400, 'invalid_cursor'],
    ['a header that asks for another version', 'POST', '/v1/notifications/checked', { headers: { 'if-match': '"2"' } }, 412, 'version_conflict'],
  ])('%s', async (_name, method, path, init, status, code) => {
    const token = await signIn(path.endsWith('checked') ? 'user' : 'administrator');
    expect(await call(method, path, { ...init, token })).toMatchObject({ status, body: { status, code } });
  }); // prettier-ignore

  it('name the methods that there are', async () => {
    const { headers } = await call('DELETE', '/v1/notifications/notes', { token: await signIn() });
    expect(headers.get('allow')).toContain('GET');
    expect(headers.get('allow')).toContain('POST');
  });

  it('point at each faulty value', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(21), priority: 0, surprise: true });
    const answer = await call('POST', '/v1/notifications/notes', { token: await signIn(), body });
    expect(answer.body['detail']).toBe('3 values are not valid; each is listed.');
    expect(answer.body['errors']).toEqual(
      expect.arrayContaining([
        { pointer: '/text', code: 'too_long', message: 'At most 20 characters.' },
        { pointer: '/priority', code: 'too_small', message: 'Not below 1.' },
        { pointer: '/surprise', code: 'unknown_property', message: 'There is no property "surprise".' },
      ]),
    );
  });

  it('tell nobody what went wrong inside', async () => {
    const answer = await call('GET', '/v1/notifications/bug');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret reason');
  });
});

it('takes forms, with the same rules', async () => {
  const form = (body: string) =>
    call('POST', '/v1/notifications/form', { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect(await form('text=gr%C3%BC%C3%9F+dich')).toMatchObject({ status: 201, body: { text: 'grüß dich' } });
  expect(await form('text=a&text=b')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/text' }] } });
  expect(await form('text=a&__proto__=b')).toMatchObject({ status: 422 });
});

describe('who may', () => {
  const whoAmI = (headers: Record<string, string>) => call('GET', '/v1/notifications/me', { headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('is told by a token', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = {
      ...bearer(await signIn('supervisor')),
      'x-request-id': 'r1',
      traceparent,
      'accept-language': 'de',
    };
    expect((await whoAmI(headers)).body).toEqual({
      companyId: COMPANY,
      actor: `user:${USER}`,
      cause: 'request:r1',
      userId: USER,
      role: 'supervisor',
      scopes: [],
      language: 'de',
      traceparent,
    });
  });

  it.each([
    ['nothing', async () => ({})],
    ['no token', async () => bearer('x')],
    ['an expired token', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER), { expiresIn: '-1m' }))],
    ['a token of another issuer', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER), { issuer: 'x' }))],
    ['a token for others', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER), { audience: 'x' }))],
    ['a token of another key', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER), { key: (await generateKeyPair('ES256')).privateKey }))],
    ['a token of an unknown key', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER), { kid: 'other' }))],
    ['a token that makes a person an operator', async () => bearer(await notes.identities.token(userClaims(COMPANY, USER, 'operator')))],
    ['a token without signature', async () => bearer(`${Buffer.from('{"alg":"none","kid":"test-key"}').toString('base64url')}.${(await signIn()).split('.')[1]}.`)],
    ['an unknown API key', async () => ({ 'x-api-key': `msk_${newId()}_${'B'.repeat(43)}` })],
  ])('is not told by %s', async (_name, headers) => {
    const answer = await whoAmI(await headers());
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }); // prettier-ignore

  it('is told by an API key, which is exchanged once', async () => {
    const apiKey = `msk_${newId()}_${'A'.repeat(43)}`;
    const keyId = newId();
    notes.identities.apiKeys.set(apiKey, { typ: 'key', sub: keyId, company: COMPANY, scopes: ['notes:read'] });
    const before = notes.identities.exchanges;
    expect((await whoAmI({ 'x-api-key': apiKey })).body).toMatchObject({
      role: 'key',
      actor: `key:${keyId}`,
      userId: null,
    });
    expect((await whoAmI(bearer(apiKey))).status).toBe(200);
    expect(notes.identities.exchanges - before).toBe(1);
    const refused = await call('POST', '/v1/notifications/notes', {
      headers: { 'x-api-key': apiKey },
      body: '{"text":"x"}',
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(refused.body['detail']).toContain('notes:write');
  });

  it('is told by a name and password', async () => {
    notes.identities.apiKeys.set('ann', userClaims(COMPANY, USER, 'user'));
    const authorization = `Basic ${Buffer.from('Acme/ann:secret').toString('base64')}`;
    expect((await whoAmI({ authorization })).body).toMatchObject({ role: 'user', userId: USER });
  });

  it('is an operator only where operators are listed', async () => {
    const token = await notes.identities.token({ typ: 'operator', sub: USER, company: '0'.repeat(32), scopes: [] });
    expect((await whoAmI(bearer(token))).body).toMatchObject({ role: 'operator', companyId: '0'.repeat(32) });
    expect((await call('GET', '/v1/notifications/notes', { token })).status).toBe(403);
    expect((await call('GET', '/v1/notification/dead-letters', { token })).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await call('GET', '/v1/notification/dead-letters', { token: await signIn() })).status).toBe(403);
    const replay = await call('POST', `/v1/notification/dead-letters/${newId()}/replay`, { token });
    expect(replay).toMatchObject({ status: 404, body: { code: 'dead_letter_not_found' } });
  });
});

describe('companies', () => {
  it('see their own only: a foreign id is answered like an unknown one', async () => {
    const [ours, theirs] = await Promise.all([signIn(), signIn('administrator', newId())]);
    const { body } = await create(ours, 'ours');
    expect((await call('GET', `/v1/notifications/notes/${String(body['id'])}`, { token: ours })).status).toBe(200);
    const foreign = await call('GET', `/v1/notifications/notes/${String(body['id'])}`, { token: theirs });
    const unknown = await call('GET', `/v1/notifications/notes/${newId()}`, { token: theirs });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect(await textsOf(theirs)).toEqual([]);
  });
});

describe('lists', () => {
  it('are read page by page', async () => {
    const token = await signIn('administrator', newId());
    for (const text of ['a', 'b', 'c']) await create(token, text);
    const first = await call('GET', '/v1/notifications/notes?limit=2', { token });
    expect(first.body['items']).toHaveLength(2);
    const next = await call('GET', `/v1/notifications/notes?limit=2&cursor=${String(first.body['nextCursor'])}`, {
      token,
    });
    expect(next.body).toMatchObject({ items: [{ text: 'c' }], nextCursor: null });
  });
});

describe('Idempotency-Key', () => {
  it('answers a repeat with what was stored, and does nothing', async () => {
    const token = await signIn('administrator', newId());
    const first = await create(token, 'once', 'k1');
    const second = await create(token, 'once', 'k1');
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await textsOf(token)).toEqual(['once']);
  });

  it('belongs to one company and one sender', async () => {
    const [ours, theirs] = [await signIn('administrator', newId()), await signIn('administrator', newId())];
    const [first, second] = [await create(ours, 'mine', 'same'), await create(theirs, 'mine', 'same')];
    expect(second.status).toBe(201);
    expect(second.body['id']).not.toBe(first.body['id']);
  });

  it('refuses another request under the same key', async () => {
    const token = await signIn('administrator', newId());
    await create(token, 'one', 'k1');
    expect(await create(token, 'two', 'k1')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await textsOf(token)).toEqual(['one']);
  });

  it.each(['', 'x'.repeat(129), 'ü'])('is refused: %j', async (key) => {
    const token = await signIn();
    expect(await create(token, 'x', key)).toMatchObject({ status: 400, body: { code: 'idempotency_key_invalid' } });
  });

  it('lets one of two parallel requests work; the other hears that it still runs', async () => {
    const token = await signIn('administrator', newId());
    let open = () => {};
    notes.gate.wait = new Promise((resolve) => (open = resolve));
    const before = notes.gate.entered;
    const requests = Promise.all(Array.from({ length: 4 }, () => create(token, 'parallel', 'k1')));
    await expect.poll(() => notes.gate.entered - before).toBe(1);
    const late = await create(token, 'parallel', 'k1');
    expect(late).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } });
    expect(late.headers.get('retry-after')).toBe('1');
    open();
    const answers = await requests;
    notes.gate.wait = Promise.resolve();
    const done = answers.filter(({ status }) => status === 201);
    expect(answers.every(({ status, body }) => status === 201 || body['code'] === 'idempotency_key_in_use')).toBe(true);
    expect(new Set(done.map(({ body }) => body['id'])).size).toBe(1);
    expect(await textsOf(token)).toEqual(['parallel']);
    expect((await create(token, 'parallel', 'k1')).body).toEqual(done[0]?.body);
  });

  it('stores nothing of a request that failed, so that it can be repeated', async () => {
    const token = await signIn('administrator', newId());
    expect((await create(token, 'boom', 'k1')).status).toBe(500);
    expect((await create(token, 'better', 'k1')).status).toBe(201);
    expect(await textsOf(token)).toEqual(['better']);
  });
});

describe('the schema', () => {
  it('of idempotency and messaging is what their entities say', async () => {
    const { database: definition } = notesService(new Gate());
    expect(await schemaDrift(definition, database.urls.notification.ownerUrl)).toEqual([]);
  });
});

describe('for those who run it', () => {
  it('is alive and ready', async () => {
    expect((await call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    expect((await call('GET', '/health/ready')).body).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' } },
    });
  });

  it('shows its API', async () => {
    const { body } = await call('GET', '/openapi.json');
    expect(body).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/v1/notifications/notes': {
          post: { operationId: 'createNote', 'x-muster-roles': ['administrator'], 'x-muster-scope': 'notes:write' },
        },
        '/v1/notification/dead-letters': { get: { operationId: 'listNotificationDeadLetters' } },
      },
    });
    expect(JSON.stringify(body)).not.toContain('/internal/');
  });

  it.each(['/docs', '/docs/'])('shows it to people at %s, with all that the page needs', async (path) => {
    const page = await fetch(`${notes.url}${path}`);
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, asset = '']) => asset);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) expect((await fetch(new URL(asset, page.url))).status, asset).toBe(200);
  });
});
