import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { defineQuestion, Problem } from '@muster/contracts';
import { freePort } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { startNotes, TEST_SECRET, testConfig, type RunningNotes } from '../test-support/start-notes.js';
import { createHttpQuestions } from './http-questions.js';
import { Questions } from './questions.js';

const count = defineQuestion<{ text: string }, number | null>({
  name: 'count-letters',
  answeredBy: 'notification',
  description: 'How many letters? null for none.',
  request: z.object({ text: z.string() }),
  answer: z.number().nullable(),
});

let database: TestDatabase;
let notes: RunningNotes;
let asked = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  notes = await startNotes(database.urls.notification);
  notes.app.get(Questions).answer(count, async ({ text }) => {
    if (text === 'problem') throw new Problem('value_taken', { params: { field: 'text' } });
    if (text === 'slow') {
      asked += 1;
      return new Promise(() => undefined);
    }
    if (text === 'bug') throw new Error('a bug');
    return text.length || null;
  });
});
afterAll(async () => {
  await notes?.app.close();
  await database?.drop();
});

function asker(options: { url?: string; secret?: string; timeoutMs?: number } = {}): Questions {
  const { serviceUrls } = testConfig(database.urls.import);
  return new Questions(
    'import',
    createHttpQuestions({
      from: 'import',
      serviceUrls: { ...serviceUrls, notification: options.url ?? notes.url },
      serviceTokenSecret: options.secret ?? TEST_SECRET,
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    }),
  );
}

it('brings the answer, also when it is null', async () => {
  expect(await asker().ask(count, { text: 'four' })).toBe(4);
  expect(await asker().ask(count, { text: '' })).toBeNull();
  expect(await asker().ask(count, { text: 'x'.repeat(5_000_000) })).toBe(5_000_000);
});

it('brings the problem of the other service with its parameters', async () => {
  const answer = asker().ask(count, { text: 'problem' });
  await expect(answer).rejects.toMatchObject({ code: 'value_taken', params: { field: 'text' } });
});

it('is unavailable when the other service fails or is not there', async () => {
  await expect(asker().ask(count, { text: 'bug' })).rejects.toMatchObject({ code: 'service_unavailable' });
  const url = `http://127.0.0.1:${await freePort()}`;
  await expect(asker({ url }).ask(count, { text: 'x' })).rejects.toMatchObject({ code: 'service_unavailable' });
});

it('gives up what takes too long, and does not ask again', async () => {
  const answer = asker({ timeoutMs: 3_000 }).ask(count, { text: 'slow' });
  await expect(answer).rejects.toMatchObject({ code: 'service_unavailable' });
  expect(asked).toBe(1);
});

it('is open to services only', async () => {
  const another = 'another-secret-of-at-least-32-characters';
  await expect(asker({ secret: another }).ask(count, { text: 'x' })).rejects.toThrow('401');
  const token = await notes.identities.token({ typ: 'operator', sub: '0'.repeat(32) });
  for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
    const init = { method: 'POST', body: '{"text":"x"}', headers: { ...headers, 'content-type': 'application/json' } };
    expect((await fetch(`${notes.url}/internal/questions/count-letters`, init)).status).toBe(401);
  }
});
