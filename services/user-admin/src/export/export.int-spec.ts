import { Writable } from 'node:stream';
import type { Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { openTable } from '@muster/tabular';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import { valueAt } from '../users/nested.js';
import { UserExport } from './export.service.js';

let server: UserAdmin;
let company: TestCompany;
let other: TestCompany;

const RITA = {
  email: 'rita@example.com',
  employeeNumber: '007',
  title: 'Dr.',
  mobile: '+43 664 1234567',
  note: '=1+1',
  home: { street: 'Weg; 1', postalCode: '08010', city: 'Graz', latitude: 47.07, longitude: -15.4 },
  workingHours: { mon: { from: '07:30', to: '16:00' }, sun: { from: 'closed', to: 'closed' } },
  drivingSpeed: { city: -10 },
  dateOfBirth: '1980-05-17',
  roles: ['a', 'b'],
};

beforeAll(async () => {
  server = await UserAdmin.start();
  [company, other] = [await server.company(), await server.company()];
  const group = await server.call('POST', '/v1/user-groups', { token: company.token, json: { name: 'Süd' } });
  await server.createUser(company.token, { ...RITA, userGroups: [group.body['id']] });
  await server.createUser(company.token, { email: 'anna@example.com', lastName: 'Alt', loginEnabled: false });
  await server.createUser(company.token, { kind: 'portal', email: 'portal@example.com', hasOwnSchedule: false });
  await server.createUser(other.token, { email: 'foreign@example.com' });
});
afterAll(() => server?.service.stop());

describe('the drop-in endpoint', () => {
  it('gives the same file by the parameters that connectors use', async () => {
    const headers = { authorization: `Bearer ${company.token}` };
    const query = 'format=csv&language=de&exportFields=employeeNumber,email';
    const response = await fetch(`${server.service.url}/api/ExportUsers?${query}`, { headers });
    const same = await download('format=csv&language=de&fields=employeeNumber,email');
    expect(await response.text()).toBe(await same.text());
    const preset = await fetch(`${server.service.url}/api/ExportUsers`, { headers });
    expect(preset.headers.get('content-type')).toContain('spreadsheetml');
    await preset.body?.cancel();
  });
});

async function download(query: string, token = company.token): Promise<globalThis.Response> {
  return fetch(`${server.service.url}/v1/users/export?${query}`, { headers: { authorization: `Bearer ${token}` } });
}

async function rows(query: string, token = company.token): Promise<string[][]> {
  const response = await download(query, token);
  expect(response.status).toBe(200);
  const table = await openTable(new Uint8Array(await response.arrayBuffer()));
  const read = [];
  for await (const batch of table.read()) read.push(...batch.rows.map(({ cells }) => cells));
  await table.close();
  return read;
}

/** As many as the service has. */
const CONNECTIONS = 10;

/** A client that never takes what it was sent first. */
function stuckClient(): { response: Response; stuck: Promise<void> } {
  const { promise: stuck, resolve } = Promise.withResolvers<void>();
  const response = new Writable({ write: () => resolve() });
  return { response: Object.assign(response, { setHeader: () => response }) as unknown as Response, stuck };
}

describe('the export of accounts', () => {
  it.each(['xlsx', 'csv', 'ods'])('as %s has every field, as it is', async (format) => {
    const [header = [], ...lines] = await rows(`format=${format}&language=de&q=rita@example.com`);
    expect(header.slice(0, 4)).toEqual(['ID', 'Personalnummer', 'E-Mail', 'Benutzername']);
    expect(header).toHaveLength(ACCOUNT_FIELDS.length - 1);
    expect(lines).toHaveLength(1);
    const cell = (text: string) => lines[0]?.[header.indexOf(text)];
    expect({
      number: cell('Personalnummer'),
      mobile: cell('Mobiltelefon'),
      groups: cell('Benutzergruppen'),
      note: cell('Notiz'),
      zip: cell('Wohnort, Postleitzahl'),
      longitude: cell('Wohnort, Längengrad'),
      from: cell('Arbeitszeit, Montag, von'),
      sunday: cell('Arbeitszeit, Sonntag, bis'),
      tuesday: cell('Arbeitszeit, Dienstag, von'),
      born: cell('Geburtsdatum'),
      roles: cell('Rollen'),
      active: cell('Anmeldung erlaubt'),
      speed: cell('Fahrgeschwindigkeit, Stadt'),
    }).toEqual({
      number: '007',
      mobile: '+43 664 1234567',
      groups: 'Süd',
      note: '=1+1',
      zip: '08010',
      longitude: '-15.4',
      from: '07:30',
      sunday: 'closed',
      tuesday: '',
      born: '1980-05-17',
      roles: 'a;b',
      active: 'ja',
      speed: '-10',
    });
  });

  it('has the chosen columns in their order, filtered and sorted, of staff unless another kind is asked for', async () => {
    expect(await rows('format=csv&language=en&fields=email,lastName,loginEnabled&sort=name')).toEqual([
      ['E-mail', 'Last name', 'Login enabled'],
      ['Admin@example.com', 'Admin', 'yes'],
      ['anna@example.com', 'Alt', 'no'],
      ['rita@example.com', 'Rep', 'yes'],
    ]);
    expect(await rows('format=csv&language=en&fields=email&loginEnabled=false')).toEqual([
      ['E-mail'],
      ['anna@example.com'],
    ]);
    expect(await rows('format=csv&language=en&fields=kind,email&kind=portal')).toEqual([
      ['Kind', 'E-mail'],
      ['portal', 'portal@example.com'],
    ]);
  });

  it('stays in the company, goes on beyond a page, and tells nobody how anybody signs in', async () => {
    const add = `insert into user_account (id, company_id, kind, username, display_name, authorization_level,
        has_own_schedule, language, password_hash)
      select uuidv7(), $1, 'staff', 'many' || n, 'Many ' || n, 0, false, 'en', 'secret-hash' from generate_series(1, 2500) n`;
    await server.change(other.id, add, [other.id]);
    const text = await (await download('format=csv&fields=username', other.token)).text();
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(1 + 2 + 2500);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.slice(-1)).toEqual(['many2500']);
    const all = await (await download('format=csv', other.token)).text();
    expect(all).not.toMatch(/secret-hash|rita@/);
    const byName = await (await download('format=csv&fields=username&sort=-name', other.token)).text();
    expect(byName.split('\r\n').toSorted()).toEqual(text.split('\r\n').toSorted());
  });

  it('holds no connection while nobody takes what was made', async () => {
    const caller: Caller = {
      ...{ companyId: other.id, actor: 'user:test', cause: 'request:test', userId: newId(), role: 'administrator' },
      ...{ scopes: [], language: 'en', traceparent: '' },
    };
    const clients = Array.from({ length: CONNECTIONS }, () => stuckClient());
    const exports = server.service.app.get(UserExport);
    const sending = clients.map(({ response }) => exports.send(caller, { format: 'csv' }, response));
    await Promise.all(clients.map(({ stuck }) => stuck));
    expect((await server.call('GET', '/v1/me', { token: company.token })).status).toBe(200);
    for (const { response } of clients) response.destroy();
    await Promise.all(sending);
  });

  it('is what the API says of each account', async () => {
    const [header = [], ...lines] = await rows('format=xlsx&language=en&fields=id,username,displayName,home.city');
    expect(header).toEqual(['ID', 'Username', 'Display name', 'Home, city']);
    for (const [id = '', ...cells] of lines) {
      const { body } = await server.call('GET', `/v1/users/${id}`, { token: company.token });
      const said = ['username', 'displayName', 'home.city'].map((field) => valueAt(body, field) ?? '');
      expect(cells.concat(said.slice(cells.length).map(() => ''))).toEqual(said);
    }
    expect(lines).toHaveLength(3);
  });

  it('is named by its kind and day, is not to be kept, and is in the audit log', async () => {
    const response = await download('format=ods&language=de&fields=id');
    await response.arrayBuffer();
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''Benutzer%20\d{4}-\d\d-\d\d\.ods$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
    const log = await server.call('GET', '/v1/audit-log?action=exported&limit=1', { token: company.token });
    expect(log.body['items']).toMatchObject([
      {
        subject: { kind: 'company', id: company.id },
        changes: expect.arrayContaining([expect.objectContaining({ field: 'format', to: 'ods' })]),
      },
    ]);
  });
});

describe('an export is refused', () => {
  it.each([
    ['format=pdf', 422, 'validation_failed', '/format'],
    ['format=csv&fields=id,emaill', 422, 'validation_failed', '/fields'],
    ['format=csv&limit=5', 422, 'validation_failed', '/limit'],
  ])('with %s', async (query, status, code, pointer) => {
    const answer = await server.call('GET', `/v1/users/export?${query}`, { token: company.token });
    expect(answer.body).toMatchObject({ status, code, errors: [{ pointer }] });
  });

  it('naming the nearest of a field that there is not', async () => {
    const headers = { 'accept-language': 'de' };
    const path = '/v1/users/export?format=csv&fields=emaill';
    const { body } = await server.call('GET', path, { token: company.token, headers });
    expect(body['errors']).toMatchObject([{ message: 'Es gibt kein Feld „emaill“. Meinten Sie „email“?' }]);
  });

  it.each([
    [{ licences: 1 }, 'licences'],
    [{ hostSystem: 'salesforce' }, 'Salesforce'],
  ])('to a company with %j, but for accounts that are not staff', async (wishes, reason) => {
    const { token } = await server.company(wishes);
    const path = '/v1/users/export?format=csv';
    const { body } = await server.call('GET', path, { token, headers: { 'accept-language': 'en' } });
    expect(body).toMatchObject({ status: 403, code: 'user_import_not_available' });
    expect(body['detail']).toContain(reason);
    expect((await download('format=csv&kind=person', token)).status).toBe(200);
  });

  it('to everybody but administrators and keys that may read accounts', async () => {
    const made = await server.createUser(company.token, { email: 'boss@example.com', authorizationLevel: 1 });
    await server.givePassword(company.id, String(made.body['id']));
    const signedIn = await server.signIn(company.id, 'boss@example.com');
    expect((await download('format=csv', String(signedIn.body['access_token']))).status).toBe(403);
    const key = async (scope: string) => {
      const json = { name: scope, scopes: [scope] };
      return String((await server.call('POST', '/v1/api-keys', { token: company.token, json })).body['apiKey']);
    };
    expect((await download('format=csv', await key('imports:read'))).status).toBe(403);
    const reader = await key('users:read');
    expect((await download('format=csv&fields=note', reader)).status).toBe(403);
    const [header] = await rows('format=csv&language=en', reader);
    expect(header).not.toContain('Note');
    expect(header).toContain('Employee number');
  });
});
