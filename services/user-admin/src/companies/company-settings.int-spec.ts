import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyDeleted } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { UserAdmin } from '../test-support/user-admin.js';

let server: UserAdmin;
beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});

const settings = (token: string) => server.call('GET', '/v1/company', { token });
const change = (token: string, json: unknown) => server.call('PATCH', '/v1/company', { token, json });
const byOperator = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
  server.call(method, `/v1/companies/${path}`, { token: server.operatorKey, json, headers });

describe('the settings of a company', () => {
  it('are complete from the beginning', async () => {
    const { token } = await server.company();
    expect((await settings(token)).body).toMatchObject({
      guard: { percent: 20, count: 500 },
      nightWindow: { from: '01:00', to: '05:00' },
      importRowLimit: 100_000,
      defaults: {
        workingHours: { mon: { from: '08:00', to: '17:00' }, sun: { from: 'closed', to: 'closed' } },
        workBreak: { mode: 'none' },
        drivingSpeed: { city: 0 },
      },
      userImport: { available: true, reason: null },
    });
  });

  it('hold for accounts that have none of their own, and for new and old ones alike', async () => {
    const { token } = await server.company();
    const own = { workingHours: { mon: { from: '06:00', to: '14:00' } } };
    const { body } = await server.createUser(token, { email: 'old@example.com', ...own });
    await change(token, {
      defaults: {
        workingHours: { mon: { from: 'closed' }, tue: { from: '10:00', to: '12:00' } },
        drivingSpeed: { city: -20 },
      },
    });
    const read = async () => (await server.call('GET', `/v1/users/${String(body['id'])}`, { token })).body;
    expect(await read()).toMatchObject({
      workingHours: { tue: { from: null, to: null } },
      effective: {
        workingHours: {
          mon: { from: '06:00', to: '14:00' },
          tue: { from: '10:00', to: '12:00' },
          wed: { from: '08:00' },
        },
        drivingSpeed: { city: -20, country: 0 },
      },
    });
    expect((await settings(token)).body).toMatchObject({
      defaults: { workingHours: { mon: { from: 'closed', to: 'closed' } } },
    });
    await change(token, { defaults: { workingHours: null } });
    expect(await read()).toMatchObject({
      effective: { workingHours: { tue: { from: '08:00' } }, drivingSpeed: { city: -20 } },
    });
    await change(token, { defaults: null });
    expect(await read()).toMatchObject({ effective: { drivingSpeed: { city: 0 } } });
  });

  it('are changed in part, and go back to what is preset', async () => {
    const { token } = await server.company();
    expect((await change(token, { guard: { count: 50 } })).body).toMatchObject({ guard: { percent: 20, count: 50 } });
    expect((await change(token, { nightWindow: { from: '22:00' } })).body).toMatchObject({
      nightWindow: { from: '22:00', to: '05:00' },
    });
    const back = await change(token, { guard: null, nightWindow: null });
    expect(back.body).toMatchObject({ guard: { count: 500 }, nightWindow: { from: '01:00' } });
    expect(back.headers.get('etag')).toBe('"4"');
    expect((await change(token, { guard: { percent: 20 }, language: 'de' })).headers.get('etag')).toBe('"4"');
  });

  it.each([
    [{ guard: { percent: 101 } }, '/guard/percent', 'too_large'],
    [{ guard: { count: -1 } }, '/guard/count', 'too_small'],
    [{ nightWindow: { from: '1:00' } }, '/nightWindow/from', 'time_format'],
    [{ nightWindow: { from: '05:00' } }, '/nightWindow/to', 'times_reversed'],
    [{ defaults: { workingHours: { mon: { from: '9:00' } } } }, '/defaults/workingHours/mon/from', 'time_format'],
    [{ defaults: { workBreak: { from: '13:00', to: '12:00' } } }, '/defaults/workBreak/to', 'times_reversed'],
    [{ defaults: { workBreak: { from: '13:00' } } }, '/defaults/workBreak/to', 'times_reversed'],
    [{ defaults: { workingHours: { sun: { from: '09:00' } } } }, '/defaults/workingHours/sun/to', 'times_incomplete'],
    [{ defaults: { drivingSpeed: { city: 51 } } }, '/defaults/drivingSpeed/city', 'too_large'],
    [{ defaults: { home: {} } }, '/defaults/home', 'unknown_property'],
    [{ licences: 5 }, '/licences', 'unknown_property'],
  ])('%j is refused', async (json, pointer, code) => {
    const { token } = await server.company();
    const { status, body } = await change(token, json);
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ pointer, code }] });
    expect((await settings(token)).headers.get('etag')).toBe('"1"');
  });

  it('may be given at the creation', async () => {
    const { token } = await server.company({
      guard: { count: 7 },
      defaults: { drivingSpeed: { highway: 5 } },
      licences: 1,
    });
    expect((await settings(token)).body).toMatchObject({
      guard: { percent: 20, count: 7 },
      defaults: { drivingSpeed: { highway: 5, city: 0 } },
      userImport: { available: false, reason: 'licences' },
    });
  });
});

describe('operators', () => {
  it('change name and licences, which creations at the same time respect', async () => {
    const { id, token } = await server.company({ licences: 1 });
    const raised = await byOperator('PATCH', id, { name: `Renamed ${id}`, licences: 2 }, { 'if-match': '"1"' });
    expect(raised).toMatchObject({ status: 200, body: { licences: 2, name: `Renamed ${id}` } });
    expect(raised.headers.get('etag')).toBe('"2"');
    expect((await byOperator('PATCH', id, { licences: 3 }, { 'if-match': '"1"' })).body).toMatchObject({ status: 412 });
    const statuses = await Promise.all([
      ...['a', 'b', 'c'].map(async (name) => (await server.createUser(token, { email: `${name}@example.com` })).status),
      byOperator('PATCH', id, { licences: 1 }).then(({ status }) => status),
    ]);
    const { body } = await server.call('GET', '/v1/users?holdsLicence=true', { token });
    expect((body['items'] as unknown[]).length).toBe(statuses.filter((status) => status === 201).length);
    expect((body['items'] as unknown[]).length).toBeLessThanOrEqual(2);
  });

  it('cannot give a name that is taken', async () => {
    const [one, two] = [await server.company(), await server.company()];
    const { body } = await byOperator('PATCH', one.id, { name: two.name.toUpperCase() });
    expect(body).toMatchObject({ status: 409, code: 'company_name_taken' });
  });

  it('delete a company, with its name as a confirmation; nobody of it comes in any more', async () => {
    const { id, name, token, email } = await server.company();
    const key = await server.call('POST', '/v1/api-keys', { token, json: { name: 'k', scopes: ['users:read'] } });
    for (const query of ['', '?name=Other', `?name=${encodeURIComponent(name.toLowerCase())}`]) {
      expect((await byOperator('DELETE', `${id}${query}`)).body).toMatchObject({
        code: 'company_deletion_not_confirmed',
      });
    }
    expect((await byOperator('DELETE', `${id}?name=${encodeURIComponent(name)}`)).status).toBe(204);
    expect((await byOperator('GET', id)).body).toMatchObject({ code: 'company_not_found' });
    expect((await byOperator('PATCH', id, { licences: 3 })).body).toMatchObject({ code: 'company_not_found' });
    expect((await byOperator('DELETE', `${id}?name=x`)).body).toMatchObject({ code: 'company_not_found' });
    expect((await server.signIn(name, email)).body).toMatchObject({ status: 401 });
    expect((await server.signIn(id, email)).body).toMatchObject({ status: 401 });
    await expect.poll(async () => (await server.call('GET', '/v1/users', { token })).status).toBe(401);
    await expect
      .poll(async () => (await server.call('GET', '/v1/users', { token: String(key.body['apiKey']) })).status)
      .toBe(401);
    await expect
      .poll(() => server.service.events(companyDeleted).filter(({ companyId }) => companyId === id))
      .toMatchObject([{ data: { companyId: id } }]);
    const again = await server.company({ name });
    expect(again.id).not.toBe(id);
  });

  it('find no company that is not there, and nobody else comes here', async () => {
    const { id, token } = await server.company();
    for (const unknown of [newId(), 'nonsense']) {
      expect((await byOperator('PATCH', unknown, { licences: 1 })).body).toMatchObject({ code: 'company_not_found' });
      expect((await byOperator('DELETE', unknown)).body).toMatchObject({ code: 'company_not_found' });
    }
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await server.call(method, `/v1/companies/${id}`, { token, json: { licences: 1_000 } });
      expect(answer.body).toMatchObject({ code: 'forbidden' });
    }
  });
});
