import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeCredential } from '@muster/contracts';
import { Questions } from '@muster/platform';
import { createOperatorKey } from '../create-operator-key.js';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

/** Changes what no route changes. */
const change = (statement: string, parameters: unknown[]) => server.change(company.id, statement, parameters);

describe('an API key', () => {
  const create = (json: Record<string, unknown>, headers = {}) =>
    server.call('POST', '/v1/api-keys', {
      token: company.token,
      json: { name: 'ERP', scopes: ['users:read'], ...json },
      headers,
    });
  const secretOf = (text: unknown) => ({ client_id: String(text).slice(4, 36), client_secret: String(text).slice(37) });
  const exchange = (apiKey: string) => server.service.app.get(Questions).ask(exchangeCredential, { apiKey });

  it('is shown once, and opens what its scopes say', async () => {
    const { status, headers, body } = await create({});
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    const token = String(body['apiKey']);
    expect(token).toMatch(/^msk_/);
    expect((await server.call('GET', '/v1/users', { token })).status).toBe(200);
    expect((await server.call('GET', '/v1/users', { headers: { 'x-api-key': token } })).status).toBe(200);
    expect((await server.createUser(token, { email: 'k@example.com' })).body).toMatchObject({ code: 'forbidden' });
    expect((await server.call('GET', '/v1/api-keys', { token })).body).toMatchObject({ code: 'forbidden' });
    const { body: list } = await server.call('GET', '/v1/api-keys', { token: company.token });
    expect(JSON.stringify(list)).not.toContain(token.slice(37));
  });

  it('is not shown again to a repeat of the request, nor kept for it', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const first = await create({ name: 'once' }, headers);
    const second = await create({ name: 'once' }, headers);
    expect(second.body).toEqual({ ...first.body, apiKey: null });
    expect((await create({ name: 'other' }, headers)).body).toMatchObject({ code: 'idempotency_key_reused' });
    const stored = await change('select body from idempotency_key', []);
    expect(JSON.stringify(stored)).not.toContain(String(first.body['apiKey']).slice(37));
  });

  it('is exchanged for a token of 5 minutes, as a client or by another service', async () => {
    const apiKey = String((await create({ scopes: ['imports:read', 'imports:write'] })).body['apiKey']);
    const { client_id: id, client_secret: secret } = secretOf(apiKey);
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const answers = [
      await server.grant('client_credentials', { client_id: id, client_secret: secret }),
      await server.grant('client_credentials', { client_id: id, client_secret: apiKey }),
      await server.grant('client_credentials', {}, { authorization: basic }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ expires_in: 300, scope: 'imports:read imports:write' });
      expect(body).not.toHaveProperty('refresh_token');
      expect(decodeJwt(String(body['access_token']))).toMatchObject({
        sub: id,
        typ: 'key',
        company: company.id,
        ver: 1,
      });
    }
    expect(await exchange(apiKey)).toMatchObject({ expiresIn: 300 });
    expect(await change('select last_used_at is not null as used from api_key where id = $1', [id])).toEqual([
      { used: true },
    ]);
  });

  it('is refused with another secret, revoked, or over', async () => {
    const [revoked, over] = [String((await create({})).body['apiKey']), String((await create({})).body['apiKey'])];
    expect(await exchange(`${revoked.slice(0, 37)}${'x'.repeat(43)}`)).toBeNull();
    expect(await exchange('msk_nonsense')).toBeNull();
    const path = `/v1/api-keys/${revoked.slice(4, 36)}`;
    expect((await server.call('DELETE', path, { token: company.token })).status).toBe(204);
    expect((await server.call('DELETE', path, { token: company.token })).body).toMatchObject({
      code: 'api_key_not_found',
    });
    await change('update api_key set expires_at = now() where id = $1', [over.slice(4, 36)]);
    for (const key of [revoked, over]) {
      expect(await exchange(key)).toBeNull();
      expect((await server.grant('client_credentials', secretOf(key))).body).toMatchObject({
        code: 'invalid_credentials',
      });
    }
  });

  it('of another company is not there', async () => {
    const other = await server.company();
    const id = String((await create({})).body['id']);
    const answer = await server.call('DELETE', `/v1/api-keys/${id}`, { token: other.token });
    expect(answer.body).toMatchObject({ status: 404, code: 'api_key_not_found' });
  });

  it.each([
    ['no scopes', { scopes: [] }, '/scopes'],
    ['an unknown scope', { scopes: ['everything'] }, '/scopes'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ['no name', { name: ' ' }, '/name'],
  ])('with %s is refused', async (_name, wishes, pointer) => {
    expect((await create(wishes)).body).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
  });

  it('takes a name and password too', async () => {
    const ask = (password: string) =>
      server.service.app
        .get(Questions)
        .ask(exchangeCredential, { company: company.name, username: company.email, password });
    expect(await ask(PASSWORD)).toMatchObject({ expiresIn: 300 });
    expect(await ask('wrong')).toBeNull();
    const basic = `Basic ${Buffer.from(`${company.name}/${company.email}:${PASSWORD}`).toString('base64')}`;
    expect((await server.call('GET', '/v1/me', { headers: { authorization: basic } })).status).toBe(200);
  });

  it('is refused as soon as it is revoked, with the tokens that were given for it', async () => {
    const apiKey = String((await create({})).body['apiKey']);
    const { body } = await server.grant('client_credentials', secretOf(apiKey));
    const statuses = async () => [
      (await server.call('GET', '/v1/users', { token: apiKey })).status,
      (await server.call('GET', '/v1/users', { token: String(body['access_token']) })).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    await server.call('DELETE', `/v1/api-keys/${apiKey.slice(4, 36)}`, { token: company.token });
    expect(await statuses()).toEqual([401, 401]);
  });

  it('is listed with what it begins with', async () => {
    const apiKey = String((await create({ name: 'listed' })).body['apiKey']);
    const { body } = await server.call('GET', '/v1/api-keys?limit=500', { token: company.token });
    const listed = (body['items'] as Record<string, unknown>[]).find(({ name }) => name === 'listed');
    expect(listed).toMatchObject({ prefix: apiKey.slice(0, 36), previousUntil: null, lastUsedAt: null });
  });
});

describe('rotating an API key', () => {
  const create = async () =>
    String(
      (
        await server.call('POST', '/v1/api-keys', {
          token: company.token,
          json: { name: 'ERP', scopes: ['users:read'] },
        })
      ).body['apiKey'],
    );
  const rotate = (apiKey: string, json: object = {}, headers: Record<string, string> = {}, token = company.token) =>
    server.call('POST', `/v1/api-keys/${apiKey.slice(4, 36)}/rotate`, { token, json, headers });
  const use = async (apiKey: string) => (await server.call('GET', '/v1/users', { token: apiKey })).status;

  it('gives a new secret, beside which the one so far is good for a day', async () => {
    const old = await create();
    const { status, headers, body } = await rotate(old);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const renewed = String(body['apiKey']);
    expect(renewed.slice(0, 36)).toBe(old.slice(0, 36));
    expect(Date.parse(String(body['previousUntil'])) - Date.now()).toBeGreaterThan(86_000_000);
    expect([await use(old), await use(renewed)]).toEqual([200, 200]);
    await change('update api_key set previous_until = now() where id = $1', [old.slice(4, 36)]);
    const asked = await server.grant('client_credentials', { client_id: old.slice(4, 36), client_secret: old });
    expect(asked.body).toMatchObject({ code: 'invalid_credentials' });
  });

  it('and its end bound what is given for a secret', async () => {
    const old = await create();
    const renewed = String((await rotate(old, { overlapSeconds: 60 })).body['apiKey']);
    const ask = async (apiKey: string) => {
      const answer = await server.service.app.get(Questions).ask(exchangeCredential, { apiKey });
      const { iat = 0, exp = 0 } = decodeJwt(answer?.accessToken ?? '');
      expect(exp - iat).toBe(answer?.expiresIn);
      return exp - iat;
    };
    expect([await ask(old), await ask(renewed)]).toEqual([expect.closeTo(59, -1), 300]);
    expect(await ask(old)).toBeLessThan(60);
    await change(`update api_key set expires_at = now() + interval '30 seconds' where id = $1`, [old.slice(4, 36)]);
    expect(await ask(renewed)).toBeLessThanOrEqual(30);
  });

  it('without an overlap ends the secret so far and its tokens at once', async () => {
    const old = await create();
    expect(await use(old)).toBe(200);
    const { body } = await rotate(old, { overlapSeconds: 0 });
    expect([await use(old), await use(String(body['apiKey']))]).toEqual([401, 200]);
  });

  it('twice ends the secret before the last, with the tokens that were given for it', async () => {
    const first = await create();
    expect(await use(first)).toBe(200);
    const second = String((await rotate(first)).body['apiKey']);
    const third = String((await rotate(second)).body['apiKey']);
    const statuses = await Promise.all(
      [first, second, third].map((apiKey) =>
        server.grant('client_credentials', { client_id: apiKey.slice(4, 36), client_secret: apiKey }),
      ),
    );
    expect(statuses.map(({ status }) => status)).toEqual([401, 200, 200]);
    expect([await use(first), await use(second), await use(third)]).toEqual([401, 200, 200]);
  });

  it('shows the secret once, also when the request is repeated', async () => {
    const headers = { 'idempotency-key': 'rotation-1' };
    const old = await create();
    const first = await rotate(old, {}, headers);
    const second = await rotate(old, {}, headers);
    expect(second.body).toEqual({ ...first.body, apiKey: null });
    expect(await use(String(first.body['apiKey']))).toBe(200);
  });

  it.each([
    ['an overlap of more than a week', { overlapSeconds: 604_801 }, '/overlapSeconds'],
    ['an overlap before now', { overlapSeconds: -1 }, '/overlapSeconds'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
  ])('with %s is refused', async (_name, wishes, pointer) => {
    expect((await rotate(await create(), wishes)).body).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer }],
    });
  });

  it('of another company, or a revoked one, is not possible', async () => {
    const apiKey = await create();
    const other = await server.company();
    expect((await rotate(apiKey, {}, {}, other.token)).body).toMatchObject({ code: 'api_key_not_found' });
    await server.call('DELETE', `/v1/api-keys/${apiKey.slice(4, 36)}`, { token: company.token });
    expect((await rotate(apiKey)).body).toMatchObject({ code: 'api_key_not_found' });
  });
});

describe('keys of operators', () => {
  it('are listed, rotated and revoked by operators, who see no others', async () => {
    const url = server.service.database.urls['user-admin'].url;
    const second = await createOperatorKey({ url, name: 'second' });
    await server.call('POST', '/v1/api-keys', { token: company.token, json: { name: 'ERP', scopes: ['users:read'] } });
    const list = async () => {
      const { body } = await server.call('GET', '/v1/api-keys', { token: server.operatorKey });
      return (body['items'] as { name: string }[]).map(({ name }) => name).toSorted();
    };
    expect(await list()).toEqual(['operator', 'second']);
    const path = `/v1/api-keys/${second.slice(4, 36)}`;
    const rotated = await server.call('POST', `${path}/rotate`, {
      token: server.operatorKey,
      json: { overlapSeconds: 0 },
    });
    const renewed = String(rotated.body['apiKey']);
    const use = async (token: string) => (await server.call('GET', '/v1/companies', { token })).status;
    expect([await use(second), await use(renewed)]).toEqual([401, 200]);
    expect((await server.call('DELETE', path, { token: company.token })).body).toMatchObject({
      code: 'api_key_not_found',
    });
    expect((await server.call('DELETE', path, { token: server.operatorKey })).status).toBe(204);
    expect([await use(renewed), await use(server.operatorKey)]).toEqual([401, 200]);
    expect(await list()).toEqual(['operator']);
  });
});
