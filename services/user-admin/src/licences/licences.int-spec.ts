import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  [company, other] = [await server.company({ licences: 5 }), await server.company({ licences: 0 })];
});
afterAll(() => server?.service.stop());

const licences = async ({ token } = company) => (await server.call('GET', '/v1/licences', { token })).body;
const holders = async (query = '', { token } = company) => {
  const { body } = await server.call('GET', `/v1/licences/deactivated-holders?${query}`, { token });
  return body as { items: { id: string; email: string }[]; nextCursor: string | null };
};
async function rep(email: string, wishes = {}): Promise<string> {
  const { status, body } = await server.createUser(company.token, { email, ...wishes });
  expect(status).toBe(201);
  return String(body['id']);
}
const deactivate = (id: string) => server.call('POST', `/v1/users/${id}/deactivate`, { token: company.token });

it('the licences of a company are counted; deactivated holders use theirs, and are listed', async () => {
  const none = { total: 5, inUse: 0, free: 5, near: false, over: false, deactivatedHolders: 0 };
  expect(await licences()).toEqual(none);
  const reps = [];
  for (const name of ['a', 'b', 'c', 'd']) reps.push(await rep(`${name}@example.com`, { employeeNumber: `0${name}` }));
  await deactivate(await rep('office@example.com', { hasOwnSchedule: false }));
  await deactivate(await rep('portal@example.com', { kind: 'portal', displayName: 'P', hasOwnSchedule: false }));
  expect(await licences()).toEqual({ ...none, inUse: 4, free: 1 });

  for (const id of reps.slice(0, 3)) await deactivate(id);
  await rep('e@example.com');
  expect(await licences()).toEqual({ ...none, inUse: 5, free: 0, near: true, deactivatedHolders: 3 });
  const first = await holders('limit=2');
  expect(first.items).toMatchObject([
    { id: reps[0], displayName: 'Rita Rep', email: 'a@example.com', employeeNumber: '0a' },
    { id: reps[1] },
  ]);
  const second = await holders(`limit=2&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ items: [{ id: reps[2] }], nextCursor: null });

  // The operator takes two back.
  const headers = { 'if-match': '*' };
  const path = `/v1/companies/${company.id}`;
  await server.call('PATCH', path, { token: server.operatorKey, json: { licences: 3 }, headers });
  expect(await licences()).toEqual({ total: 3, inUse: 5, free: 0, near: true, over: true, deactivatedHolders: 3 });
});

it('are nothing of another company, and not for everybody', async () => {
  expect(await licences(other)).toEqual({
    total: 0,
    inUse: 0,
    free: 0,
    near: false,
    over: false,
    deactivatedHolders: 0,
  });
  expect(await holders('', other)).toEqual({ items: [], nextCursor: null });
  const cursor = Buffer.from('["x"]').toString('base64url');
  expect(await holders(`cursor=${cursor}`)).toMatchObject({ code: 'invalid_cursor' });
  const email = 'supervisor@example.com';
  const id = await rep(email, { authorizationLevel: 1, hasOwnSchedule: false });
  await server.givePassword(company.id, id);
  const token = String((await server.signIn(company.name, email, PASSWORD)).body['access_token']);
  expect(await licences({ ...company, token })).toMatchObject({ code: 'forbidden' });
  expect(await holders('', { ...company, token })).toMatchObject({ code: 'forbidden' });
});
