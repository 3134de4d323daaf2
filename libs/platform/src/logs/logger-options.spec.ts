import type { IncomingMessage, ServerResponse } from 'node:http';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Caller } from '../auth/caller.js';
import { runInRequest, type RequestContext } from '../http/request-context.js';
import { logAs } from './log-context.js';
import { loggerOptions } from './logger-options.js';

function logged(write: (logger: pino.Logger) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(pino(loggerOptions('info'), { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

it('names the request, its company and who sent it', () => {
  const caller: Caller = {
    companyId: 'c1',
    actor: 'user:u1',
    cause: 'request:r1',
    userId: 'u1',
    role: 'user',
    scopes: [],
    language: 'en',
    traceparent: '',
  };
  const context: RequestContext = {
    service: 'import',
    requestId: 'r1',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    language: 'en',
    method: 'GET',
    path: '/',
    request: {} as IncomingMessage,
    response: {} as ServerResponse,
  };
  expect(logged((logger) => runInRequest({ ...context, caller }, () => logger.info('x')))).toMatchObject({
    service: 'import',
    requestId: 'r1',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    companyId: 'c1',
    actor: 'user:u1',
    level: 'info',
    msg: 'x',
  });
});

it('names the service outside of requests', () => {
  expect(logged((logger) => logAs({ service: 'notification' }, () => logger.info('x')))).toMatchObject({
    service: 'notification',
  });
});

it('blanks out secrets', () => {
  const line = logged((logger) =>
    logger.info({
      password: 'hidden1',
      body: { username: 'ann', password: 'hidden2' },
      req: { headers: { authorization: 'hidden3', cookie: 'hidden4', 'x-api-key': 'hidden5', host: 'example.com' } },
    }),
  );
  expect(JSON.stringify(line)).not.toContain('hidden');
  expect(JSON.stringify(line)).toContain('example.com');
});

it('shows errors with their causes, but not the values of a failed statement', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', parameters: ['hidden'] });
  const error = Object.assign(new Error('query failed', { cause }), { parameters: ['hidden'], driverError: cause });
  const line = logged((logger) => logger.error({ err: error }));
  expect(line['err']).toMatchObject({ type: 'Error', message: expect.stringContaining('duplicate key') as string });
  expect(JSON.stringify(line)).not.toContain('hidden');
});
