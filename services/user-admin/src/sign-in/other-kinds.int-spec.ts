import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTo } from '../access-links/test-support.js';
import { PERMISSIONS } from '../code-lists/code-list.js';
import { Issuer } from '../test-support/issuer.js';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-links-'));
  server = await UserAdmin.start({ config: { linkDelivery: 'file', linkFolder: folder, outboundTo: 'any' } });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

interface Person {
  readonly id: string;
  readonly email: string;
}

let people = 0;
/** @param level written behind the service's back: what it would refuse must not help anybody either */
async function person({ level, ...wishes }: Record<string, unknown> & { level?: number }): Promise<Person> {
  const email = `other${++people}@example.com`;
  const json = { email, hasOwnSchedule: false, note: 'for administrators', ...wishes };
  const { status, body } = await server.createUser(company.token, json);
  expect([status, body['errors']]).toEqual([201, undefined]);
  const id = String(body['id']);
  await server.givePassword(company.id, id);
  const set = 'update user_account set authorization_level = $2 where id = $1';
  if (level !== undefined) await server.change(company.id, set, [id, level]);
  return { id, email };
}

async function tokensOf({ email }: Person): Promise<{ access: string; refresh: string }> {
  const { status, body } = await server.signIn(company.name, email);
  expect(status).toBe(200);
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) };
}

const get = async (path: string, token: string) => server.call('GET', path, { token });
const statusOf = async (path: string, token: string) => (await get(path, token)).status;
const change = (id: string, json: object) =>
  server.call('PATCH', `/v1/users/${id}`, { token: company.token, json, headers: { 'if-match': '*' } });

/** A role option of the company that permits this; whatever else there is goes. */
async function writeOptions(options: Record<string, readonly string[]>): Promise<void> {
  const codes = Object.entries(options).map(([code, permissions]) => ({
    code,
    labels: { en: code, de: code },
    permissions,
  }));
  const headers = { 'if-match': '*' };
  const { status } = await server.call('PUT', '/v1/code-lists/role-options', {
    token: company.token,
    json: { codes },
    headers,
  });
  expect(status).toBe(200);
}

describe('the own account and nothing else', () => {
  it.each([
    ['a portal user', { kind: 'portal', roles: ['BUYER'] }, 'portal'],
    ['a portal user with the level of an administrator', { kind: 'portal', level: 2 }, 'portal'],
    ['a portal user with role options', { kind: 'portal', level: 2, roleOptions: ['Sys_Admin'] }, 'portal'],
    ['a person of role 2', { kind: 'person' }, 'person'],
    ['a person of role 2 with role options', { kind: 'person', roleOptions: ['Sys_Admin'] }, 'person'],
    ['a person with the level of a supervisor', { kind: 'person', level: 1, roleOptions: ['Sys_Admin'] }, 'person'],
    ['a person of role 1 without options', { kind: 'person', authorizationLevel: 2 }, 'person'],
  ] as const)('is what %s sees', async (_who, wishes, role) => {
    const one = await person(wishes);
    const { access, refresh } = await tokensOf(one);
    expect(decodeJwt(access)).toMatchObject({ typ: 'user', sub: one.id, role, scopes: [] });
    expect((await get('/v1/me', access)).body).toMatchObject({ id: one.id, type: 'user', role, scopes: [] });
    const own = await get(`/v1/users/${one.id}`, access);
    expect(own.body).toMatchObject({ id: one.id, email: one.email, kind: wishes.kind });
    expect(own.body).not.toHaveProperty('note');
    expect((await get('/v1/me/sessions', access)).body['items']).toHaveLength(1);
    const { body: administrator } = await get('/v1/me', company.token);
    expect(await statusOf(`/v1/users/${String(administrator['id'])}`, access)).toBe(404);
    for (const path of ['users', 'company', 'users/export?format=csv&kind=person', 'audit-log', 'licences']) {
      expect([path, await statusOf(`/v1/${path}`, access)]).toEqual([path, 403]);
    }
    const json = { title: 'Dr.' };
    const headers = { 'if-match': '*' };
    expect((await server.call('PATCH', `/v1/users/${one.id}`, { token: access, json, headers })).status).toBe(403);
    const refreshed = await server.grant('refresh_token', { refresh_token: refresh });
    expect(decodeJwt(String(refreshed.body['access_token']))).toMatchObject({ role, scopes: [] });
  });

  it.each([
    ['a portal user', { kind: 'portal', level: 2, roleOptions: ['Sys_Admin'] }, 'portal', 0],
    ['a person of role 2', { kind: 'person' }, 'person', 0],
    ['a person of role 1', { kind: 'person', authorizationLevel: 2, roleOptions: ['Sys_Admin'] }, 'person', PERMISSIONS.length],
  ] as const)('is where %s comes in by an access link, but for what role options permit', async (_who, wishes, role, many) => {
    const one = await person(wishes);
    const { token } = await sendTo(server, company, one.id, folder);
    const json = { password: 'zebra kiosk pfad nebel' };
    const accepted = await server.call('POST', `/v1/access-links/${token}/accept`, { json });
    expect(accepted.status).toBe(200);
    const claims = decodeJwt<{ scopes: string[] }>(String(accepted.body['access_token']));
    expect(claims).toMatchObject({ sub: one.id, role });
    expect(claims.scopes).toHaveLength(many);
    expect((await server.signIn(company.name, one.email, json.password)).status).toBe(200);
  }); // prettier-ignore
});

describe('a person of role 1', () => {
  const role1 = (roleOptions: string[]) => person({ kind: 'person', authorizationLevel: 2, roleOptions });

  it('with the preset option may do what keys may, but not what is for administrators of the staff alone', async () => {
    const one = await role1(['Sys_Admin']);
    const { access } = await tokensOf(one);
    expect(decodeJwt(access)).toMatchObject({ role: 'person', scopes: [...PERMISSIONS] });
    expect((await get('/v1/me', access)).body).toMatchObject({ role: 'person', scopes: [...PERMISSIONS] });
    const list = await get('/v1/users?kind=person', access);
    expect(list.body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ note: 'for administrators' })]));
    expect((await change(one.id, { title: 'Dr.' })).status).toBe(200);
    const made = await server.createUser(access, { email: `by-person@example.com`, hasOwnSchedule: false });
    expect(made.status).toBe(201);
    const log = await get(`/v1/audit-log?subjectId=${String(made.body['id'])}`, access);
    expect(log.body['items']).toMatchObject([{ action: 'created', who: { type: 'user', id: one.id } }]);
    expect(await statusOf('/v1/api-keys', access)).toBe(403);
    expect(await statusOf(`/v1/users/${one.id}/data`, access)).toBe(403);
    expect((await server.call('DELETE', `/v1/users/${String(made.body['id'])}`, { token: access })).status).toBe(403);
  }); // prettier-ignore

  it('has exactly what its options permit, and at once what they permit from now on', async () => {
    await writeOptions({ Readers: ['users:read'], Auditors: ['audit:read'], Guests: [] });
    const one = await role1(['Readers', 'Guests']);
    let { access } = await tokensOf(one);
    const may = async () => [await statusOf('/v1/users', access), await statusOf('/v1/audit-log', access)];
    expect(await may()).toEqual([200, 403]);
    expect((await get('/v1/users', access)).body['items']).not.toContainEqual(expect.objectContaining({ note: expect.anything() as unknown }));

    await change(one.id, { roleOptions: ['Auditors'] });
    expect(await may()).toEqual([401, 401]);
    ({ access } = await tokensOf(one));
    expect(await may()).toEqual([403, 200]);

    await writeOptions({ Readers: ['users:read'], Auditors: [] });
    expect(await may()).toEqual([401, 401]);
    ({ access } = await tokensOf(one));
    expect(await may()).toEqual([403, 403]);

    await change(one.id, { authorizationLevel: 0 });
    expect(await statusOf('/v1/me', access)).toBe(401);
    ({ access } = await tokensOf(one));
    expect(decodeJwt(access)).toMatchObject({ role: 'person', scopes: [] });
  }); // prettier-ignore

  it('refreshes to what it may now, and is not disturbed by what does not concern it', async () => {
    await writeOptions({ Readers: ['users:read'] });
    const one = await role1(['Readers']);
    const { access, refresh } = await tokensOf(one);
    await change(one.id, { title: 'Dr.', roleOptions: ['Readers'] });
    const { body: list } = await get('/v1/code-lists/customer-types', company.token);
    expect(list['codes']).toEqual([]);
    await server.call('PUT', '/v1/code-lists/customer-types', { token: company.token, json: { codes: [] }, headers: { 'if-match': '*' } });
    const portal = await person({ kind: 'portal' });
    const { access: ofPortal } = await tokensOf(portal);
    expect(await statusOf('/v1/users', access)).toBe(200);
    await writeOptions({ Readers: ['users:read', 'audit:read'] });
    expect(await statusOf('/v1/users', access)).toBe(401);
    expect(await statusOf('/v1/me', ofPortal)).toBe(200);
    const refreshed = await server.grant('refresh_token', { refresh_token: refresh });
    expect(await statusOf('/v1/audit-log', String(refreshed.body['access_token']))).toBe(200);
  }); // prettier-ignore
});

describe('whoever is not of the staff', () => {
  it('cannot come in by the issuer of the company, nor when deactivated', async () => {
    const issuer = await Issuer.start();
    try {
      const json = { issuer: issuer.url, audience: 'muster', matchBy: 'email' };
      expect((await server.call('PUT', '/v1/company/identity-provider', { token: company.token, json })).status).toBe(200);
      const portal = await person({ kind: 'portal' });
      const assertion = async (email: string) =>
        server.grant('urn:ietf:params:oauth:grant-type:jwt-bearer', { company: company.name, assertion: await issuer.sign({ email }) });
      expect((await assertion(company.email)).status).toBe(200);
      expect((await assertion(portal.email)).status).toBe(401);
      const { access } = await tokensOf(portal);
      await server.call('POST', `/v1/users/${portal.id}/deactivate`, { token: company.token });
      expect(await statusOf('/v1/me', access)).toBe(401);
      expect((await server.signIn(company.name, portal.email)).status).toBe(401);
    } finally {
      await issuer.stop();
    }
  });
}); // prettier-ignore
