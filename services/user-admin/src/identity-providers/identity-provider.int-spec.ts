import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Issuer } from '../test-support/issuer.js';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

const PATH = '/v1/company/identity-provider';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let server: UserAdmin;
let issuer: Issuer;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start({ config: { outboundTo: 'any' } });
  issuer = await Issuer.start();
  company = await server.company();
  await register({});
});
afterAll(async () => {
  await server?.service.stop();
  await issuer?.stop();
});

const register = (wishes: Record<string, unknown>, token = company.token, headers: Record<string, string> = {}) =>
  server.call('PUT', PATH, {
    token,
    json: { issuer: issuer.url, audience: 'muster', matchBy: 'email', ...wishes },
    headers,
  });
const signIn = async (claims: Record<string, unknown>, name = company.name) =>
  server.grant(JWT_BEARER, { company: name, assertion: await issuer.sign(claims) });
const me = (token: unknown) => server.call('GET', '/v1/me', { token: String(token) });

describe('the issuer of a company', () => {
  it('is registered, read, changed and withdrawn by administrators', async () => {
    const { token } = await server.company();
    const get = () => server.call('GET', PATH, { token });
    expect((await get()).body).toMatchObject({ status: 404, code: 'identity_provider_not_found' });
    const put = await register({}, token);
    expect(put.status).toBe(200);
    expect(put.headers.get('etag')).toBe('"1"');
    expect((await get()).body).toEqual(put.body);
    expect(put.body).toMatchObject({ issuer: issuer.url, audience: 'muster', matchBy: 'email', claim: 'email' });
    const conflict = await register({ claim: 'upn' }, token, { 'if-match': '"7"' });
    expect(conflict.body).toMatchObject({ code: 'version_conflict' });
    const changed = await register({ matchBy: 'username' }, token, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ claim: 'preferred_username', createdAt: put.body['createdAt'] });
    expect((await server.call('DELETE', PATH, { token })).status).toBe(204);
    expect((await server.call('DELETE', PATH, { token })).body).toMatchObject({ code: 'identity_provider_not_found' });
  });

  it('is nobody else’s to register', async () => {
    const { body } = await server.createUser(company.token, { email: 'plain@example.com' });
    await server.givePassword(company.id, String(body['id']));
    const plain = await server.signIn(company.name, 'plain@example.com');
    expect((await register({}, String(plain.body['access_token']))).body).toMatchObject({ code: 'forbidden' });
    const json = { name: 'ERP', scopes: ['company:read', 'company:write', 'users:write'] };
    const key = await server.call('POST', '/v1/api-keys', { token: company.token, json });
    expect((await register({}, String(key.body['apiKey']))).body).toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['does not answer', { issuer: 'http://127.0.0.1:9' }, {}, 'identity_provider_unreachable'],
    ['names another', {}, { issuer: 'https://login.example.com' }, 'identity_provider_unreachable'],
    ['has its keys nowhere', {}, { jwks_uri: 7 }, 'identity_provider_unreachable'],
    ['has its keys in a file', {}, { jwks_uri: 'file:///etc/passwd' }, 'identity_provider_unreachable'],
    ['is no address', { issuer: 'login' }, {}, 'validation_failed'],
    ['has a query', { issuer: 'https://login.example.com/?a=b' }, {}, 'validation_failed'],
    ['is matched by anything', { matchBy: 'id' }, {}, 'validation_failed'],
  ])('that %s is refused', async (_name, wishes, discovery, code) => {
    issuer.discovery = discovery;
    expect((await register(wishes)).body).toMatchObject({ status: 422, code });
    issuer.discovery = {};
  });
});

describe('an ID token', () => {
  it('lets the person in whom it names, for half a day', async () => {
    const { status, body } = await signIn({ email: 'ADMIN@example.com' });
    expect(status).toBe(200);
    expect((await me(body['access_token'])).body).toMatchObject({ email: company.email, role: 'administrator' });
    const sessions = await server.call('GET', '/v1/me/sessions', { token: String(body['access_token']) });
    const current = (sessions.body['items'] as Record<string, unknown>[]).find((session) => session['current']);
    expect(current).toMatchObject({ method: 'identityProvider' });
    expect(Date.parse(String(current?.['expiresAt'])) - Date.now()).toBeLessThanOrEqual(12 * 60 * 60 * 1000);
    expect((await server.grant('refresh_token', { refresh_token: String(body['refresh_token']) })).status).toBe(200);
  });

  it('is good once, also at the same time', async () => {
    const assertion = await issuer.sign({ email: company.email, jti: 'once' });
    const use = () => server.grant(JWT_BEARER, { company: company.name, assertion });
    const answers = await Promise.all([use(), use(), use()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
    expect((await use()).body).toMatchObject({ code: 'invalid_credentials' });
  });

  it('works in the company whose registration it fits, and says not which', async () => {
    const [other, without] = [await server.company(), await server.company()];
    await register({ audience: 'other' }, other.token);
    const claims = { email: company.email, company: other.id, company_id: other.id };
    expect((await signIn({ ...claims, jti: '1' }, other.name)).status).toBe(401);
    expect((await signIn({ ...claims, jti: '2' }, without.name)).status).toBe(401);
    expect((await signIn({ ...claims, jti: '3' }, 'Nobody Ltd')).status).toBe(401);
    const { body } = await signIn({ ...claims, jti: '4' });
    expect((await me(body['access_token'])).body).toMatchObject({ company: { id: company.id } });
  });

  it.each([
    ['nobody', { email: 'nobody@example.com' }],
    ['somebody who is deactivated', { email: 'gone@example.com' }],
    ['somebody by another claim', { upn: 'admin@example.com' }],
    ['what cannot be stored', { email: 'a\0@example.com' }],
  ])('that names %s lets nobody in', async (_name, claims) => {
    await server.createUser(company.token, { email: 'gone@example.com' });
    await server.change(company.id, 'update user_account set login_enabled = false where email_key = $1', [
      'gone@example.com',
    ]);
    expect((await signIn(claims)).body).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('names people by employee number, exactly', async () => {
    const own = await server.company();
    const { body } = await server.createUser(own.token, { email: 'n@example.com', employeeNumber: '007' });
    await register({ matchBy: 'employeeNumber', claim: 'https://example.com/nr' }, own.token);
    const { body: token } = await signIn({ 'https://example.com/nr': '007' }, own.name);
    expect((await me(token['access_token'])).body).toMatchObject({ id: body['id'] });
    expect((await signIn({ 'https://example.com/nr': '7' }, own.name)).status).toBe(401);
  });

  it.each([['nonsense'], ['a.b.c'], ['x'.repeat(20_000)]])('that is none is refused', async (assertion) => {
    const { body } = await server.grant(JWT_BEARER, { company: company.name, assertion });
    expect(body).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('no longer lets anybody in once the issuer is withdrawn, nor does what it gave', async () => {
    const own = await server.company();
    await register({}, own.token);
    const { body } = await signIn({ email: own.email }, own.name);
    expect((await me(body['access_token'])).status).toBe(200);
    await server.call('DELETE', PATH, { token: own.token });
    expect((await me(body['access_token'])).status).toBe(401);
    expect((await server.grant('refresh_token', { refresh_token: String(body['refresh_token']) })).status).toBe(401);
    expect((await signIn({ email: own.email, jti: 'again' }, own.name)).status).toBe(401);
    expect((await me(own.token)).status).toBe(200);
  });
});

it('keys are kept, and read anew when one is not known, but not as often as somebody likes', async () => {
  const [own, rotating] = [await server.company(), await Issuer.start()];
  try {
    await register({ issuer: rotating.url }, own.token);
    const use = async (jti: string) => {
      const assertion = await rotating.sign({ email: own.email, jti });
      return (await server.grant(JWT_BEARER, { company: own.name, assertion })).status;
    };
    expect(await use('1')).toBe(200);
    const { asked } = rotating;
    expect(await use('2')).toBe(200);
    expect(rotating.asked).toBe(asked);
    await rotating.newKey('second');
    expect(await use('3')).toBe(200);
    expect(rotating.asked).toBe(asked + 1);
    await rotating.newKey('third');
    expect([await use('4'), await use('5')]).toEqual([401, 401]);
    expect(rotating.asked).toBe(asked + 1);
  } finally {
    await rotating.stop();
  }
});

it('outside of development no issuer may be in a private network', async () => {
  const strict = await UserAdmin.start();
  try {
    const { token } = await strict.company();
    const json = { issuer: issuer.url, audience: 'muster', matchBy: 'email' };
    const { body } = await strict.call('PUT', PATH, { token, json });
    expect(body).toMatchObject({ code: 'identity_provider_unreachable' });
    expect(String(body['detail'])).toContain('public host');
  } finally {
    await strict.service.stop();
  }
});
