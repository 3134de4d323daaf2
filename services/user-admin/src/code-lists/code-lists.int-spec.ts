import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { PERMISSIONS } from './code-list.js';

let server: UserAdmin;
let company: TestCompany;
let other: TestCompany;
let fresh: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  [company, other, fresh] = [await server.company(), await server.company(), await server.company()];
});
afterAll(() => server?.service.stop());

const code = (name: string, rest = {}) => ({ code: name, labels: { en: `${name} en`, de: `${name} de` }, ...rest });
const get = (list = '', { token } = company) => server.call('GET', `/v1/code-lists${list}`, { token });
const put = (list: string, codes: unknown, ifMatch = '*', { token } = company) =>
  server.call('PUT', `/v1/code-lists/${list}`, { token, json: { codes }, headers: { 'if-match': ifMatch } });

describe('code lists', () => {
  it('are preset: all empty, but for the role option that permits everything', async () => {
    const { body } = await get('', other);
    expect(body).toMatchObject({
      items: [
        { list: 'access-levels', preset: true, codes: [] },
        { list: 'portal-roles', preset: true, codes: [] },
        { list: 'role-options', preset: true, codes: [{ code: 'Sys_Admin', permissions: [...PERMISSIONS] }] },
        { list: 'customer-types', preset: true, codes: [] },
      ],
      nextCursor: null,
    });
    expect((await get('/role-options', other)).headers.get('etag')).toBe('"0"');
  });

  it('are replaced as a whole, in their order, by who has read what they are', async () => {
    const codes = [code('Z'), code('A'), code('__proto__')];
    const written = await put('access-levels', codes, '"0"');
    expect(written.status).toBe(200);
    expect(written.headers.get('etag')).toBe('"1"');
    const read = await get('/access-levels');
    expect(read.body).toEqual(written.body);
    expect(JSON.stringify(read.body)).toBe(JSON.stringify({ list: 'access-levels', preset: false, codes }));
    expect((await put('access-levels', [], '"0"')).body).toMatchObject({ code: 'version_conflict' });
    expect((await put('access-levels', [], '')).body).toMatchObject({ code: 'precondition_required' });
    // The same again writes nothing.
    expect((await put('access-levels', codes, '"1"')).headers.get('etag')).toBe('"1"');
    expect((await put('access-levels', [code('A')], '"1"')).headers.get('etag')).toBe('"2"');
    expect((await get('/access-levels')).body).toMatchObject({ codes: [{ code: 'A' }] });
  });

  it('of role options keep their permissions', async () => {
    const codes = [code('Readers', { permissions: ['users:read'] }), code('Guests', { permissions: [] })];
    expect((await put('role-options', codes)).body).toMatchObject({ codes });
    expect((await get('/role-options')).body).toMatchObject({ preset: false, codes });
  });

  it.each([
    ['two equal codes', 'portal-roles', [code('A'), code('a')], '/codes/1/code', 'not_unique'],
    ['a separator', 'portal-roles', [code('a;b')], '/codes/0/code', 'separator_in_value'],
    ['a blank code', 'portal-roles', [code(' ')], '/codes/0/code', 'required'],
    ['a missing label', 'portal-roles', [{ code: 'A', labels: { en: 'A' } }], '/codes/0/labels/de', 'required'],
    ['no labels', 'portal-roles', [{ code: 'A' }], '/codes/0/labels', 'required'],
    [
      'permissions elsewhere',
      'portal-roles',
      [code('A', { permissions: [] })],
      '/codes/0/permissions',
      'permissions_not_here',
    ],
    ['no permissions', 'role-options', [code('A')], '/codes/0/permissions', 'permissions_missing'],
    [
      'an unknown permission',
      'role-options',
      [code('A', { permissions: ['users:sync'] })],
      '/codes/0/permissions',
      'not_allowed',
    ],
    ['too many codes', 'portal-roles', Array.from({ length: 501 }, (_, n) => code(`C${n}`)), '/codes', 'too_many'],
    ['something else', 'portal-roles', 'A', '/codes', 'wrong_type'],
  ])('are refused for %s', async (_why, list, codes, pointer, fault) => {
    const { body } = await put(list, codes);
    expect(body).toMatchObject({ code: 'validation_failed' });
    expect(body['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code: fault })]));
    expect((await get('/portal-roles')).headers.get('etag')).toBe('"0"');
  });

  it('of other names are not found', async () => {
    expect((await get('/colours')).body).toMatchObject({
      status: 404,
      code: 'code_list_not_found',
      detail: expect.stringContaining('customer-types') as string,
    });
    expect((await put('constructor', [])).body).toMatchObject({ code: 'code_list_not_found' });
  });

  it("are each company's own", async () => {
    await put('customer-types', [code('OWN')], '*');
    expect((await get('/customer-types', other)).body).toMatchObject({ preset: true, codes: [] });
    await put('customer-types', [code('THEIRS')], '*', other);
    expect((await get('/customer-types')).body).toMatchObject({ codes: [{ code: 'OWN' }] });
    await put('customer-types', []);
    expect(await server.change(other.id, 'select 1 from code_list where company_id = $1', [company.id])).toEqual([]);
  });

  it('are for administrators', async () => {
    for (const level of [0, 1]) {
      const email = `level${level}@example.com`;
      const made = await server.createUser(company.token, { email, authorizationLevel: level, hasOwnSchedule: false });
      await server.givePassword(company.id, String(made.body['id']));
      const token = String((await server.signIn(company.name, email, PASSWORD)).body['access_token']);
      expect((await get('', { ...company, token })).body).toMatchObject({ code: 'forbidden' });
      expect((await put('portal-roles', [], '*', { ...company, token })).body).toMatchObject({ code: 'forbidden' });
    }
  });

  it('written ten times at the same time are written once', async () => {
    const names = Array.from({ length: 10 }, (_, n) => `C${n}`);
    const answers = await Promise.all(names.map((name) => put('customer-types', [code(name)], '"0"', fresh)));
    const [written, ...refused] = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect([written, new Set(refused)]).toEqual([200, new Set([412])]);
  });
});

describe('codes of accounts', () => {
  const create = (wishes: Record<string, unknown>, language = 'en') =>
    server.createUser(
      fresh.token,
      { email: 'coded@example.com', hasOwnSchedule: false, ...wishes },
      {
        'accept-language': language,
      },
    );

  it('must be in a list that is not empty, and the nearest is named in the language of the reader', async () => {
    await put('access-levels', [code('GOLD'), code('SILVER')], '*', fresh);
    const refused = await create({ accessLevel: 'Silber' });
    expect(refused.body).toMatchObject({
      code: 'validation_failed',
      errors: [
        {
          pointer: '/accessLevel',
          code: 'unknown_code',
          message: 'The code list has no "Silber". Did you mean "SILVER"?',
        },
      ],
    });
    const german = await create({ accessLevel: 'x', roleOptions: ['Sys_Admn'] }, 'de');
    expect(german.body).toMatchObject({
      errors: [
        { pointer: '/accessLevel', message: 'Die Codeliste enthält „x“ nicht.' },
        { pointer: '/roleOptions', message: 'Die Codeliste enthält „Sys_Admn“ nicht. Meinten Sie „Sys_Admin“?' },
      ],
    });
  });

  it('stay when the list loses them, and the list may be emptied to accept all', async () => {
    const made = await create({ accessLevel: 'GOLD', roles: ['ANY'] });
    expect(made.status).toBe(201);
    const id = String(made.body['id']);
    await put('access-levels', [code('SILVER')], '*', fresh);
    const patch = (json: object) =>
      server.call('PATCH', `/v1/users/${id}`, { token: fresh.token, json, headers: { 'if-match': '*' } });
    expect((await patch({ title: 'Dr.', accessLevel: 'GOLD' })).body).toMatchObject({ accessLevel: 'GOLD' });
    await patch({ accessLevel: null });
    expect((await patch({ accessLevel: 'GOLD' })).body).toMatchObject({ errors: [{ code: 'unknown_code' }] });
    await put('access-levels', [], '*', fresh);
    expect((await patch({ accessLevel: 'BRONZE' })).body).toMatchObject({ accessLevel: 'BRONZE' });
  });
});

it('the audit log has each code that became another', async () => {
  const logged = await server.company();
  await put('portal-roles', [code('A')], '*', logged);
  await put('portal-roles', [code('B'), code('A')], '*', logged);
  const { body } = await server.call('GET', '/v1/audit-log?limit=2', { token: logged.token });
  const [second, first] = body['items'] as { action: string; subject: object; changes: object[] }[];
  expect(first).toMatchObject({ action: 'created', subject: { kind: 'code-list', id: 'portal-roles' } });
  expect(second).toMatchObject({ action: 'changed' });
  expect(second?.changes).toEqual(
    expect.arrayContaining([expect.objectContaining({ field: 'codes.B.de', from: null, to: 'B de' })]),
  );
  expect(JSON.stringify(second?.changes)).not.toContain('codes.A');
});
