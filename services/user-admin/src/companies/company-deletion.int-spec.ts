import { afterAll, beforeAll, expect, it } from 'vitest';
import { tablesOfCompany } from '@muster/testing';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.app.startAllMicroservices();
});
afterAll(() => server?.service.stop());

const tablesOf = ({ id }: TestCompany) => tablesOfCompany(server.service.database.adminUrl, 'user_admin', id);

async function furnish(company: TestCompany): Promise<void> {
  const { token } = company;
  const group = await server.call('POST', '/v1/user-groups', { token, json: { name: 'North' } });
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const userGroups = [String(group.body['id'])];
    const { status, body } = await server.createUser(token, { email: `person${i}@example.com`, userGroups, note: 'n' });
    expect(status, JSON.stringify(body)).toBe(201);
    ids.push(String(body['id']));
  }
  await server.call('POST', '/v1/api-keys', { token, json: { name: 'erp', scopes: ['users:read'] } });
  await server.call('POST', '/v1/access-links/send', { token, json: { userIds: ids, channel: 'email' } });
  await server.call('POST', `/v1/users/${ids[0]}/transfer`, { token, json: { to: ids[1] } });
  await server.call('POST', `/v1/users/${ids[2]}/deactivate`, { token });
  const headers = { 'if-match': '*' };
  const json = { codes: [{ code: 'A', labels: { en: 'A', de: 'A' } }] };
  await server.call('PUT', '/v1/code-lists/customer-types', { token, headers, json });
  const changed = await server.call('POST', '/v1/users/bulk', {
    token,
    json: { filter: {}, changes: { title: 'Dr.' } },
  });
  expect(changed.status).toBe(202);
  for (const statement of [
    `insert into data_download (user_id, company_id, digest, sent_at) values ($2, $1, 'x', now())`,
    `insert into chunk_result (company_id, import_id, seq, restore_point_id) values ($1, $2, 0, $2)`,
  ]) {
    await server.change(company.id, statement, [company.id, ids[0]]);
  }
}

it('leaves nothing of a deleted company, and all of the others', async () => {
  const [company, other] = [await server.company(), await server.company()];
  for (const one of [company, other]) await furnish(one);
  const before = await tablesOf(other);
  expect(await tablesOf(company)).toEqual(
    expect.arrayContaining([
      ...['access_link', 'api_key', 'audit_log', 'chunk_result', 'code_list', 'data_download', 'mark', 'mass_change'],
      ...['mass_change_row', 'session', 'transfer', 'user_account', 'user_group_member', 'user_listing'],
    ]),
  );
  const path = `/v1/companies/${company.id}?name=${encodeURIComponent(company.name)}`;
  const deleted = await server.call('DELETE', path, { token: server.operatorKey });
  expect(deleted.status).toBe(204);
  // Until the last of its tokens has expired the revocations stay; events and which of them were handled go by themselves.
  const staying = ['deleted_company', 'inbox', 'outbox', 'revocation'];
  const left = async () => (await tablesOf(company)).filter((table) => !staying.includes(table));
  await expect.poll(left).toEqual([]);
  expect(await tablesOf(company)).toEqual(expect.arrayContaining(['deleted_company', 'revocation']));
  expect((await server.call('GET', '/v1/me', { token: company.token })).status).toBe(401);
  expect(await tablesOf(other)).toEqual(expect.arrayContaining(before.filter((table) => table !== 'outbox')));
  expect((await server.call('GET', '/v1/users', { token: other.token })).body['items']).toHaveLength(4);
  const again = await server.company({ name: company.name });
  expect(again.id).not.toBe(company.id);
});
