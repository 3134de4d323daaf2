import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource, newId, UnitOfWork } from '@muster/persistence';
import { bytesSource, openTable, type TableFormat } from '@muster/tabular';
import { USER_ADMIN_DATABASE } from '../database.js';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly subject: { readonly id: string };
}

let server: UserAdmin;
let company: TestCompany;
let ritasId: string;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
  const rita = await server.createUser(company.token, { email: 'rita@example.com', employeeNumber: '=1+1' });
  ritasId = String(rita.body['id']);
  await changeAs('import:0193d2a1c4f07b6e8a1f2c3d4e5f6071', `update user_account set title = 'Dr', home_city = 'Wien'`);
});
afterAll(() => server?.service.stop());

/** As somebody whom the company has no account of. */
function changeAs(cause: string, statement: string, companyId = company.id): Promise<unknown> {
  const scope = { companyId, actor: `user:${newId()}`, cause };
  return server.service.app
    .get(UnitOfWork)
    .run(scope, (manager) => manager.query(`${statement} where id = $1`, [ritasId]));
}

/** As the owner of the tables: what deletes accounts is tested elsewhere. */
async function deleteAccount(companyId: string, userId: string): Promise<void> {
  const { ownerUrl } = server.service.database.urls['user-admin'];
  const owner = await createDataSource(USER_ADMIN_DATABASE, { url: ownerUrl, poolSize: 1 }).initialize();
  await owner.transaction(async (manager) => {
    await manager.query(
      `select set_config('muster.company', $1, true), set_config('muster.actor', 'system', true),
              set_config('muster.cause', 'request:test', true)`,
      [companyId],
    );
    await manager.query('delete from user_account where id = $1', [userId]);
  });
  await owner.destroy();
}

const get = (query = '', token = company.token, headers = {}) =>
  server.call('GET', `/v1/audit-log${query}`, { token, headers });
const entries = async (query = '', token = company.token) => (await get(query, token)).body['items'] as Entry[];

async function exported(query: string, token = company.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'de' };
  return fetch(`${server.service.url}/v1/audit-log/export?${query}`, { headers });
}

async function rowsOf(response: Response): Promise<string[][]> {
  const table = await openTable(bytesSource(new Uint8Array(await response.arrayBuffer())));
  const rows: string[][] = [];
  try {
    for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
  } finally {
    await table.close();
  }
  return rows;
}

describe('the audit log', () => {
  it('says who, how, what, from and to, in the language of the reader', async () => {
    const { status, body } = await get(`?subjectId=${ritasId}`, company.token, { 'accept-language': 'de' });
    expect(status).toBe(200);
    expect(body['nextCursor']).toBeNull();
    const [changed, created, ...others] = body['items'] as Entry[];
    expect(others).toEqual([]);
    expect(changed).toMatchObject({
      who: { type: 'user', name: null },
      how: {
        type: 'import',
        id: '0193d2a1c4f07b6e8a1f2c3d4e5f6071',
        text: 'Import 0193d2a1c4f07b6e8a1f2c3d4e5f6071',
      },
      action: 'changed',
      actionText: 'Geändert',
      subject: { kind: 'user', kindText: 'Benutzerkonto', id: ritasId, label: 'Rita Rep' },
      changes: [
        { field: 'title', label: 'Titel', from: null, to: 'Dr', secret: null },
        { field: 'home.city', label: 'Wohnort, Stadt', from: null, to: 'Wien', secret: null },
      ],
    });
    expect(created).toMatchObject({
      who: { type: 'user', name: 'Ada Admin' },
      how: { type: 'request', text: 'Von Hand oder über die API' },
      action: 'created',
    });
    expect(Date.now() - Date.parse(String(created?.at))).toBeLessThan(120_000);
  });

  it('has keys and the company too, and no secret', async () => {
    const json = { name: 'ERP', scopes: ['audit:read'] };
    const made = await server.call('POST', '/v1/api-keys', { token: company.token, json });
    const apiKey = String(made.body['apiKey']);
    const [key] = await entries('?subjectKind=api-key', apiKey);
    expect(key).toMatchObject({ action: 'created', subject: { id: made.body['id'], label: 'ERP' } });
    const renamed = { token: company.token, json: { timeZone: 'Europe/Berlin' } };
    await server.call('PATCH', '/v1/company', renamed);
    expect((await entries('?subjectKind=company'))[0]).toMatchObject({
      changes: [{ field: 'timeZone', from: 'Europe/Vienna', to: 'Europe/Berlin' }],
    });
    const all = JSON.stringify(await entries('?limit=500'));
    expect(all).not.toContain(apiKey.slice(-20));
    expect(all).not.toMatch(/scrypt|"[0-9a-f]{64}"/);
  });

  it.each<[string, () => string, number]>([
    ['subject', () => `subjectId=${ritasId}&subjectKind=user`, 2],
    ['subject and kind', () => `subjectId=${ritasId}&subjectKind=company`, 0],
    ['action', () => `subjectId=${ritasId}&action=created`, 1],
    ['cause', () => 'cause=import:0193d2a1c4f07b6e8a1f2c3d4e5f6071', 1],
    ['actor', () => 'actor=nobody', 0],
    ['field', () => 'field=home.city', 1],
    ['beginning of fields', () => 'field=home', 1],
    ['half a field', () => 'field=hom', 0],
    ['time before', () => 'to=2020-01-01T00:00:00Z', 0],
    ['time after', () => `subjectId=${ritasId}&from=2020-01-01T00:00:00Z`, 2],
  ])('is filtered by %s', async (_name, query, count) => {
    expect(await entries(`?${query()}`)).toHaveLength(count);
  });

  it.each([
    ['defaults', 1],
    ['defaults.callInterval', 1],
    ['defaults.workBreak', 1],
    ['defaults.workBreak.mode', 1],
    ['defaults.callDuration', 0],
    ['defaults.workBreak.minutes', 0],
  ])('finds %s in an object', async (field, count) => {
    const { id, token } = await server.company();
    const defaults = JSON.stringify({ callInterval: 30, workBreak: { mode: 'none' } });
    await server.change(id, 'update company set defaults = $2 where id = $1', [id, defaults]);
    expect(await entries(`?action=changed&field=${field}`, token)).toHaveLength(count);
  });

  it('is paged, newest first', async () => {
    const all = await entries('?limit=500');
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const first = await get('?limit=2');
    const second = await get(`?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect([...(first.body['items'] as Entry[]), ...(second.body['items'] as Entry[])]).toEqual(all.slice(0, 4));
  });

  it.each([
    ['?subjectKind=car', 422, 'validation_failed'],
    ['?from=yesterday', 422, 'validation_failed'],
    ['?cursor=x', 400, 'invalid_cursor'],
    ['/export?format=pdf', 422, 'validation_failed'],
    ['/export', 422, 'validation_failed'],
    ['/export?format=csv&limit=5', 422, 'validation_failed'],
  ])('%s is answered %i %s', async (query, status, code) => {
    expect((await get(query)).body).toMatchObject({ status, code });
  });

  it('is for administrators and keys with the scope', async () => {
    await server.givePassword(company.id, ritasId);
    const signedIn = await server.signIn(company.id, 'rita@example.com', PASSWORD);
    const user = String(signedIn.body['access_token']);
    const json = { name: 'x', scopes: ['users:read'] };
    const key = await server.call('POST', '/v1/api-keys', { token: company.token, json });
    for (const token of [user, String(key.body['apiKey']), server.operatorKey]) {
      expect((await get('', token)).body).toMatchObject({ code: 'forbidden' });
      expect((await get('/export?format=csv', token)).body).toMatchObject({ code: 'forbidden' });
      const erasing = await server.call('POST', '/v1/audit-log/erasures', { token, json: { userId: ritasId } });
      expect(erasing.body).toMatchObject({ code: 'forbidden' });
    }
  });

  it('of another company is not there', async () => {
    const other = await server.company();
    expect(await entries(`?subjectId=${ritasId}`, other.token)).toEqual([]);
    const rows = await rowsOf(await exported('format=csv', other.token));
    expect(JSON.stringify(rows)).not.toContain(ritasId);
    const json = { userId: ritasId };
    const erasing = await server.call('POST', '/v1/audit-log/erasures', { token: other.token, json });
    expect(erasing.body).toMatchObject({ code: 'user_not_found' });
  });
});

describe('the export', () => {
  it.each<TableFormat>(['csv', 'xlsx', 'ods'])('as %s has every entry, a row for each field', async (format) => {
    const response = await exported(`format=${format}&subjectId=${ritasId}&field=home`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain(`.${format}`);
    const [header, ...rows] = await rowsOf(response);
    expect(header?.slice(1)).toEqual([
      'Von',
      'Kennung',
      'Wie',
      'Anlass',
      'Vorgang',
      'Art',
      'Was',
      'ID',
      'Feld',
      'Von Wert',
      'Auf Wert',
    ]);
    expect(rows.map((row) => row.slice(5))).toEqual([
      ['Geändert', 'Benutzerkonto', 'Rita Rep', ritasId, 'Titel', '', 'Dr'],
      ['Geändert', 'Benutzerkonto', 'Rita Rep', ritasId, 'Wohnort, Stadt', '', 'Wien'],
    ]);
  });

  it('is in the language that was asked for, and formulas are texts', async () => {
    const text = await (await exported(`format=csv&language=en&subjectId=${ritasId}&action=created`)).text();
    expect(text).toContain('Employee number');
    expect(text).toContain(`'=1+1`);
  });

  it.each<[TableFormat, string]>([
    ['ods', 'a\uFFFDb'],
    ['xlsx', 'a\u0001b'],
    ['csv', 'a\u0001b'],
  ])('as %s comes whole with characters that a file cannot hold', async (format, text) => {
    const { id, token } = await server.company();
    await server.change(id, `select note_audit('exported', 'company', $1, null, null, '{}')`, ['a\u0001b']);
    const rows = await rowsOf(await exported(`format=${format}&action=exported`, token));
    expect(rows.map((row) => row[8]).slice(1)).toEqual([text]);
  });

  it('goes through more pages than one', async () => {
    const { id, token } = await server.company();
    await server.change(
      id,
      `select note_audit('exported', 'company', n::text, null, null, '{}') from generate_series(1, $1::int) n`,
      [2500],
    );
    const rows = await rowsOf(await exported('format=csv&action=exported', token));
    expect(rows.slice(1).map((row) => Number(row[8]))).toEqual(Array.from({ length: 2500 }, (_, n) => 2500 - n));
  });
});

describe('erasing', () => {
  it('takes a deleted person out, and is refused before', async () => {
    const { token, id: companyId } = await server.company();
    const made = await server.createUser(token, { email: 'leaver@example.com', lastName: 'Leaver' });
    const json = { userId: String(made.body['id']) };
    const erase = () => server.call('POST', '/v1/audit-log/erasures', { token, json });
    expect((await erase()).body).toMatchObject({ status: 409, code: 'user_not_deleted' });
    await deleteAccount(companyId, json.userId);
    const { status, body } = await erase();
    expect(status).toBe(200);
    expect(body).toMatchObject({ entries: 2 });
    const { body: log } = await get('?limit=500', token);
    expect(JSON.stringify(log)).not.toMatch(/leaver|Leaver/);
    expect((log['items'] as Entry[])[0]).toMatchObject({
      action: 'erased',
      who: { name: 'Ada Admin' },
      subject: { id: json.userId, label: body['pseudonym'] },
    });
    const nobody = await server.call('POST', '/v1/audit-log/erasures', { token, json: { userId: newId() } });
    expect(nobody.body).toMatchObject({ code: 'user_not_found' });
  });
});
