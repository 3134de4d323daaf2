import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { createInProcessQuestions, createService, Metrics, startMetricsServer } from '../index.js';
import { IdempotencyPruner } from '../idempotency/idempotency-pruner.js';
import { userClaims } from '../test-support/identities.js';
import { Gate, notesService } from '../test-support/notes-service.js';
import { NO_EVENTS, startNotes, testConfig, type RunningNotes } from '../test-support/start-notes.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const COMPANY = newId();

async function create(notes: RunningNotes, headers: Record<string, string> = {}): Promise<Response> {
  const token = await notes.identities.token(userClaims(COMPANY, newId()));
  return fetch(`${notes.url}/v1/notifications/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: '{"text":"hello"}',
  });
}

it('does not start with a handler of which nobody said who may call it', async () => {
  @Controller('v1/notifications/open')
  class OpenController {
    @Get()
    readAll(): string {
      return 'everything';
    }
  }
  @Module({ controllers: [OpenController] })
  class OpenModule {}
  const definition = { ...notesService(new Gate()), module: () => OpenModule };
  const runtime = { transport: NO_EVENTS, questions: createInProcessQuestions() };
  await expect(createService(definition, testConfig(database.urls.notification), runtime)).rejects.toThrow(
    'OpenController.readAll',
  );
});

it('finishes the request in flight before it stops', async () => {
  const notes = await startNotes(database.urls.notification);
  let open = () => {};
  notes.gate.wait = new Promise((resolve) => (open = resolve));
  const answer = create(notes);
  await expect.poll(() => notes.gate.entered).toBe(1);
  const closed = notes.app.close();
  await expect.poll(() => fetch(`${notes.url}/health/live`).then(() => 'open', () => 'closed')).toBe('closed'); // prettier-ignore
  open();
  expect((await answer).status).toBe(201);
  await closed;
});

it('stops while somebody holds a stream open', async () => {
  const notes = await startNotes(database.urls.notification);
  const stream = await fetch(`${notes.url}/v1/notifications/ticks`);
  const reading = stream.text().then(() => 'finished', () => 'cut'); // prettier-ignore
  await notes.app.close();
  expect(await reading).toBe('cut');
});

describe('while it runs', () => {
  let notes: RunningNotes;
  beforeAll(async () => {
    notes = await startNotes(database.urls.notification);
  });
  afterAll(() => notes?.app.close());

  it('serves metrics by route pattern, on another port', async () => {
    await create(notes);
    await fetch(`${notes.url}/v1/notifications/notes/${newId()}`);
    const server = await startMetricsServer(notes.app.get(Metrics).registry, 0, '127.0.0.1');
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    const text = await response.text();
    await server.stop();
    const count = 'muster_http_request_duration_seconds_count';
    const labels = (method: string, route: string, status: number) =>
      `${count}{service="notification",method="${method}",route="${route}",status="${status}"} 1`;
    expect(text).toContain(labels('POST', '/v1/notifications/notes', 201));
    expect(text).toContain(labels('GET', '/v1/notifications/notes/:id', 401));
    expect(text).toContain('muster_outbox_backlog{service="notification"} 0');
    expect(text).toContain('muster_dead_letters{service="notification"} 0');
    expect(text).toContain('process_cpu_user_seconds_total');
  });

  it('forgets stored answers after a day', async () => {
    for (const key of ['old', 'new']) await create(notes, { 'idempotency-key': key });
    const scope = { companyId: COMPANY, actor: 'system', cause: 'request:test' };
    const aged = `update idempotency_key set created_at = now() - interval '25 hours' where key = 'old'`;
    await notes.app.get(UnitOfWork).run(scope, (manager) => manager.query(aged));
    expect(await notes.app.get(IdempotencyPruner).prune()).toBe(1);
    expect(await notes.app.get(IdempotencyPruner).prune()).toBe(0);
  });
});
