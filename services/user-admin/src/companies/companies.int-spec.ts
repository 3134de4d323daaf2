import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCompany, userCreated } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { Questions } from '@muster/platform';
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

const ADMINISTRATOR = { email: 'boss@example.com', firstName: 'Bea', lastName: 'Boss', password: PASSWORD };
const wish = (name: string, wishes: Record<string, unknown> = {}) => ({
  name,
  language: 'en',
  timeZone: 'Europe/London',
  country: 'gb',
  licences: 3,
  administrator: ADMINISTRATOR,
  ...wishes,
});
const create = (json: unknown, headers: Record<string, string> = {}) =>
  server.call('POST', '/v1/companies', { token: server.operatorKey, json, headers });

describe('companies', () => {
  it('are created with their first administrator, and read by operators', async () => {
    const { status, headers, body } = await create(wish('First Ltd', { importRowLimit: 1_000_000 }));
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/companies/${String(body['id'])}`);
    expect(body).toMatchObject({
      name: 'First Ltd',
      country: 'GB',
      licences: 3,
      hostSystem: 'none',
      importRowLimit: 1_000_000,
      importByteLimit: 31_457_280,
    });
    const read = await server.call('GET', `/v1/companies/${String(body['id'])}`, { token: server.operatorKey });
    expect(read.body).toEqual(body);
    expect(read.headers.get('etag')).toBe('"1"');
    expect((await server.signIn('First Ltd', ADMINISTRATOR.email)).status).toBe(200);
    await expect
      .poll(() => server.service.events(userCreated).filter(({ companyId }) => companyId === body['id']))
      .toMatchObject([
        {
          data: { kind: 'staff', hasOwnSchedule: false, version: 1 },
          actor: `operator:${server.operatorKey.slice(4, 36)}`,
        },
      ]);
  });

  it('are listed by name, page by page', async () => {
    await create(wish('alpha'));
    await create(wish('Beta'));
    const names: string[] = [];
    for (let cursor = ''; ;) {
      const path = `/v1/companies?limit=2${cursor}`;
      const { body } = await server.call('GET', path, { token: server.operatorKey });
      names.push(...(body['items'] as { name: string }[]).map(({ name }) => name));
      const next = body['nextCursor'];
      if (typeof next !== 'string') break;
      cursor = `&cursor=${next}`;
    }
    expect(names).toEqual([...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['alpha', 'Beta', company.name]));
  });

  it('have a name that is taken in any letter case, also under 10 creations at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => create(wish(n % 2 ? 'RACE' : 'race'))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'company_name_taken'));
  });

  it('are not created without their administrator', async () => {
    const administrator = { ...ADMINISTRATOR, hasOwnSchedule: true };
    const refused = await create(wish('No licence', { licences: 0, administrator }));
    expect(refused.body).toMatchObject({ status: 409, code: 'licence_exceeded' });
    expect((await create(wish('No licence'))).status).toBe(201);
  });

  it('are created once under an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'company-1' };
    const first = await create(wish('Once'), headers);
    const again = await create(wish('Once'), headers);
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await create(wish('Twice'), headers)).body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it.each([
    ['timeZone', { timeZone: 'Mars/Olympus' }, '/timeZone', 'invalid_format'],
    ['country', { country: 'XX' }, '/country', 'invalid_format'],
    ['language', { language: 'fr' }, '/language', 'not_allowed'],
    ['licences', { licences: -1 }, '/licences', 'too_small'],
    ['administrator', { administrator: undefined }, '/administrator', 'required'],
    [
      'short password',
      { administrator: { ...ADMINISTRATOR, password: 'elevenchars' } },
      '/administrator/password',
      'too_short',
    ],
    [
      'long password',
      { administrator: { ...ADMINISTRATOR, password: 'x'.repeat(129) } },
      '/administrator/password',
      'too_long',
    ],
    ['e-mail', { administrator: { ...ADMINISTRATOR, email: 'nobody' } }, '/administrator/email', 'invalid_format'],
    ['NUL', { name: 'a\0b' }, '/name', 'invalid_character'],
  ])('with a wrong %s are refused', async (_name, wishes, pointer, code) => {
    const { status, body } = await create(wish('Wrong', wishes));
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  it('are the business of operators only', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', `/${company.id}`],
    ] as const) {
      const options = { token: company.token, ...(method === 'POST' && { json: wish('Mine') }) };
      expect((await server.call(method, `/v1/companies${path}`, options)).body).toMatchObject({ code: 'forbidden' });
    }
    expect((await server.call('GET', '/v1/company', { token: server.operatorKey })).body).toMatchObject({
      code: 'forbidden',
    });
    for (const id of [newId(), 'nonsense']) {
      const unknown = await server.call('GET', `/v1/companies/${id}`, { token: server.operatorKey });
      expect(unknown.body).toMatchObject({ status: 404, code: 'company_not_found' });
    }
  });
});

describe('the own company', () => {
  it('is changed by its administrators, unless somebody else was faster', async () => {
    const { token, id } = await server.company();
    const { headers } = await server.call('GET', '/v1/company', { token });
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    const patch = (json: unknown) => server.call('PATCH', '/v1/company', { token, json, headers: ifMatch });
    const changed = await patch({ importRowLimit: 5, timeZone: 'UTC', country: null });
    expect(changed).toMatchObject({ status: 200, body: { id, importRowLimit: 5, timeZone: 'UTC', country: 'AT' } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await patch({ importRowLimit: 6 })).body).toMatchObject({ status: 412, code: 'version_conflict' });
    expect((await patch({ licences: 1_000 })).body).toMatchObject({ errors: [{ code: 'unknown_property' }] });
    const described = await server.service.app.get(Questions).ask(describeCompany, { companyId: id });
    expect(described).toMatchObject({ importRowLimit: 5, timeZone: 'UTC', language: 'de' });
  });

  it('is unknown to a question with another id', async () => {
    const asking = server.service.app.get(Questions).ask(describeCompany, { companyId: newId() });
    await expect(asking).rejects.toMatchObject({ code: 'company_not_found' });
  });
});
