import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revocationsSince } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { SignInPruner } from '../sign-in/sign-in-pruner.js';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
let numbered = 0;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

const change = (statement: string, parameters: unknown[]) => server.change(company.id, statement, parameters);
const since = (cursor: string | null) => server.service.app.get(Questions).ask(revocationsSince, { cursor });
const status = async (token: string, path = '/v1/me') => (await server.call('GET', path, { token })).status;

/** An administrator with everything that lets one in. */
async function administrator() {
  const email = `boss${++numbered}@example.com`;
  const { body } = await server.createUser(company.token, { email, authorizationLevel: 2 });
  const id = String(body['id']);
  await server.givePassword(company.id, id);
  const signedIn = await server.signIn(company.name, email);
  const token = String(signedIn.body['access_token']);
  const key = await server.call('POST', '/v1/api-keys', { token, json: { name: 'ERP', scopes: ['users:read'] } });
  const basic = `Basic ${Buffer.from(`${company.name}/${email}:${PASSWORD}`).toString('base64')}`;
  return {
    id,
    email,
    token,
    refresh: String(signedIn.body['refresh_token']),
    apiKey: String(key.body['apiKey']),
    basic,
  };
}

type Administrator = Awaited<ReturnType<typeof administrator>>;

/** What lets somebody in still, of token, refresh token, key, and password with each request. */
async function waysIn({ token, apiKey, basic, refresh }: Administrator) {
  const byPassword = await server.call('GET', '/v1/me', { headers: { authorization: basic } });
  return {
    token: await status(token),
    key: await status(apiKey, '/v1/users'),
    password: byPassword.status,
    refresh: (await server.grant('refresh_token', { refresh_token: refresh })).status,
  };
}

const NONE = { token: 401, key: 401, password: 401, refresh: 401 };

describe('access ends at once', () => {
  it.each([
    ['deactivated', 'update user_account set login_enabled = false where id = $1'],
    ['deactivated among others', 'update user_account set login_enabled = false where id = any (array[$1::uuid])'],
  ])('when an account is %s: tokens, sessions, and the keys that the person made', async (_name, statement) => {
    const boss = await administrator();
    expect(await waysIn(boss)).toEqual({ token: 200, key: 200, password: 200, refresh: 200 });
    await change(statement, [boss.id]);
    expect(await waysIn(boss)).toEqual(NONE);
    expect(await status(company.token)).toBe(200);
  });

  it('and comes back with new tokens only, when the account is activated again', async () => {
    const boss = await administrator();
    expect((await waysIn(boss)).password).toBe(200);
    await change('update user_account set login_enabled = false where id = $1', [boss.id]);
    await change('update user_account set login_enabled = true where id = $1', [boss.id]);
    expect(await waysIn(boss)).toEqual({ ...NONE, password: 200 });
    const { body } = await server.signIn(company.name, boss.email);
    expect(await status(String(body['access_token']))).toBe(200);
  });

  it('of a token that says another role than its person has, while the session goes on', async () => {
    const boss = await administrator();
    await change('update user_account set authorization_level = 0 where id = $1', [boss.id]);
    expect(await status(boss.token)).toBe(401);
    const { body } = await server.grant('refresh_token', { refresh_token: boss.refresh });
    const me = await server.call('GET', '/v1/me', { token: String(body['access_token']) });
    expect(me.body).toMatchObject({ role: 'user' });
  });

  it('also for a token that was given while the deactivation was not yet committed', async () => {
    const boss = await administrator();
    const commit = await begin('update user_account set login_enabled = false where id = $1', [boss.id]);
    const withPassword = async () =>
      (await server.call('GET', '/v1/me', { headers: { authorization: boss.basic } })).status;
    expect(await withPassword()).toBe(200);
    expect(await status(boss.token)).toBe(200);
    await commit();
    expect([await withPassword(), await status(boss.token)]).toEqual([401, 401]);
  });

  it('also for a session that begins at the same time', async () => {
    const boss = await administrator();
    const commit = await begin('update user_account set login_enabled = false where id = $1', [boss.id]);
    const signingIn = server.signIn(company.name, boss.email);
    await commit();
    expect((await signingIn).status).toBe(401);
    const open = await change('select 1 from session where user_id = $1 and ended_at is null', [boss.id]);
    expect(open).toEqual([]);
  });

  it('is not touched by other changes of an account', async () => {
    const boss = await administrator();
    await change(`update user_account set display_name = 'B. B.' where id = $1`, [boss.id]);
    expect(await waysIn(boss)).toEqual({ token: 200, key: 200, password: 200, refresh: 200 });
  });
});

describe('what other services are told', () => {
  it('is all that is in force, then what came since, of all companies', async () => {
    const [boss, other] = [await administrator(), await server.company()];
    const otherId = String((await server.call('GET', '/v1/me', { token: other.token })).body['id']);
    const before = await since(null);
    await change('update user_account set login_enabled = false where id = $1', [boss.id]);
    await server.call('DELETE', `/v1/users/${otherId}/sessions`, { token: other.token });
    const news = await since(before.cursor);
    const of = (kind: string, id: string) => news.revocations.filter((one) => one.kind === kind && one.id === id);
    expect(of('user', boss.id)).toEqual([{ kind: 'user', id: boss.id, minVersion: 1, exceptSession: null }]);
    expect(of('key', boss.apiKey.slice(4, 36))).toMatchObject([{ minVersion: null }]);
    expect(of('user', otherId)).toHaveLength(1);
    expect((await since(news.cursor)).revocations).toEqual([]);
    const all = (await since(null)).revocations;
    expect(all).toEqual(expect.arrayContaining([...before.revocations, ...news.revocations]));
  });

  it('includes what a slow transaction had begun before', async () => {
    const boss = await administrator();
    const commit = await begin('update user_account set login_enabled = false where id = $1', [boss.id]);
    const other = await administrator();
    await change('update user_account set login_enabled = false where id = $1', [other.id]);
    const { cursor } = await since(null);
    await commit();
    const late = (await since(cursor)).revocations.map(({ id }) => id);
    expect(late).toContain(boss.id);
    expect(late).not.toContain(other.id);
  });

  it('is forgotten once the last token has expired', async () => {
    const id = newId();
    const insert = `insert into revocation (company_id, kind, subject_id, until) values ($1, 'session', $2, now())`;
    await change(insert, [company.id, id]);
    const kept = () => change('select 1 from revocation where subject_id = $1', [id]);
    expect(await kept()).toHaveLength(1);
    expect((await since(null)).revocations.map((one) => one.id)).not.toContain(id);
    await server.service.app.get(SignInPruner).prune(new Date());
    expect(await kept()).toEqual([]);
  });
});

/** Runs a statement in a transaction that stays open until the answer is called. */
async function begin(statement: string, parameters: unknown[]): Promise<() => Promise<void>> {
  const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
  const [done, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = server.service.app.get(UnitOfWork).run(scope, async (manager) => {
    await manager.query(statement, parameters);
    done.resolve();
    await end.promise;
  });
  await Promise.race([done.promise, running]);
  return () => {
    end.resolve();
    return running;
  };
}
