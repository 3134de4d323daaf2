import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

describe('who am I', () => {
  it('tells a person', async () => {
    const { body } = await server.call('GET', '/v1/me', { token: company.token });
    expect(body).toMatchObject({
      type: 'user',
      displayName: 'Ada Admin',
      email: 'Admin@example.com',
      role: 'administrator',
      language: 'de',
      company: { id: company.id, name: company.name },
    });
  });

  it('tells an operator, and a key', async () => {
    const operator = await server.call('GET', '/v1/me', { token: server.operatorKey });
    expect(operator.body).toMatchObject({ type: 'operator', displayName: 'operator', role: 'operator', company: null });
    const json = { name: 'ERP', scopes: ['company:read'] };
    const { body } = await server.call('POST', '/v1/api-keys', { token: company.token, json });
    const key = await server.call('GET', '/v1/me', { token: String(body['apiKey']) });
    expect(key.body).toMatchObject({ type: 'key', displayName: 'ERP', role: 'key', company: { id: company.id } });
  });
});
