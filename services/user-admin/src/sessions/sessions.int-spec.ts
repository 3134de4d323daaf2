import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

interface Person {
  readonly id: string;
  readonly email: string;
}

async function person(name: string): Promise<Person> {
  const email = `${name}@example.com`;
  const { body } = await server.createUser(company.token, { email });
  await server.givePassword(company.id, String(body['id']));
  return { id: String(body['id']), email };
}

async function signIn({ email }: Person, userAgent = 'Phone'): Promise<{ token: string; refresh: string }> {
  const form = { company: company.name, username: email, password: 'correct horse battery' };
  const { body } = await server.grant('password', form, { 'user-agent': userAgent });
  return { token: String(body['access_token']), refresh: String(body['refresh_token']) };
}

const items = ({ body }: Answer) => body['items'] as Record<string, unknown>[];
const get = (path: string, token: string) => server.call('GET', path, { token });
const me = async (token: string) => (await get('/v1/me', token)).status;

describe('own sessions', () => {
  it('are listed, with the one that asks', async () => {
    const anna = await person('anna');
    await signIn(anna, 'Desk');
    const phone = await signIn(anna);
    const listed = items(await get('/v1/me/sessions', phone.token));
    expect(listed).toMatchObject([
      {
        current: false,
        method: 'password',
        userAgent: 'Desk',
        address: expect.stringContaining('127.0.0.1') as string,
      },
      { current: true, userAgent: 'Phone' },
    ]);
    const { body } = await get('/v1/me/sessions?limit=1', phone.token);
    const next = await get(`/v1/me/sessions?limit=1&cursor=${String(body['nextCursor'])}`, phone.token);
    expect([items({ body } as Answer)[0]?.['id'], items(next)[0]?.['id']]).toEqual(listed.map(({ id }) => id));
  });

  it('go on with each refresh', async () => {
    const rita = await person('rita');
    const { refresh } = await signIn(rita, 'Old');
    const { body } = await server.grant('refresh_token', { refresh_token: refresh }, { 'user-agent': 'New' });
    const listed = items(await get('/v1/me/sessions', String(body['access_token'])));
    expect(listed).toMatchObject([{ current: true, userAgent: 'New' }]);
    expect(Date.parse(String(listed[0]?.['lastUsedAt']))).toBeGreaterThan(Date.parse(String(listed[0]?.['createdAt'])));
  });

  it('are ended one by one, with their tokens', async () => {
    const bert = await person('bert');
    const [desk, phone] = [await signIn(bert, 'Desk'), await signIn(bert)];
    const [first] = items(await get('/v1/me/sessions', phone.token));
    const path = `/v1/me/sessions/${String(first?.['id'])}`;
    expect((await server.call('DELETE', path, { token: phone.token })).status).toBe(204);
    expect([await me(desk.token), await me(phone.token)]).toEqual([401, 200]);
    expect((await server.grant('refresh_token', { refresh_token: desk.refresh })).status).toBe(401);
    expect(items(await get('/v1/me/sessions', phone.token))).toHaveLength(1);
    expect((await server.call('DELETE', path, { token: phone.token })).body).toMatchObject({
      code: 'session_not_found',
    });
  });

  it('of others are not there', async () => {
    const [carl, dora] = [await person('carl'), await person('dora')];
    const [his, hers] = [await signIn(carl), await signIn(dora)];
    const [session] = items(await get('/v1/me/sessions', his.token));
    for (const id of [String(session?.['id']), newId(), 'x']) {
      const answer = await server.call('DELETE', `/v1/me/sessions/${id}`, { token: hers.token });
      expect(answer.body).toMatchObject({ status: 404, code: 'session_not_found' });
    }
    expect(await me(his.token)).toBe(200);
  });

  it('end with the refresh token that is revoked', async () => {
    const emil = await person('emil');
    const { token, refresh } = await signIn(emil);
    await server.call('POST', '/v1/auth/revoke', { form: { token: refresh } });
    expect(await me(token)).toBe(401);
  });
});

describe('sessions of an account', () => {
  const path = (id: string) => `/v1/users/${id}/sessions`;

  it('are listed and ended by administrators', async () => {
    const fred = await person('fred');
    const [desk, phone] = [await signIn(fred, 'Desk'), await signIn(fred)];
    expect(items(await get(path(fred.id), company.token))).toMatchObject([
      { current: false, userAgent: 'Desk' },
      { current: false, userAgent: 'Phone' },
    ]);
    expect((await server.call('DELETE', path(fred.id), { token: company.token })).status).toBe(204);
    expect([await me(desk.token), await me(phone.token)]).toEqual([401, 401]);
    expect(items(await get(path(fred.id), company.token))).toEqual([]);
    expect(await me((await signIn(fred)).token)).toBe(200);
  });

  it('are nobody else’s business', async () => {
    const gina = await person('gina');
    const { token } = await signIn(gina);
    const other = await server.company();
    for (const method of ['GET', 'DELETE']) {
      expect((await server.call(method, path(gina.id), { token })).body).toMatchObject({ code: 'forbidden' });
      for (const id of [gina.id, newId(), 'x']) {
        const answer = await server.call(method, path(id), { token: other.token });
        expect(answer.body).toMatchObject({ status: 404, code: 'user_not_found' });
      }
    }
    expect(await me(token)).toBe(200);
  });
});
