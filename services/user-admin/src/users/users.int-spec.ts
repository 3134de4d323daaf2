import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userCreated } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  company = await server.company();
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});

const list = async (token: string, query = '') => {
  const { body } = await server.call('GET', `/v1/users?limit=500${query}`, { token });
  return body['items'] as { id: string; email: string; username: string }[];
};

describe('a user account', () => {
  it('is completed, announced and read again', async () => {
    const { status, headers, body } = await server.createUser(company.token, {
      email: 'Rita.Rep@example.com',
      employeeNumber: '007',
    });
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/v1/users/${String(body['id'])}`);
    expect(body).toMatchObject({
      kind: 'staff',
      email: 'Rita.Rep@example.com',
      employeeNumber: '007',
      username: 'Rita.Rep',
      displayName: 'Rita Rep',
      authorizationLevel: 0,
      hasOwnSchedule: true,
      loginEnabled: true,
      language: 'de',
    });
    expect(JSON.stringify(body)).not.toMatch(/password|emailKey/i);
    const read = await server.call('GET', `/v1/users/${String(body['id'])}`, { token: company.token });
    expect(read.body).toEqual(body);
    await expect
      .poll(() => server.service.events(userCreated).filter(({ data }) => data.userId === body['id']))
      .toMatchObject([
        { companyId: company.id, subject: body['id'], data: { employeeNumber: '007', hasOwnSchedule: true } },
      ]);
  });

  it('gets a numbered username when its own is taken, in any letter case', async () => {
    const names = [];
    for (const host of ['a', 'b', 'c']) {
      const email = `${host === 'b' ? 'SAM' : 'sam'}@${host}.example.com`;
      names.push((await server.createUser(company.token, { email })).body['username']);
    }
    expect(names).toEqual(['sam', 'SAM2', 'sam3']);
  });

  it('may have one name typed instead of two', async () => {
    const names = { firstName: undefined, lastName: undefined };
    const made = await server.createUser(company.token, {
      ...names,
      email: 'one@example.com',
      displayName: 'Eva Maria Muster',
    });
    expect(made.body).toMatchObject({ firstName: 'Eva Maria', lastName: 'Muster', displayName: 'Eva Maria Muster' });
    const bad = await server.createUser(company.token, { ...names, email: 'two@example.com', displayName: 'Cher' });
    expect(bad.body).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/firstName', code: 'required' }],
    });
  });

  it.each([
    ['email', { email: 'TAKEN@example.com' }],
    ['employeeNumber', { email: 'free1@example.com', employeeNumber: 'T-1' }],
    ['username', { email: 'free2@example.com', username: 'Taken.Name' }],
  ])('with a taken %s is refused, naming it', async (field, wishes) => {
    await server.createUser(company.token, {
      email: 'taken@example.com',
      employeeNumber: 'T-1',
      username: 'taken.name',
    });
    const { status, body } = await server.createUser(company.token, wishes);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'value_taken', errors: [{ pointer: `/${field}` }] });
  });

  it('treats null like a property that was left out', async () => {
    const nothing = { employeeNumber: null, username: null, language: null, hasOwnSchedule: null };
    const { body } = await server.createUser(company.token, { email: 'null@example.com', ...nothing });
    expect(body).toMatchObject({ username: 'null', hasOwnSchedule: true, language: 'de', employeeNumber: null });
  });

  it('takes levels by number and by name, and answers the number', async () => {
    const { token } = await server.company();
    const made = await server.createUser(token, { email: 'level@example.com', authorizationLevel: 'supervisor' });
    expect(made.body).toMatchObject({ authorizationLevel: 1 });
    for (const level of ['1', 'supervisor']) {
      const { body } = await server.call('GET', `/v1/users?authorizationLevel=${level}`, { token });
      expect(body['items']).toMatchObject([{ email: 'level@example.com', authorizationLevel: 1 }]);
    }
    const id = String(made.body['id']);
    const json = { authorizationLevel: 'user' };
    const changed = await server.call('PATCH', `/v1/users/${id}`, { token, json, headers: { 'if-match': '*' } });
    expect(changed.body).toMatchObject({ authorizationLevel: 0 });
  });

  it.each([
    ['kind', { kind: 'robot' }, '/kind'],
    ['level', { authorizationLevel: 3 }, '/authorizationLevel'],
    ['name of a level', { authorizationLevel: 'operator' }, '/authorizationLevel'],
    ['e-mail', { email: 'x' }, '/email'],
    ['number', { employeeNumber: 'x'.repeat(65) }, '/employeeNumber'],
    ['property', { password: 'x' }, '/password'],
    ['surrogate', { firstName: 'a\ud800' }, '/firstName'],
  ])('with a wrong %s is refused', async (_name, wishes, pointer) => {
    const { body } = await server.createUser(company.token, { email: 'wrong@example.com', ...wishes });
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
  });
});

describe('creations at the same time', () => {
  it('of 50 accounts with one e-mail make one account', async () => {
    const wishes = Array.from({ length: 50 }, (_, n) => ({ email: n % 2 ? 'Race@example.com' : 'race@example.com' }));
    const answers = await Promise.all(wishes.map((wish) => server.createUser(company.token, wish)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(refused).toEqual(Array.from({ length: 49 }, () => 'value_taken'));
    expect(await list(company.token, '&q=race@example.com')).toHaveLength(1);
  });

  it('of 10 namesakes make 10 usernames', async () => {
    const hosts = Array.from({ length: 10 }, (_, n) => `h${n}.example.com`);
    const answers = await Promise.all(hosts.map((host) => server.createUser(company.token, { email: `kim@${host}` })));
    const names = answers.map(({ body }) => String(body['username'])).sort();
    expect(names).toEqual(['kim', ...Array.from({ length: 9 }, (_, n) => `kim${n + 2}`)].sort());
  });

  it('for the last licence make one account; accounts without a schedule need none', async () => {
    const { token } = await server.company({ licences: 2 });
    expect((await server.createUser(token, { email: 'first@example.com' })).status).toBe(201);
    const answers = await Promise.all(
      ['a', 'b'].map((name) => server.createUser(token, { email: `${name}@example.com` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      code: 'licence_exceeded',
      detail: 'All 2 licences of the company are in use.',
    });
    expect((await server.createUser(token, { email: 'c@example.com', hasOwnSchedule: false })).status).toBe(201);
  });

  it('under one Idempotency-Key make one account', async () => {
    const create = () =>
      server.createUser(company.token, { email: 'idem@example.com' }, { 'idempotency-key': 'user-1' });
    const answers = await Promise.all([create(), create(), create()]);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body['id']));
    expect(ids.size).toBe(1);
    expect((await create()).headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('the list of accounts', () => {
  it('is filtered and paged', async () => {
    const { token } = await server.company();
    for (const n of [1, 2, 3]) {
      await server.createUser(token, { email: `u${n}@example.com`, ...(n > 1 && { employeeNumber: `N${n}` }) });
    }
    await server.createUser(token, { email: 'boss@example.com', authorizationLevel: 1, hasOwnSchedule: false });
    const emails = async (query: string) => (await list(token, query)).map(({ email }) => email.split('@')[0]);
    expect(await emails('')).toEqual(['Admin', 'u1', 'u2', 'u3', 'boss']);
    expect(await emails('&hasOwnSchedule=true&withoutEmployeeNumber=true')).toEqual(['u1']);
    expect(await emails('&withoutEmployeeNumber=false')).toEqual(['u2', 'u3']);
    expect(await emails('&authorizationLevel=1')).toEqual(['boss']);
    expect(await emails('&holdsLicence=false')).toEqual(['Admin', 'boss']);
    expect(await emails('&q=n3')).toEqual(['u3']);
    expect(await emails('&loginEnabled=false')).toEqual([]);
    expect(await emails('&kind=portal')).toEqual([]);

    const first = await server.call('GET', '/v1/users?limit=3', { token });
    const second = await server.call('GET', `/v1/users?limit=3&cursor=${String(first.body['nextCursor'])}`, { token });
    expect(second.body['items']).toMatchObject([{ email: 'u3@example.com' }, { email: 'boss@example.com' }]);
    expect(second.body['nextCursor']).toBeNull();
    const cursor = Buffer.from('["x"]').toString('base64url');
    expect((await server.call('GET', `/v1/users?cursor=${cursor}`, { token })).body).toMatchObject({
      code: 'invalid_cursor',
    });
    expect((await server.call('GET', '/v1/users?hasOwnSchedule=maybe', { token })).status).toBe(422);
  });
});

describe('who sees accounts', () => {
  it('administrators those of their company, and nobody those of another', async () => {
    const other = await server.company();
    const [account] = await list(company.token);
    for (const id of [account?.id, newId(), 'nonsense']) {
      const answer = await server.call('GET', `/v1/users/${id}`, { token: other.token });
      expect(answer.body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    expect((await list(other.token)).map(({ email }) => email)).toEqual(['Admin@example.com']);
  });

  it('others themselves only', async () => {
    const { token, id: companyId } = await server.company();
    const [administrator] = await list(token);
    const made = await server.createUser(token, { email: 'user@example.com' });
    const id = String(made.body['id']);
    await server.givePassword(companyId, id);
    const user = String((await server.signIn(companyId, 'user@example.com', PASSWORD)).body['access_token']);
    expect((await server.call('GET', `/v1/users/${id}`, { token: user })).status).toBe(200);
    const foreign = await server.call('GET', `/v1/users/${administrator?.id}`, { token: user });
    expect(foreign.body).toMatchObject({ code: 'user_not_found' });
    expect((await server.call('GET', '/v1/users', { token: user })).body).toMatchObject({ code: 'forbidden' });
    expect((await server.createUser(user, { email: 'x@example.com' })).body).toMatchObject({ code: 'forbidden' });
    expect((await server.call('GET', '/v1/users')).body).toMatchObject({ code: 'unauthenticated' });
  });
});
