import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
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

describe('Idempotency-Key', () => {
  it('answers a repeat with what was stored, and does nothing', async () => {
    const token = await client.signInAlone();
    const first = await client.create(token, 'once', 'k1');
    const second = await client.create(token, 'once', 'k1');
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await client.texts(token)).toEqual(['once']);
  });

  it('belongs to one company and one sender', async () => {
    const [ours, theirs] = [await client.signInAlone(), await client.signInAlone()];
    const [first, second] = [await client.create(ours, 'mine', 'same'), await client.create(theirs, 'mine', 'same')];
    expect(second.status).toBe(201);
    expect(second.body['id']).not.toBe(first.body['id']);
  });

  it('refuses another request under the same key', async () => {
    const token = await client.signInAlone();
    await client.create(token, 'one', 'k1');
    expect(await client.create(token, 'two', 'k1')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    expect(await client.texts(token)).toEqual(['one']);
  });

  it.each(['', 'x'.repeat(129), 'ü'])('is refused: %j', async (key) => {
    const token = await client.signIn();
    expect(await client.create(token, 'x', key)).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_invalid' },
    });
  });

  it('lets one of two parallel requests work; the other hears that it still runs', async () => {
    const token = await client.signInAlone();
    let open = () => {};
    notes.gate.wait = new Promise((resolve) => (open = resolve));
    const before = notes.gate.entered;
    const requests = Promise.all(Array.from({ length: 4 }, () => client.create(token, 'parallel', 'k1')));
    await expect.poll(() => notes.gate.entered - before).toBe(1);
    const late = await client.create(token, 'parallel', 'k1');
    expect(late).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } });
    expect(late.headers.get('retry-after')).toBe('1');
    open();
    const answers = await requests;
    notes.gate.wait = Promise.resolve();
    const done = answers.filter(({ status }) => status === 201);
    expect(answers.every(({ status, body }) => status === 201 || body['code'] === 'idempotency_key_in_use')).toBe(true);
    expect(new Set(done.map(({ body }) => body['id'])).size).toBe(1);
    expect(await client.texts(token)).toEqual(['parallel']);
    expect((await client.create(token, 'parallel', 'k1')).body).toEqual(done[0]?.body);
  });

  it('stores nothing of a request that failed, so that it can be repeated', async () => {
    const token = await client.signInAlone();
    expect((await client.create(token, 'boom', 'k1')).status).toBe(500);
    expect((await client.create(token, 'better', 'k1')).status).toBe(201);
    expect(await client.texts(token)).toEqual(['better']);
  });
});
