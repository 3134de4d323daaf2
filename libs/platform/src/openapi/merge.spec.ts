import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { MergeError, mergeOpenApi } from './merge.js';

const responses = { 200: { description: 'OK' } };
const health = { get: { operationId: 'isLive', summary: 'Whether the process lives', responses } };

function document(paths: OpenAPIObject['paths'], schemas: Record<string, object> = {}): OpenAPIObject {
  return { openapi: '3.1.0', info: { title: 'one', version: '1' }, paths, components: { schemas } };
}

function get(operationId: string, summary = 'Says something') {
  return { get: { operationId, summary, responses } };
}

function faultsOf(...parameters: Parameters<typeof mergeOpenApi>): readonly string[] {
  try {
    mergeOpenApi(...parameters);
  } catch (error) {
    if (error instanceof MergeError) return error.faults;
    throw error;
  }
  return [];
}

describe('mergeOpenApi', () => {
  it('puts paths and schemas together in the order of their names, whatever the order they came in', () => {
    const users = document({ '/v1/users': get('listUsers'), '/v1/me': get('getMe') }, { User: { type: 'object' } });
    const customers = document({ '/v1/customers': get('listCustomers') }, { Customer: { type: 'object' } });
    const merged = mergeOpenApi({ 'user-admin': users, 'field-data': customers });
    expect(Object.keys(merged.paths)).toEqual(['/v1/customers', '/v1/me', '/v1/users']);
    expect(Object.keys(merged.components?.schemas ?? {})).toEqual(['Customer', 'User']);
    expect(JSON.stringify(mergeOpenApi({ 'field-data': customers, 'user-admin': users }))).toBe(JSON.stringify(merged));
  });

  it('takes once what all services have alike', () => {
    const problem = { Problem: { type: 'object', properties: { code: { type: 'string' } } } };
    const merged = mergeOpenApi({
      'user-admin': document({ '/health/live': health }, problem),
      'field-data': document({ '/health/live': health }, problem),
    });
    expect(merged.paths).toEqual({ '/health/live': health });
    expect(merged.components?.schemas).toEqual(problem);
  });

  it('refuses one name with two meanings', () => {
    expect(
      faultsOf({
        'user-admin': document({}, { Page: { type: 'object' } }),
        'field-data': document({}, { Page: { type: 'array' } }),
      }),
    ).toEqual(['schemas Page: two services mean different things by it']);
  });

  it('refuses operations without name or summary, and names given twice', () => {
    const paths = {
      '/v1/customers': { get: { responses } },
      '/v1/customers/{id}': { ...get('getCustomer'), delete: { ...get('getCustomer').get } },
    };
    expect(faultsOf({ 'field-data': document(paths) })).toEqual([
      'GET /v1/customers: has no summary',
      'GET /v1/customers: has no operationId',
      'DELETE /v1/customers/{id}: has the operationId getCustomer of GET /v1/customers/{id}',
    ]);
  });

  it.each([
    ['/v1/customers', 'path /v1/customers: served by import, but ROUTES gives it to field-data'],
    ['/v1/unheard-of', 'path /v1/unheard-of: served by import, but ROUTES gives it to nobody'],
  ])('refuses the path %s of a service that it is not routed to', (path, fault) => {
    expect(faultsOf({ import: document({ [path]: get('doIt') }) })).toEqual([fault]);
  });
});
