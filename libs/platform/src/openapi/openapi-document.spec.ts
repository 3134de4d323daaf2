import 'reflect-metadata';
import { expect, it } from 'vitest';
import { Gate, notesService } from '../test-support/notes-service.js';
import { openApiDocument } from './openapi-document.js';

const document = await openApiDocument(notesService(new Gate()));

function codesOf(path: string, method: 'get' | 'post', status: string): unknown {
  const response = document.paths[path]?.[method]?.responses[status];
  const schema = response && 'content' in response ? response.content?.['application/problem+json']?.schema : undefined;
  const [, own] = schema && 'allOf' in schema ? (schema.allOf ?? []) : [];
  return own && 'properties' in own ? own.properties?.['code'] : undefined;
}

it('lists what a service serves to clients, and nothing else', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual([
    '/v1/notification/dead-letters',
    '/v1/notification/dead-letters/{id}/replay',
    '/v1/notifications/bug',
    '/v1/notifications/checked',
    '/v1/notifications/form',
    '/v1/notifications/me',
    '/v1/notifications/notes',
    '/v1/notifications/notes/{id}',
      '/v1/notifications/own-ticks',
    '/v1/notifications/ticks',
  ]);
});

it('says who may call an operation', () => {
  const create = document.paths['/v1/notifications/notes']?.post;
  expect(create).toMatchObject({
    operationId: 'createNote',
    security: expect.arrayContaining([{ bearer: [] }, { apiKey: [] }]) as unknown,
    'x-muster-roles': ['administrator'],
    'x-muster-scope': 'notes:write',
    description: 'Needs the role administrator, or an API key with the scope notes:write.',
  });
  expect(document.paths['/v1/notifications/bug']?.get?.security).toBeUndefined();
});

it('names every problem code of an operation, its own and the common ones', () => {
  const path = '/v1/notifications/notes';
  expect(codesOf(`${path}/{id}`, 'get', '404')).toEqual({ type: 'string', enum: ['notification_not_found'] });
  expect(codesOf(path, 'get', '400')).toEqual({ type: 'string', enum: ['invalid_cursor'] });
  expect(codesOf(path, 'post', '409')).toEqual({ type: 'string', enum: ['idempotency_key_in_use'] });
  expect(codesOf(path, 'post', '422')).toEqual({ type: 'string', enum: ['idempotency_key_reused', 'validation_failed'] });
  expect(codesOf('/v1/notifications/bug', 'get', '401')).toBeUndefined();
  expect(codesOf('/v1/notifications/bug', 'get', '500')).toEqual({ type: 'string', enum: ['internal_error'] });
});

it('says what bodies and queries are checked for', () => {
  expect(document.components?.schemas?.['NewNoteDto']).toMatchObject({ additionalProperties: false });
  const parameters = document.paths['/v1/notifications/notes']?.get?.parameters;
  expect(parameters).toContainEqual(
    expect.objectContaining({
      name: 'limit',
      schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 500 }) as unknown,
    }),
  );
});

it('keeps its own extensions out of the document', () => {
  expect(JSON.stringify(document)).not.toContain('x-muster-problems');
});
