import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOfRep, userActivated, userDeactivated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';
import { ACCOUNT_FIELDS } from './account-fields.js';

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

const EVENTS = [userUpdated, userActivated, userDeactivated, userScheduleRemoved];
const eventsOf = (userId: string) =>
  EVENTS.flatMap((contract) =>
    server.service
      .events(contract)
      .filter(({ data }) => data.userId === userId)
      .map(({ type, data }) => `${type} ${data.version}`),
  );
let emails = 0;
const create = async (wishes: Record<string, unknown> = {}, token = company.token) => {
  const answer = await server.createUser(token, { email: `change${++emails}@example.com`, ...wishes });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return String(answer.body['id']);
};
const read = (id: string, token = company.token) => server.call('GET', `/v1/users/${id}`, { token });
const patch = (id: string, json: unknown, ifMatch = '*', token = company.token): Promise<Answer> =>
  server.call('PATCH', `/v1/users/${id}`, { token, json, headers: { 'if-match': ifMatch } });
const act = (id: string, action: 'activate' | 'deactivate', token = company.token) =>
  server.call('POST', `/v1/users/${id}/${action}`, { token });
const administratorOf = async (token: string) => {
  const { body } = await server.call('GET', '/v1/users?authorizationLevel=2', { token });
  return (body['items'] as { id: string }[]).map(({ id }) => id);
};

const EVERYTHING = {
  title: 'Dr.',
  phone: '0316 8050-0',
  mobile: '+43 664 1234567',
  language: 'en',
  note: 'Knows the house.',
  home: {
    street: 'Lindengasse 7',
    postalCode: '01067',
    city: 'Graz',
    state: 'Stmk',
    country: 'AT',
    latitude: 47.07,
    longitude: 15.44,
  },
  workingHours: { mon: { from: '07:30', to: '16:00' }, fri: { from: 'closed', to: 'closed' } },
  workBreak: { mode: 'fixed', from: '12:00', to: '12:30', minutes: 30 },
  overnight: { days: 3, minDistance: 150, minMinutes: 90, maxTravelMinutes: 300 },
  drivingSpeed: { city: -10, country: 0, highway: 50 },
  defaults: { callInterval: 14, callDuration: 45, businessHours: 'Mo-Fr 08:00-12:00' },
  uprn: '010003456789',
  dateOfBirth: '1980-05-17',
  customerType: 'A',
  taxIdentifier: 'ATU12345678',
  gender: 'prefer_not_to_say',
  accessLevel: 'gold',
  roles: ['r1', 'r2'],
  roleOptions: ['Sys_Admin'],
};

describe('every field', () => {
  it('is kept as it was sent, and stands beside what holds', async () => {
    const answer = await read(await create(EVERYTHING));
    const { workingHours, ...rest } = EVERYTHING;
    expect(answer.body).toMatchObject({ ...rest, phoneE164: '+4331680500', mobileE164: '+436641234567' });
    expect(answer.body).toMatchObject({ workingHours: { ...workingHours, tue: { from: null, to: null } } });
    expect(answer.body['effective']).toMatchObject({
      workingHours: {
        mon: { from: '07:30', to: '16:00' },
        tue: { from: '08:00', to: '17:00' },
        sun: { from: 'closed' },
      },
      drivingSpeed: { highway: 50 },
    });
  });

  it('is emptied by null, an object in all it has', async () => {
    const id = await create(EVERYTHING);
    const emptied = Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, null]));
    const { status, body } = await patch(id, emptied);
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: null, phoneE164: null, uprn: null, roles: [], language: 'de' });
    expect(body['home']).toEqual({
      street: null,
      postalCode: null,
      city: null,
      state: null,
      country: null,
      latitude: null,
      longitude: null,
    });
    expect(body['workBreak']).toEqual({ mode: null, from: null, to: null, minutes: null });
    await patch(id, { home: { city: 'Linz' } });
    expect((await patch(id, { home: { street: 'Weg 1' } })).body['home']).toMatchObject({
      city: 'Linz',
      street: 'Weg 1',
    });
  });

  it.each([
    ['title', { title: 'Dr.med' }, '/title', 'too_long'],
    ['kind', { kind: 'portal' }, '/kind', 'unknown_property'],
    ['home', { home: 'Graz' }, '/home', 'wrong_type'],
    ['street', { home: { street: 7 } }, '/home/street', 'wrong_type'],
    ['part of home', { home: { planet: 'Mars' } }, '/home/planet', 'unknown_property'],
    ['coordinates', { home: { latitude: 91, longitude: 0 } }, '/home/latitude', 'too_large'],
    ['pair', { home: { latitude: 47 } }, '/home/longitude', 'coordinates_incomplete'],
    ['speed', { drivingSpeed: { city: 51 } }, '/drivingSpeed/city', 'too_large'],
    ['half speed', { drivingSpeed: { city: 0.5 } }, '/drivingSpeed/city', 'wrong_type'],
    ['mode', { workBreak: { mode: 'long' } }, '/workBreak/mode', 'not_allowed'],
    ['hour', { workingHours: { mon: { from: '7:00', to: '08:00' } } }, '/workingHours/mon/from', 'time_format'],
    ['uprn', { uprn: '10003456789' }, '/uprn', 'uprn_too_short'],
    ['birthday', { dateOfBirth: '2999-01-01' }, '/dateOfBirth', 'date_not_past'],
    ['number', { phone: 'call me' }, '/phone', 'phone_characters'],
    ['role', { roles: ['a', 'a'] }, '/roles', 'not_unique'],
    ['gender', { gender: 'x' }, '/gender', 'not_allowed'],
    ['missing e-mail', { email: null }, '/email', 'required'],
    ['surrogate', { note: 'a\ud800' }, '/note', 'invalid_character'],
  ])('with a wrong %s is refused', async (_name, wishes, pointer, code) => {
    const { status, body } = await patch(await create(), wishes);
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('tells the likely cause of a short UPRN in the language of the request', async () => {
    const id = await create();
    const headers = { 'if-match': '*', 'accept-language': 'de' };
    const { body } = await server.call('PATCH', `/v1/users/${id}`, {
      token: company.token,
      json: { uprn: '123' },
      headers,
    });
    expect(body).toMatchObject({ errors: [{ message: expect.stringContaining('Tabellenkalkulation') }] });
  });

  it('accepts a number that gives none abroad, with a warning', async () => {
    const { status, body } = await patch(await create(), { phone: '12' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      phone: '12',
      phoneE164: null,
      warnings: [{ pointer: '/phone', code: 'phone_not_international' }],
    });
  });
});

describe('accounts of other kinds', () => {
  const names = { firstName: undefined, lastName: undefined, hasOwnSchedule: undefined, authorizationLevel: undefined };

  it('are portal users, known by the name that was typed', async () => {
    const id = await create({ ...names, kind: 'portal', displayName: 'Eva Maria Muster', accessLevel: 'gold' });
    expect((await read(id)).body).toMatchObject({ firstName: 'Eva Maria', lastName: 'Muster', hasOwnSchedule: false });
    expect((await patch(id, { displayName: 'Cher' })).body).toMatchObject({ firstName: null, lastName: 'Cher' });
    expect((await patch(id, { hasOwnSchedule: true })).body).toMatchObject({ errors: [{ code: 'not_for_kind' }] });
  });

  it('are people, who need an e-mail or a username', async () => {
    const person = { ...names, kind: 'person', firstName: 'Eva', lastName: 'Muster', email: undefined };
    const made = await server.createUser(company.token, { ...person, username: 'eva.person' });
    expect(made.body).toMatchObject({ kind: 'person', email: null, username: 'eva.person', hasOwnSchedule: false });
    const refused = await server.createUser(company.token, person);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/email', code: 'required' }] });
  });

  it('use no licence', async () => {
    const { token } = await server.company({ licences: 0 });
    await create({ ...names, kind: 'portal', displayName: 'A B' }, token);
    await create({ ...names, kind: 'person', firstName: 'A', lastName: 'B' }, token);
    const staff = await server.createUser(token, { email: 'staff@example.com' });
    expect(staff.body).toMatchObject({ code: 'licence_exceeded' });
  });
});

describe('a change', () => {
  it('needs the version that it is of, and loses against a faster one', async () => {
    const id = await create();
    const without = await server.call('PATCH', `/v1/users/${id}`, { token: company.token, json: { title: 'A' } });
    expect(without.body).toMatchObject({ status: 428, code: 'precondition_required' });
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((title) => patch(id, { title }, '"1"')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
    const won = answers.find(({ status }) => status === 200);
    expect(won?.headers.get('etag')).toBe('"2"');
    expect((await read(id)).body['title']).toBe(won?.body['title']);
  });

  it('of nothing writes nothing and tells nobody', async () => {
    const id = await create({ ...EVERYTHING, email: 'same@example.com' });
    const before = await read(id);
    const names = ACCOUNT_FIELDS.filter(({ readOnly }) => !readOnly).map(({ id }) => id.split('.')[0]);
    const writable = Object.entries(before.body).filter(([name]) => name !== 'kind' && names.includes(name));
    const same = await patch(id, Object.fromEntries(writable), before.headers.get('etag') ?? '');
    expect(same.status).toBe(200);
    expect(same.headers.get('etag')).toBe('"1"');
    expect(same.body).toEqual(before.body);
    // What comes after it in the outbox has come: so would it have.
    await patch(id, { title: 'X' });
    await expect.poll(() => eventsOf(id), { timeout: 10_000 }).toEqual(['user.updated.v1 2']);
  });

  it('names its fields in the event, not their values', async () => {
    const id = await create();
    await patch(id, { lastName: 'Huber', home: { city: 'Graz' }, mobile: '0664 1234567' });
    const own = () => server.service.events(userUpdated).filter(({ data }) => data.userId === id);
    await expect
      .poll(own, { timeout: 10_000 })
      .toMatchObject([
        { companyId: company.id, data: { changed: ['displayName', 'lastName', 'mobile', 'home.city'], version: 2 } },
      ]);
    expect(JSON.stringify(own())).not.toMatch(/Huber|Graz/);
  });

  it.each([
    ['email', { email: 'HELD@example.com' }],
    ['employeeNumber', { employeeNumber: 'H-1' }],
    ['username', { username: 'Held.Name' }],
  ])('to the %s of another account is refused', async (field, wishes) => {
    await server.createUser(company.token, { email: 'held@example.com', employeeNumber: 'H-1', username: 'held.name' });
    const { body } = await patch(await create(), wishes);
    expect(body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: `/${field}` }] });
  });

  it('of a stranger, or of nobody, finds nobody', async () => {
    const other = await server.company();
    const id = await create();
    for (const unknown of [newId(), 'nonsense']) expect((await patch(unknown, { title: 'X' })).status).toBe(404);
    expect((await patch(id, { title: 'X' }, '*', other.token)).body).toMatchObject({ code: 'user_not_found' });
    for (const action of ['activate', 'deactivate'] as const) {
      expect((await act(id, action, other.token)).body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
  });
});

describe('an own schedule', () => {
  it('takes a licence when it is switched on, and one of two gets the last', async () => {
    const { token } = await server.company({ licences: 1 });
    const ids = [];
    for (let n = 0; n < 2; n++) ids.push(await create({ hasOwnSchedule: false }, token));
    const answers = await Promise.all(ids.map((id) => patch(id, { hasOwnSchedule: true }, '*', token)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'licence_exceeded' });
  });

  it('goes only when that is confirmed, and frees the licence', async () => {
    const { token } = await server.company({ licences: 1 });
    const id = await create({}, token);
    const counts = [
      { entity: 'customer', count: 7 },
      { entity: 'task', count: 2 },
    ];
    server.service.answer(recordsOfRep, ({ repId }) => ({ counts: repId === id ? counts : [] }));
    const refused = await patch(id, { hasOwnSchedule: false }, '*', token);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'schedule_removal_not_confirmed',
      detail: expect.stringContaining('9 records') as string,
      errors: [{ message: 'customer: 7' }, { message: 'task: 2' }],
    });
    const gone = await patch(id, { hasOwnSchedule: false, confirmScheduleRemoval: true }, '*', token);
    expect(gone.body).toMatchObject({ hasOwnSchedule: false });
    await expect
      .poll(() => eventsOf(id), { timeout: 10_000 })
      .toEqual(['user.updated.v1 2', 'user.schedule-removed.v1 2']);
    await create({}, token);
  });
});

describe('deactivation', () => {
  it('keeps data and licence, is announced once, and is undone', async () => {
    const { token } = await server.company({ licences: 1 });
    const id = await create({}, token);
    expect((await act(id, 'deactivate', token)).body).toMatchObject({ loginEnabled: false });
    expect((await act(id, 'deactivate', token)).headers.get('etag')).toBe('"2"');
    expect((await server.createUser(token, { email: 'next@example.com' })).body).toMatchObject({
      code: 'licence_exceeded',
    });
    const list = await server.call('GET', '/v1/users?holdsLicence=true&loginEnabled=false', { token });
    expect(list.body['items']).toMatchObject([{ id }]);
    expect((await act(id, 'activate', token)).body).toMatchObject({ loginEnabled: true });
    expect((await patch(id, { loginEnabled: false, title: 'X' }, '"3"', token)).status).toBe(200);
    await expect
      .poll(() => eventsOf(id), { timeout: 10_000 })
      .toEqual(['user.updated.v1 4', 'user.activated.v1 3', 'user.deactivated.v1 2', 'user.deactivated.v1 4']);
  });

  const TO_THE_LAST = [
    ['deactivated', (id: string, token: string) => act(id, 'deactivate', token)],
    ['deactivated by a patch', (id: string, token: string) => patch(id, { loginEnabled: false }, '*', token)],
    ['demoted', (id: string, token: string) => patch(id, { authorizationLevel: 1 }, '*', token)],
  ] as const;

  it.each(TO_THE_LAST)('of the last administrator is refused: %s', async (_how, change) => {
    const { token } = await server.company();
    const [id = ''] = await administratorOf(token);
    await create({ kind: 'person', hasOwnSchedule: false, authorizationLevel: 2 }, token);
    expect((await change(id, token)).body).toMatchObject({ status: 409, code: 'last_administrator' });
    expect((await read(id, token)).body).toMatchObject({ loginEnabled: true, authorizationLevel: 2 });
  });

  it.each(TO_THE_LAST)('of both administrators at the same time leaves one: %s', async (_how, change) => {
    const { token, id: companyId } = await server.company();
    await create({ authorizationLevel: 2, hasOwnSchedule: false }, token);
    const key = await server.call('POST', '/v1/api-keys', { token, json: { name: 'k', scopes: ['users:write'] } });
    const ids = await administratorOf(token);
    expect(ids).toHaveLength(2);
    const secret = String(key.body['apiKey']);
    // With a key that the deactivation of neither ends.
    await server.change(companyId, `update api_key set created_by = 'system'`, []);
    const answers = await Promise.all(ids.map((id) => change(id, secret)));
    const left = await server.change(
      companyId,
      `select 1 from user_account where authorization_level = 2 and login_enabled`,
      [],
    );
    expect(left).toHaveLength(1);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'last_administrator' });
  });

  it('makes room for another last administrator', async () => {
    const { token } = await server.company();
    const [first = ''] = await administratorOf(token);
    const second = await create({ authorizationLevel: 2, hasOwnSchedule: false }, token);
    expect((await act(second, 'deactivate', token)).status).toBe(200);
    expect((await act(first, 'deactivate', token)).body).toMatchObject({ code: 'last_administrator' });
    expect((await act(second, 'activate', token)).status).toBe(200);
    expect((await act(first, 'deactivate', token)).status).toBe(200);
  });
});
