import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

const NEW = 'zebra kiosk pfad nebel';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
});
afterAll(() => server?.service.stop());

const put = (token: string, json: object, headers = {}) =>
  server.call('PUT', '/v1/me/password', { token, json, headers });
const me = async (token: unknown) => (await server.call('GET', '/v1/me', { token: String(token) })).status;

describe('changing one’s password', () => {
  it('ends all other sessions, and what the old password let in', async () => {
    company = await server.company();
    const here = await server.signIn(company.name, company.email);
    const basic = (password: string) => ({
      headers: {
        authorization: `Basic ${Buffer.from(`${company.name}/${company.email}:${password}`).toString('base64')}`,
      },
    });
    expect((await server.call('GET', '/v1/me', basic(PASSWORD))).status).toBe(200);
    const { status } = await put(String(here.body['access_token']), { currentPassword: PASSWORD, newPassword: NEW });
    expect(status).toBe(204);
    expect([await me(here.body['access_token']), await me(company.token)]).toEqual([200, 401]);
    expect((await server.grant('refresh_token', { refresh_token: company.refreshToken })).status).toBe(401);
    expect((await server.call('GET', '/v1/me', basic(PASSWORD))).status).toBe(401);
    expect((await server.call('GET', '/v1/me', basic(NEW))).status).toBe(200);
    const refreshed = await server.grant('refresh_token', { refresh_token: String(here.body['refresh_token']) });
    expect(refreshed.status).toBe(200);
    expect((await server.signIn(company.name, company.email, PASSWORD)).status).toBe(401);
    expect((await server.signIn(company.name, company.email, NEW)).status).toBe(200);
  });

  it('with the request’s own password works too', async () => {
    const { name, email } = await server.company();
    const authorization = `Basic ${Buffer.from(`${name}/${email}:${PASSWORD}`).toString('base64')}`;
    const json = { currentPassword: PASSWORD, newPassword: NEW };
    expect((await server.call('PUT', '/v1/me/password', { json, headers: { authorization } })).status).toBe(204);
    expect((await server.signIn(name, email, NEW)).status).toBe(200);
  });

  it('needs the current one, which cannot be guessed from a stolen session', async () => {
    const { token } = await server.company();
    const codes: unknown[] = [];
    for (let n = 0; n < 6; n++)
      codes.push((await put(token, { currentPassword: `guess ${n}`, newPassword: NEW })).body['code']);
    expect(codes).toEqual([...Array<string>(5).fill('password_not_right'), 'too_many_attempts']);
  });

  it.each([
    ['too short', 'zebra-kiosk', { code: 'too_short', message: 'At least 12 characters.' }],
    ['too long', 'zebra kiosk pfad! '.repeat(8).slice(0, 129), { code: 'too_long' }],
    ['common', 'passwort123456', { code: 'password_too_common' }],
    ['personal', 'Admin@example.com', { code: 'password_too_personal' }],
  ])('to one that is %s is refused', async (_name, newPassword, error) => {
    const { token } = await server.company();
    const { body } = await put(token, { currentPassword: PASSWORD, newPassword });
    expect(body).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ pointer: '/newPassword', ...error }],
    });
    expect(JSON.stringify(body)).not.toContain(newPassword);
  });

  it('says why in German', async () => {
    const { token } = await server.company();
    const json = { currentPassword: PASSWORD, newPassword: 'aaaaaaaaaaaaaaa' };
    const { body } = await put(token, json, { 'accept-language': 'de' });
    expect(JSON.stringify(body['errors'])).toContain('Dieses Passwort verwenden viele');
  });

  it('is for people', async () => {
    const { body } = await put(server.operatorKey, { currentPassword: PASSWORD, newPassword: NEW });
    expect(body).toMatchObject({ code: 'forbidden' });
  });
});

it('the first administrator’s password obeys the same rules', async () => {
  const administrator = { email: 'a@example.com', firstName: 'A', lastName: 'B', password: 'Rechenwerk 2026' };
  const settings = {
    name: 'Rechenwerk',
    language: 'de',
    timeZone: 'Europe/Vienna',
    country: 'AT',
    licences: 1,
    administrator,
  };
  const { body } = await server.call('POST', '/v1/companies', { token: server.operatorKey, json: settings });
  expect(body).toMatchObject({
    code: 'validation_failed',
    errors: [{ pointer: '/administrator/password', code: 'password_too_personal' }],
  });
});
