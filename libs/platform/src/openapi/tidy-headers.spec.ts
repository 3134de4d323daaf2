import type { OpenAPIObject } from '@nestjs/swagger';
import { expect, it } from 'vitest';
import { tidyHeaders } from './tidy-headers.js';

const header = (name: string, required: boolean) => ({ name, in: 'header' as const, required, schema: { type: 'string' } });

function tidied(...parameters: object[]): unknown {
  const responses = { 200: { description: 'OK' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'one', version: '1' },
    paths: { '/v1/uploads': { post: { operationId: 'createUpload', parameters, responses } } },
  } as OpenAPIObject;
  tidyHeaders(document);
  return document.paths['/v1/uploads']?.post?.parameters;
}

it('keeps the described one of two that mean the same header', () => {
  expect(tidied(header('idempotency-key', true), header('Idempotency-Key', false))).toMatchObject([
    { name: 'Idempotency-Key', required: false },
  ]);
});

it('makes a header that only code reads an optional one', () => {
  expect(tidied(header('last-event-id', true))).toEqual([header('Last-Event-ID', false)]);
});

it('leaves authorization to the security of the operation, and everything else as it is', () => {
  const limit = { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } };
  expect(tidied(header('authorization', true), limit, header('X-Any', true))).toEqual([limit, header('X-Any', true)]);
});

it.each([
  ['If-Match', ['*', '"7"', 'W/"7"'], ['', '7', '"a"', '"7", "8"']],
  ['Idempotency-Key', ['a', 'a b', '~'.repeat(128)], ['', ' ', 'a ', 'ä']],
])('says what %s looks like', (name, good, bad) => {
  const [{ schema }] = tidied(header(name, true)) as [{ schema: { pattern: string } }];
  for (const value of good) expect(value).toMatch(new RegExp(schema.pattern, 'u'));
  for (const value of bad) expect(value).not.toMatch(new RegExp(schema.pattern, 'u'));
});
