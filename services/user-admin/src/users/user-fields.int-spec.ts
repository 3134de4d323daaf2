import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountDesk, EVERYTHING } from '../test-support/account-desk.js';

let desk: AccountDesk;
beforeAll(async () => {
  desk = await AccountDesk.start();
});
afterAll(() => desk?.stop());

describe('every field', () => {
  it('is kept as it was sent, and stands beside what holds', async () => {
    const answer = await desk.read(await desk.create(EVERYTHING));
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
    const id = await desk.create(EVERYTHING);
    const emptied = Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, null]));
    const { status, body } = await desk.patch(id, emptied);
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
    await desk.patch(id, { home: { city: 'Linz' } });
    expect((await desk.patch(id, { home: { street: 'Weg 1' } })).body['home']).toMatchObject({
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
    const { status, body } = await desk.patch(await desk.create(), wishes);
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('tells the likely cause of a short UPRN in the language of the request', async () => {
    const id = await desk.create();
    const headers = { 'if-match': '*', 'accept-language': 'de' };
    const { body } = await desk.server.call('PATCH', `/v1/users/${id}`, {
      token: desk.company.token,
      json: { uprn: '123' },
      headers,
    });
    expect(body).toMatchObject({ errors: [{ message: expect.stringContaining('Tabellenkalkulation') }] });
  });

  it('accepts a number that gives none abroad, with a warning', async () => {
    const { status, body } = await desk.patch(await desk.create(), { phone: '12' });
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
    const id = await desk.create({ ...names, kind: 'portal', displayName: 'Eva Maria Muster', accessLevel: 'gold' });
    expect((await desk.read(id)).body).toMatchObject({
      firstName: 'Eva Maria',
      lastName: 'Muster',
      hasOwnSchedule: false,
    });
    expect((await desk.patch(id, { displayName: 'Cher' })).body).toMatchObject({ firstName: null, lastName: 'Cher' });
    expect((await desk.patch(id, { hasOwnSchedule: true })).body).toMatchObject({ errors: [{ code: 'not_for_kind' }] });
  });

  it('are people, who need an e-mail or a username', async () => {
    const person = { ...names, kind: 'person', firstName: 'Eva', lastName: 'Muster', email: undefined };
    const made = await desk.server.createUser(desk.company.token, { ...person, username: 'eva.person' });
    expect(made.body).toMatchObject({ kind: 'person', email: null, username: 'eva.person', hasOwnSchedule: false });
    const refused = await desk.server.createUser(desk.company.token, person);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/email', code: 'required' }] });
  });

  it('use no licence', async () => {
    const { token } = await desk.server.company({ licences: 0 });
    await desk.create({ ...names, kind: 'portal', displayName: 'A B' }, token);
    await desk.create({ ...names, kind: 'person', firstName: 'A', lastName: 'B' }, token);
    const staff = await desk.server.createUser(token, { email: 'staff@example.com' });
    expect(staff.body).toMatchObject({ code: 'licence_exceeded' });
  });
});
