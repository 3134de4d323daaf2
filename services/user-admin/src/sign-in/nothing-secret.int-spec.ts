import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { PASSWORD, UserAdmin } from '../test-support/user-admin.js';

const NEW_PASSWORD = 'zebra kiosk pfad nebel';
const GUESS = 'a guess that is a secret elsewhere';

let server: UserAdmin;
const lines: string[] = [];
/** What must stand nowhere, by what it is. */
const secrets = new Map<string, string>([
  ['the password', PASSWORD],
  ['the new password', NEW_PASSWORD],
  ['a wrong password', GUESS],
]);

/** Whatever a client can do with secrets, rightly and wrongly. */
beforeAll(async () => {
  server = await UserAdmin.start({ logs: { write: (line) => void lines.push(line) } });
  const keep = (name: string, secret: unknown) => secrets.set(name, String(secret));
  keep('the operator’s key', server.operatorKey.slice(37));
  const company = await server.company();
  keep('an access token', company.token);
  keep('a refresh token', company.refreshToken.slice(37));
  const refreshed = await server.grant('refresh_token', { refresh_token: company.refreshToken }, { 'user-agent': 'x' });
  keep('the next refresh token', String(refreshed.body['refresh_token']).slice(37));
  const { token } = company;
  const json = { name: 'ERP', scopes: ['users:read'] };
  const created = await server.call('POST', '/v1/api-keys', { token, json, headers: { 'idempotency-key': 'k1' } });
  const apiKey = String(created.body['apiKey']);
  keep('an API key', apiKey.slice(37));
  const path = `/v1/api-keys/${apiKey.slice(4, 36)}/rotate`;
  const rotated = await server.call('POST', path, { token, json: {}, headers: { 'idempotency-key': 'k2' } });
  keep('a rotated API key', String(rotated.body['apiKey']).slice(37));
  await server.call('GET', '/v1/users', { headers: { 'x-api-key': String(rotated.body['apiKey']) } });
  await server.call('GET', `/v1/users?token=${apiKey}`, { token: `${apiKey.slice(0, 70)}${'x'.repeat(10)}` });
  await server.grant('client_credentials', { client_id: apiKey.slice(4, 36), client_secret: apiKey });
  await server.grant('client_credentials', { client_id: apiKey, client_secret: apiKey });
  await server.signIn(company.name, company.email, GUESS);
  await server.signIn(company.name, GUESS, PASSWORD);
  await server.signIn(GUESS, company.email, PASSWORD);
  await server.call('POST', '/v1/auth/token', { json: { grant_type: 'password', password: GUESS } });
  await server.call('POST', '/v1/auth/token', { form: { grant_type: GUESS } });
  const basic = Buffer.from(`${company.name}/${company.email}:${PASSWORD}`).toString('base64');
  keep('HTTP Basic', basic);
  await server.call('GET', '/v1/me', { headers: { authorization: `Basic ${basic}` } });
  await server.call('GET', '/v1/me', { headers: { authorization: `Basic ${basic}x` } });
  const change = (currentPassword: string, newPassword: string) =>
    server.call('PUT', '/v1/me/password', { token, json: { currentPassword, newPassword } });
  await change(GUESS, NEW_PASSWORD);
  await change(PASSWORD, NEW_PASSWORD);
  await server.call('POST', '/v1/auth/revoke', { form: { token: String(refreshed.body['refresh_token']) } });
});
afterAll(() => server?.service.stop());

it('stands in no line of the log, not even at its most talkative', () => {
  const log = lines.join('\n');
  expect(log).toContain('POST /v1/auth/token 401');
  expect(found(log)).toEqual([]);
});

it('stands in no table, and in no event', async () => {
  const client = new pg.Client({ connectionString: server.service.database.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of rows) {
      const table = await client.query<{ text: string | null }>(
        `select string_agg(t::text, chr(10)) as text from ${name} t`,
      );
      expect([name, found(table.rows[0]?.text ?? '')]).toEqual([name, []]);
    }
    expect(rows.map(({ name }) => name)).toContain('user_admin.idempotency_key');
  } finally {
    await client.end();
  }
});

function found(text: string): string[] {
  return [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => name);
}
