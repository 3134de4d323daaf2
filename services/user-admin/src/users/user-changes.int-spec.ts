import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOfRep, userUpdated } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { AccountDesk, EVERYTHING } from '../test-support/account-desk.js';
import { ACCOUNT_FIELDS } from './account-fields.js';

let desk: AccountDesk;
beforeAll(async () => {
  desk = await AccountDesk.start();
});
afterAll(() => desk?.stop());

describe('a change', () => {
  it('needs the version that it is of, and loses against a faster one', async () => {
    const id = await desk.create();
    const without = await desk.server.call('PATCH', `/v1/users/${id}`, {
      token: desk.company.token,
      json: { title: 'A' },
    });
    expect(without.body).toMatchObject({ status: 428, code: 'precondition_required' });
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((title) => desk.patch(id, { title }, '"1"')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
    const won = answers.find(({ status }) => status === 200);
    expect(won?.headers.get('etag')).toBe('"2"');
    expect((await desk.read(id)).body['title']).toBe(won?.body['title']);
  });

  it('of nothing writes nothing and tells nobody', async () => {
    const id = await desk.create({ ...EVERYTHING, email: 'same@example.com' });
    const before = await desk.read(id);
    const names = ACCOUNT_FIELDS.filter(({ readOnly }) => !readOnly).map(({ id }) => id.split('.')[0]);
    const writable = Object.entries(before.body).filter(([name]) => name !== 'kind' && names.includes(name));
    const same = await desk.patch(id, Object.fromEntries(writable), before.headers.get('etag') ?? '');
    expect(same.status).toBe(200);
    expect(same.headers.get('etag')).toBe('"1"');
    expect(same.body).toEqual(before.body);
    // What comes after it in the outbox has come: so would it have.
    await desk.patch(id, { title: 'X' });
    await expect.poll(() => desk.eventsOf(id)).toEqual(['user.updated.v1 2']);
  });

  it('names its fields in the event, not their values', async () => {
    const id = await desk.create();
    await desk.patch(id, { lastName: 'Huber', home: { city: 'Graz' }, mobile: '0664 1234567' });
    const own = () => desk.server.service.events(userUpdated).filter(({ data }) => data.userId === id);
    await expect.poll(own).toMatchObject([
      {
        companyId: desk.company.id,
        data: { changed: ['displayName', 'lastName', 'mobile', 'home.city'], version: 2 },
      },
    ]);
    expect(JSON.stringify(own())).not.toMatch(/Huber|Graz/);
  });

  it.each([
    ['email', { email: 'HELD@example.com' }],
    ['employeeNumber', { employeeNumber: 'H-1' }],
    ['username', { username: 'Held.Name' }],
  ])('to the %s of another account is refused', async (field, wishes) => {
    await desk.server.createUser(desk.company.token, {
      email: 'held@example.com',
      employeeNumber: 'H-1',
      username: 'held.name',
    });
    const { body } = await desk.patch(await desk.create(), wishes);
    expect(body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: `/${field}` }] });
  });

  it('of a stranger, or of nobody, finds nobody', async () => {
    const other = await desk.server.company();
    const id = await desk.create();
    for (const unknown of [newId(), 'nonsense']) expect((await desk.patch(unknown, { title: 'X' })).status).toBe(404);
    expect((await desk.patch(id, { title: 'X' }, '*', other.token)).body).toMatchObject({ code: 'user_not_found' });
    for (const action of ['activate', 'deactivate'] as const) {
      expect((await desk.act(id, action, other.token)).body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
  });
});

describe('an own schedule', () => {
  it('takes a licence when it is switched on, and one of two gets the last', async () => {
    const { token } = await desk.server.company({ licences: 1 });
    const ids = [];
    for (let n = 0; n < 2; n++) ids.push(await desk.create({ hasOwnSchedule: false }, token));
    const answers = await Promise.all(ids.map((id) => desk.patch(id, { hasOwnSchedule: true }, '*', token)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'licence_exceeded' });
  });

  it('goes only when that is confirmed, and frees the licence', async () => {
    const { token } = await desk.server.company({ licences: 1 });
    const id = await desk.create({}, token);
    const counts = [
      { entity: 'customer', count: 7 },
      { entity: 'task', count: 2 },
    ];
    desk.server.service.answer(recordsOfRep, ({ repId }) => ({ counts: repId === id ? counts : [] }));
    const refused = await desk.patch(id, { hasOwnSchedule: false }, '*', token);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'schedule_removal_not_confirmed',
      detail: expect.stringContaining('9 records') as string,
      errors: [{ message: 'Customers: 7' }, { message: 'Tasks: 2' }],
    });
    const gone = await desk.patch(id, { hasOwnSchedule: false, confirmScheduleRemoval: true }, '*', token);
    expect(gone.body).toMatchObject({ hasOwnSchedule: false });
    await expect.poll(() => desk.eventsOf(id)).toEqual(['user.updated.v1 2', 'user.schedule-removed.v1 2']);
    await desk.create({}, token);
  });
});

describe('deactivation', () => {
  it('keeps data and licence, is announced once, and is undone', async () => {
    const { token } = await desk.server.company({ licences: 1 });
    const id = await desk.create({}, token);
    expect((await desk.act(id, 'deactivate', token)).body).toMatchObject({ loginEnabled: false });
    expect((await desk.act(id, 'deactivate', token)).headers.get('etag')).toBe('"2"');
    expect((await desk.server.createUser(token, { email: 'next@example.com' })).body).toMatchObject({
      code: 'licence_exceeded',
    });
    const list = await desk.server.call('GET', '/v1/users?holdsLicence=true&loginEnabled=false', { token });
    expect(list.body['items']).toMatchObject([{ id }]);
    expect((await desk.act(id, 'activate', token)).body).toMatchObject({ loginEnabled: true });
    expect((await desk.patch(id, { loginEnabled: false, title: 'X' }, '"3"', token)).status).toBe(200);
    await expect
      .poll(() => desk.eventsOf(id))
      .toEqual(['user.updated.v1 4', 'user.activated.v1 3', 'user.deactivated.v1 2', 'user.deactivated.v1 4']);
  });

  const TO_THE_LAST = [
    ['deactivated', (id: string, token: string) => desk.act(id, 'deactivate', token)],
    ['deactivated by a patch', (id: string, token: string) => desk.patch(id, { loginEnabled: false }, '*', token)],
    ['demoted', (id: string, token: string) => desk.patch(id, { authorizationLevel: 1 }, '*', token)],
  ] as const;

  it.each(TO_THE_LAST)('of the last administrator is refused: %s', async (_how, change) => {
    const { token } = await desk.server.company();
    const [id = ''] = await desk.administratorsOf(token);
    await desk.create({ kind: 'person', hasOwnSchedule: false, authorizationLevel: 2 }, token);
    expect((await change(id, token)).body).toMatchObject({ status: 409, code: 'last_administrator' });
    expect((await desk.read(id, token)).body).toMatchObject({ loginEnabled: true, authorizationLevel: 2 });
  });

  it.each(TO_THE_LAST)('of both administrators at the same time leaves one: %s', async (_how, change) => {
    const { token, id: companyId } = await desk.server.company();
    await desk.create({ authorizationLevel: 2, hasOwnSchedule: false }, token);
    const key = await desk.server.call('POST', '/v1/api-keys', { token, json: { name: 'k', scopes: ['users:write'] } });
    const ids = await desk.administratorsOf(token);
    expect(ids).toHaveLength(2);
    const secret = String(key.body['apiKey']);
    // With a key that the deactivation of neither ends.
    await desk.server.change(companyId, `update api_key set created_by = 'system'`, []);
    const answers = await Promise.all(ids.map((id) => change(id, secret)));
    const left = await desk.server.change(
      companyId,
      `select 1 from user_account where authorization_level = 2 and login_enabled`,
      [],
    );
    expect(left).toHaveLength(1);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'last_administrator' });
  });

  it('makes room for another last administrator', async () => {
    const { token } = await desk.server.company();
    const [first = ''] = await desk.administratorsOf(token);
    const second = await desk.create({ authorizationLevel: 2, hasOwnSchedule: false }, token);
    expect((await desk.act(second, 'deactivate', token)).status).toBe(200);
    expect((await desk.act(first, 'deactivate', token)).body).toMatchObject({ code: 'last_administrator' });
    expect((await desk.act(second, 'activate', token)).status).toBe(200);
    expect((await desk.act(first, 'deactivate', token)).status).toBe(200);
  });
});
