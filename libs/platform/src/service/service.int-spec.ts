import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, schemaDrift } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { NotesClient } from '../test-support/notes-client.js';
import { Gate, notesService } from '../test-support/notes-service.js';
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

describe('problems', () => {
  it('are application/problem+json in the language asked for, with the id of the request', async () => {
    const answer = await client.call('GET', '/v1/nothing', {
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
    const { headers } = await client.call('GET', '/health/live', { headers: { 'x-request-id': 'a b"c' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['a method that the address does not know', 'DELETE', '/v1/notifications/notes', {}, 405, 'method_not_allowed'],
    ['JSON that is none', 'POST', '/v1/notifications/notes', { body: '{"text":' }, 400, 'malformed_request'],
    ['an address that is none', 'GET', '/v1/notifications/notes/%ff', {}, 400, 'malformed_request'],
    ['a body of 1.1 MB', 'POST', '/v1/notifications/notes', { body: `"${'x'.repeat(1_150_000)}"` }, 413, 'request_too_large'],
    ['text for JSON', 'POST', '/v1/notifications/notes', { body: 'hi', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['text in no type', 'POST', '/v1/notifications/notes', { body: new TextEncoder().encode('hi') }, 415, 'unsupported_media_type'],
    ['a list for an object', 'POST', '/v1/notifications/notes', { body: '[]' }, 422, 'validation_failed'],
    ['NUL in a text', 'POST', '/v1/notifications/notes', { body: '{"text":"a\\u0000"}' }, 422, 'validation_failed'],
    ['a limit that is too large', 'GET', '/v1/notifications/notes?limit=501', {}, 422, 'validation_failed'],
    ['a cursor that is none', 'GET', '/v1/notifications/notes?cursor=x', {}, 400, 'invalid_cursor'],
    ['a header that asks for another version', 'POST', '/v1/notifications/checked', { headers: { 'if-match': '"2"' } }, 412, 'version_conflict'],
  ])('%s', async (_name, method, path, init, status, code) => {
    const token = await client.signIn(path.endsWith('checked') ? 'user' : 'administrator');
    expect(await client.call(method, path, { ...init, token })).toMatchObject({ status, body: { status, code } });
  }); // prettier-ignore

  it.each(['application/json; charset=utf-8', 'application/merge-patch+json'])(
    'are none of JSON as %s',
    async (type) => {
      const headers = { 'content-type': type };
      const answer = await client.call('POST', '/v1/notifications/notes', {
        token: await client.signInAlone(),
        body: '{"text":"as sent"}',
        headers,
      });
      expect(answer).toMatchObject({ status: 201, body: { text: 'as sent' } });
    },
  );

  it('name the methods that there are', async () => {
    const { headers } = await client.call('DELETE', '/v1/notifications/notes', { token: await client.signIn() });
    expect(headers.get('allow')).toContain('GET');
    expect(headers.get('allow')).toContain('POST');
  });

  it('point at each faulty value', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(21), priority: 0, surprise: true });
    const answer = await client.call('POST', '/v1/notifications/notes', { token: await client.signIn(), body });
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
    const answer = await client.call('GET', '/v1/notifications/bug');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret reason');
  });
});

it('takes forms, with the same rules', async () => {
  const form = (body: string) =>
    client.call('POST', '/v1/notifications/form', {
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  expect(await form('text=gr%C3%BC%C3%9F+dich')).toMatchObject({ status: 201, body: { text: 'grüß dich' } });
  expect(await form('text=a&text=b')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/text' }] } });
  expect(await form('text=a&__proto__=b')).toMatchObject({ status: 201, body: { text: 'a' } });
});

describe('companies', () => {
  it('see their own only: a foreign id is answered like an unknown one', async () => {
    const [ours, theirs] = await Promise.all([client.signIn(), client.signInAlone()]);
    const { body } = await client.create(ours, 'ours');
    expect((await client.call('GET', `/v1/notifications/notes/${String(body['id'])}`, { token: ours })).status).toBe(
      200,
    );
    const foreign = await client.call('GET', `/v1/notifications/notes/${String(body['id'])}`, { token: theirs });
    const unknown = await client.call('GET', `/v1/notifications/notes/${newId()}`, { token: theirs });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect(await client.texts(theirs)).toEqual([]);
  });
});

describe('lists', () => {
  it('are read page by page', async () => {
    const token = await client.signInAlone();
    for (const text of ['a', 'b', 'c']) await client.create(token, text);
    const first = await client.call('GET', '/v1/notifications/notes?limit=2', { token });
    expect(first.body['items']).toHaveLength(2);
    const next = await client.call(
      'GET',
      `/v1/notifications/notes?limit=2&cursor=${String(first.body['nextCursor'])}`,
      {
        token,
      },
    );
    expect(next.body).toMatchObject({ items: [{ text: 'c' }], nextCursor: null });
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
    expect((await client.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    expect((await client.call('GET', '/health/ready')).body).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' } },
    });
  });

  it('shows its API', async () => {
    const { body } = await client.call('GET', '/openapi.json');
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
    for (const asset of assets) {
      const response = await fetch(new URL(asset, page.url));
      expect(response.status).toBe(200);
      await response.text();
    }
  });
});
