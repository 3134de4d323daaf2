import { scryptSync } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Metrics } from '@muster/platform';
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

/** How many passwords were compared with a hash so far. */
async function checks(): Promise<number> {
  const values = await server.service.app.get(Metrics).registry.getSingleMetric('muster_password_checks_total')?.get();
  return values?.values[0]?.value ?? 0;
}

describe('signing in with a password', () => {
  it('gives a token that verifies against the published keys, for 5 minutes', async () => {
    const { status, headers, body } = await server.signIn(company.name, company.email);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    const { payload } = await verify(body['access_token']);
    expect(payload).toMatchObject({ company: company.id, role: 'administrator', typ: 'user', scopes: [] });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
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

  it('renews a hash that has become too cheap', async () => {
    const salt = Buffer.from('a salt of its own');
    const key = scryptSync(PASSWORD, salt, 32, { N: 1024, r: 8, p: 1 });
    const cheap = ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
    const { body } = await server.createUser(company.token, { email: 'cheap@example.com' });
    await change('update user_account set password_hash = $2 where id = $1', [body['id'], cheap]);
    const hash = async () =>
      JSON.stringify(await change('select password_hash from user_account where id = $1', [body['id']]));
    expect((await server.signIn(company.name, 'cheap@example.com', 'wrong')).status).toBe(401);
    expect(await hash()).toContain('$1024$');
    expect((await server.signIn(company.name, 'cheap@example.com')).status).toBe(200);
    expect(await hash()).toContain('$32768$8$3$');
    expect((await server.signIn(company.name, 'cheap@example.com')).status).toBe(200);
  });

  it('does the same work whoever is asked for', async () => {
    const { body } = await server.createUser(company.token, { email: 'off@example.com' });
    await server.givePassword(company.id, String(body['id']));
    await change('update user_account set login_enabled = false where id = $1', [body['id']]);
    await server.createUser(company.token, { email: 'without@example.com' });
    const work = async (name: string, username: string, password: string) => {
      const before = await checks();
      expect((await server.signIn(name, username, password)).status).toBe(401);
      return (await checks()) - before;
    };
    expect(await work(company.name, company.email, 'wrong')).toBe(1);
    expect(await work(company.name, 'nobody@example.com', 'wrong')).toBe(1);
    expect(await work('Nobody Ltd', company.email, PASSWORD)).toBe(1);
    expect(await work(company.name, 'off@example.com', PASSWORD)).toBe(1);
    expect(await work(company.name, 'without@example.com', PASSWORD)).toBe(1);
  });

  it('says what is wrong with a form', async () => {
    expect((await server.grant('implicit', {})).body).toMatchObject({ status: 400, code: 'unsupported_grant_type' });
    expect((await server.grant('password', { company: 'x' })).body).toMatchObject({ code: 'malformed_request' });
    const json = await server.call('POST', '/v1/auth/token', { json: { grant_type: 'password' } });
    expect(json.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });
});

it('is in the audit log: who, from where, and what failed', async () => {
  const own = await server.company();
  await server.signIn(own.name, own.email, 'wrong');
  await server.signIn(own.name, 'nobody@example.com', 'wrong');
  const { body } = await server.signIn(own.name, own.email);
  await server.call('POST', '/v1/auth/revoke', { form: { token: String(body['refresh_token']) } });
  const entries = await server.change(
    own.id,
    `select action, actor like 'user:%' as own from audit_log where action like 'sign%' order by id`,
    [],
  );
  expect(entries).toEqual([
    { action: 'signed-in', own: true },
    { action: 'sign-in-failed', own: false },
    { action: 'signed-in', own: true },
    { action: 'signed-out', own: false },
  ]);
});
