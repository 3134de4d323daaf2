import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeCredential } from '@muster/contracts';
import { Questions } from '@muster/platform';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

/** Changes accounts or keys behind the service's back, as no route does yet. */
const change = (statement: string, parameters: unknown[]) => server.change(company.id, statement, parameters);

const verify = (token: unknown) =>
  jwtVerify(String(token), createRemoteJWKSet(new URL(`${server.service.url}/.well-known/jwks.json`)), {
    algorithms: ['ES256'],
    issuer: 'muster',
    audience: 'muster',
  });

describe('signing in with a password', () => {
  it('gives a token that verifies against the published keys, for 15 minutes', async () => {
    const { status, headers, body } = await server.signIn(company.name, company.email);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const { payload } = await verify(body['access_token']);
    expect(payload).toMatchObject({ company: company.id, role: 'administrator', typ: 'user', scopes: [] });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(900);
    const { body: jwks } = await server.call('GET', '/.well-known/jwks.json');
    expect(Object.keys((jwks['keys'] as object[])[0] ?? {}).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ]);
  });

  it.each([
    ['the name in other letter case', () => [company.name.toUpperCase(), 'ADMIN@EXAMPLE.COM']],
    ['the id of the company', () => [company.id, company.email]],
    ['the username', () => [company.name, 'admin']],
  ])('takes %s', async (_name, names) => {
    const [name = '', username = ''] = names();
    expect((await server.signIn(name, username)).status).toBe(200);
  });

  it.each([
    ['another password', () => [company.name, company.email, `${PASSWORD}!`]],
    ['another company', () => ['Nobody Ltd', company.email, PASSWORD]],
    ['another name', () => [company.name, 'nobody@example.com', PASSWORD]],
  ])('refuses %s, always with the same words', async (_name, credentials) => {
    const [name = '', username = '', password = ''] = credentials();
    const { status, body } = await server.signIn(name, username, password);
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'invalid_credentials' });
  });

  it('refuses accounts without a password and deactivated ones', async () => {
    const { body } = await server.createUser(company.token, { email: 'second@example.com' });
    expect((await server.signIn(company.name, 'second@example.com')).status).toBe(401);
    await server.givePassword(company.id, String(body['id']));
    const signedIn = await server.signIn(company.name, 'second@example.com');
    expect(signedIn.status).toBe(200);
    await change('update user_account set login_enabled = false where id = $1', [body['id']]);
    expect((await server.signIn(company.name, 'second@example.com')).status).toBe(401);
    const refresh = { refresh_token: String(signedIn.body['refresh_token']) };
    expect((await server.grant('refresh_token', refresh)).status).toBe(401);
  });

  it('says what is wrong with a form', async () => {
    expect((await server.grant('implicit', {})).body).toMatchObject({ status: 400, code: 'unsupported_grant_type' });
    expect((await server.grant('password', { company: 'x' })).body).toMatchObject({ code: 'malformed_request' });
    const json = await server.call('POST', '/v1/auth/token', { json: { grant_type: 'password' } });
    expect(json.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });
});

describe('a refresh token', () => {
  const refresh = (token: unknown) => server.grant('refresh_token', { refresh_token: String(token) });
  const signIn = async () => (await server.signIn(company.name, company.email)).body['refresh_token'];

  it('is replaced by each use, and the second use of one ends its family', async () => {
    const first = await signIn();
    const { status, body } = await refresh(first);
    expect(status).toBe(200);
    await verify(body['access_token']);
    expect(body['refresh_token']).not.toBe(first);
    expect((await refresh(first)).body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect((await refresh(body['refresh_token'])).status).toBe(401);
  });

  it('used many times at once gives one token at most, and its family ends', async () => {
    const first = await signIn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect((await refresh(good[0]?.body['refresh_token'])).status).toBe(401);
  });

  it('leaves other families alone', async () => {
    const [one, other] = [await signIn(), await signIn()];
    await refresh(one);
    await refresh(one);
    expect((await refresh(other)).status).toBe(200);
  });

  it('ends when it is revoked; an unknown one is let pass', async () => {
    const token = String(await signIn());
    const revoke = (text: string) => server.call('POST', '/v1/auth/revoke', { form: { token: text } });
    expect((await revoke(token)).status).toBe(200);
    expect((await refresh(token)).status).toBe(401);
    expect((await revoke(`mrt_${'0'.repeat(32)}_${'x'.repeat(43)}`)).status).toBe(200);
    expect((await revoke('nonsense')).status).toBe(200);
  });

  it('is refused with another secret, and once it is over', async () => {
    const token = String(await signIn());
    expect((await refresh(`${token.slice(0, -43)}${'x'.repeat(43)}`)).status).toBe(401);
    await change('update refresh_token set expires_at = now() where id = $1', [token.slice(4, 36)]);
    expect((await refresh(token)).status).toBe(401);
  });
});

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
      const { payload } = await verify(body['access_token']);
      expect(payload).toMatchObject({ sub: id, typ: 'key', role: 'key', company: company.id });
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
});

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
