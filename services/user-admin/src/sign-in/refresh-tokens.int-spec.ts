import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

/** Changes what no route changes. */
const change = (statement: string, parameters: unknown[]) => server.change(company.id, statement, parameters);

describe('a refresh token', () => {
  const refresh = (token: unknown, userAgent = 'one') =>
    server.grant('refresh_token', { refresh_token: String(token) }, { 'user-agent': userAgent });
  const signIn = async () => (await server.signIn(company.name, company.email)).body['refresh_token'];
  const tokenOf = async (token: unknown, userAgent?: string) => (await refresh(token, userAgent)).body['refresh_token'];

  it('is replaced by each use, and the second use of one by another client ends its session', async () => {
    const first = await signIn();
    const { status, body } = await refresh(first);
    expect(status).toBe(200);
    expect(body['refresh_token']).not.toBe(first);
    expect((await refresh(first, 'two')).body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect((await refresh(body['refresh_token'])).status).toBe(401);
    const me = await server.call('GET', '/v1/me', { token: String(body['access_token']) });
    expect(me.body).toMatchObject({ code: 'unauthenticated' });
  });

  it('whose answer was lost is given another by the same client, once', async () => {
    const first = await signIn();
    const lost = await tokenOf(first);
    const second = await tokenOf(first);
    expect(second).not.toBe(lost);
    const third = await tokenOf(second);
    expect(third).toBeDefined();
    expect((await refresh(first)).status).toBe(401);
    expect((await refresh(third)).status).toBe(401);
  });

  it('that was lost and turns up ends the session', async () => {
    const first = await signIn();
    const stolen = await tokenOf(first);
    const second = await tokenOf(first);
    expect((await refresh(stolen)).status).toBe(401);
    expect((await refresh(second)).status).toBe(401);
  });

  it('is not given another when the answer had arrived', async () => {
    const first = await signIn();
    const second = await tokenOf(first);
    expect(await tokenOf(second)).toBeDefined();
    expect((await refresh(first)).status).toBe(401);
  });

  it('is not given another after the grace', async () => {
    const first = String(await signIn());
    await refresh(first);
    await change(`update refresh_token set used_at = now() - interval '21 seconds' where id = $1`, [
      first.slice(4, 36),
    ]);
    expect((await refresh(first)).status).toBe(401);
  });

  it('used many times at once gives two tokens at most, and its session ends', async () => {
    const first = await signIn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(2);
    for (const { body } of good) expect((await refresh(body['refresh_token'])).status).toBe(401);
  });

  it('lasts no longer than its session', async () => {
    const first = String(await signIn());
    await change(
      `update session set expires_at = now() + interval '1 hour'
        where id = (select session_id from refresh_token where id = $1)`,
      [first.slice(4, 36)],
    );
    const second = String(await tokenOf(first));
    const rows = await change(
      `select expires_at < now() + interval '61 minutes' as short from refresh_token where id = $1`,
      [second.slice(4, 36)],
    );
    expect(rows).toEqual([{ short: true }]);
    await change(
      `update session set expires_at = now() where id = (select session_id from refresh_token where id = $1)`,
      [first.slice(4, 36)],
    );
    expect((await refresh(second)).status).toBe(401);
  });

  it('leaves other sessions alone', async () => {
    const [one, other] = [await signIn(), await signIn()];
    await refresh(one);
    await refresh(one, 'two');
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
