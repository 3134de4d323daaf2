import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Response } from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordEntities, recordsOfRep, recordsPageOfRep, userDeleted } from '@muster/contracts';
import { CUSTOMER, parseCell, TASK, type EntitySchema, type FieldSchema } from '@muster/import-model';
import { newId } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { openTable } from '@muster/tabular';
import { unzip } from '@muster/testing';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';
import { AccountData } from './account-data.service.js';
import type { RecordValue } from './record-cells.js';

/** What field-data would have of the rep that is asked for. */
interface Stored {
  readonly binned?: boolean;
  readonly [field: string]: RecordValue | undefined;
}
let stored: { customer: Stored[]; task: Stored[] };
/** Changes the digest with every record that changes. */
let changes = 0;
/** Called for every page that is asked for. */
let onPage: () => void;
let pages = 0;

const SCHEMAS = { customer: CUSTOMER, task: TASK } satisfies Record<string, EntitySchema>;

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  company = await server.company();
  server.service.answer(recordEntities, () => ({
    entities: Object.entries(SCHEMAS).map(([entity, { label, fields }]) => ({
      entity,
      label,
      fields: fields.map(({ id, type, label: text }) => ({ id, type, label: text })),
    })),
  }));
  server.service.answer(recordsOfRep, () => ({
    counts: Object.entries(stored).flatMap(([entity, { length: count }]) => (count > 0 ? [{ entity, count }] : [])),
    digest: `${changes}`,
  }));
  server.service.answer(recordsPageOfRep, ({ entity, fields, after, limit }) => {
    pages++;
    onPage();
    const all = stored[entity as keyof typeof stored];
    const from = after === null ? 0 : Number(after);
    const rows = all.slice(from, from + limit);
    return {
      rows: rows.map((row) => ({ binned: row.binned ?? false, values: fields.map((field) => row[field] ?? null) })),
      nextAfter: from + limit < all.length ? String(from + limit).padStart(32, '0') : null,
    };
  });
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});
beforeEach(() => {
  stored = { customer: [], task: [] };
  onPage = () => undefined;
  pages = 0;
  changes++;
});

let people = 0;
async function person(wishes: Record<string, unknown> = {}): Promise<string> {
  const { body } = await server.createUser(company.token, { email: `data${++people}@example.com`, ...wishes });
  expect(body).toMatchObject({ id: expect.any(String) });
  return String(body['id']);
}

function request(id: string, query = '', { token = company.token, method = 'GET' } = {}) {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${server.service.url}/v1/users/${id}/data${query}`, { method, headers });
}

async function download(id: string, query = '?language=en'): Promise<Map<string, string>> {
  const response = await request(id, query);
  expect(response.status).toBe(200);
  return unzip(await response.arrayBuffer());
}

async function cellsOf(text: string | undefined, delimiter: ',' | ';'): Promise<string[][]> {
  const table = await openTable(new TextEncoder().encode(text), { csv: { delimiter } });
  const rows = [];
  for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
  await table.close();
  return rows;
}

const CUSTOMERS: Stored[] = [
  { id: newId(), externalId: '007', name1: '=1+1', name2: "'x", notes: 'a;b,"c"\r\nd', phone: '+43 664 1', doNotCall: true },
  { id: newId(), externalId: 'B', name1: ' Ä ', latitude: 47.075, longitude: -15.4, callInterval: 0, doNotCall: false },
  { id: newId(), name1: '-5', lastCall: '2026-03-14T09:30:00', email: 'a@example.com', doNotCall: false, binned: true },
]; // prettier-ignore

describe('the data of an account', () => {
  it('has a file for the account and one for each kind of records, the empty ones too', async () => {
    stored.customer = [...CUSTOMERS];
    const id = await person({ note: '=2+2', employeeNumber: '0815' });
    const files = await download(id);
    expect([...files.keys()]).toEqual(['account.csv', 'customers.csv', 'tasks.csv']);
    for (const content of files.values()) expect(content.startsWith('\uFEFFID,')).toBe(true);
    const [header = [], ...tasks] = await cellsOf(files.get('tasks.csv'), ',');
    expect(header).toEqual([...TASK.fields.map(({ label }) => label.en), 'In recycle bin']);
    expect(tasks).toEqual([]);
  });

  it.each(['en', 'de'] as const)('in %s comes back through an import as it is stored', async (language) => {
    stored.customer = [...CUSTOMERS];
    const id = await person();
    const files = await download(id, `?language=${language}`);
    const [header, ...rows] = await cellsOf(files.get('customers.csv'), language === 'de' ? ';' : ',');
    const bin = language === 'de' ? 'Im Papierkorb' : 'In recycle bin';
    expect(header).toEqual([...CUSTOMER.fields.map(({ label }) => label[language]), bin]);
    const values = (valueOf: (field: FieldSchema, at: number) => unknown) =>
      Object.fromEntries(CUSTOMER.fields.map((field, at) => [field.id, valueOf(field, at)]));
    const read = rows.map((cells) =>
      values((field, at) => {
        const result = parseCell(field, cells[at] ?? '');
        return result.ok ? result.value : result.problem;
      }),
    );
    expect(read).toEqual(CUSTOMERS.map((customer) => values(({ id: field }) => customer[field] ?? null)));
    const [yes, no] = language === 'de' ? ['ja', 'nein'] : ['yes', 'no'];
    expect(rows.map((cells) => cells.at(-1))).toEqual([no, no, yes]);
  });

  it('has every field of the account as its export has it, and no secret', async () => {
    const id = await person({ email: 'whole@example.com', note: '=2+2', home: { city: 'Graz' }, roles: ['a', 'b'] });
    await server.givePassword(company.id, id);
    const [header = [], row = []] = await cellsOf((await download(id)).get('account.csv'), ',');
    const all = await fetch(`${server.service.url}/v1/users/export?format=csv&language=en&q=whole@example.com`, {
      headers: { authorization: `Bearer ${company.token}` },
    });
    const [exportHeader = [], exported = []] = await cellsOf(await all.text(), ',');
    const values = (names: string[], cells: string[]) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    expect(values(header, row)).toEqual({ ...values(exportHeader, exported), Kind: 'staff' });
    expect(row.join()).not.toContain('scrypt');
  }); // prettier-ignore

  it('goes on beyond a page, and is read as it is taken', async () => {
    stored.task = Array.from({ length: 2_500 }, (_, n) => ({ id: newId(), subject: `Task ${n}` }));
    const rows = await cellsOf((await download(await person())).get('tasks.csv'), ',');
    const at = rows[0]?.indexOf(TASK.fields.find(({ id }) => id === 'subject')?.label.en ?? '') ?? -1;
    expect(rows.slice(1).map((cells) => cells[at])).toEqual(stored.task.map(({ subject }) => subject));
    expect(pages).toBe(1 + 3);
  });

  it('of portal users and people is the account alone; deactivated accounts have theirs too', async () => {
    stored.customer = [...CUSTOMERS];
    for (const kind of ['portal', 'person']) {
      const id = await person({ kind, hasOwnSchedule: false });
      await server.call('POST', `/v1/users/${id}/deactivate`, { token: company.token });
      expect([...(await download(id)).keys()]).toEqual(['account.csv']);
    }
    expect(pages).toBe(0);
  });

  it('is a file named by person and day, is not to be kept, and is in the audit log', async () => {
    const id = await person({ displayName: '../O"Neil; Jörg' });
    const response = await request(id, '', {});
    await response.arrayBuffer();
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''_O_Neil%3B%20J%C3%B6rg%20\d{4}-\d\d-\d\d\.zip$/,
    );
    const log = await server.call('GET', `/v1/audit-log?subjectId=${id}&action=downloaded`, { token: company.token });
    expect(log.body['items']).toMatchObject([{ action: 'downloaded', subject: { kind: 'user', id } }]);
  });

  it('is for administrators alone, and of their company alone', async () => {
    const id = await person();
    const other = await server.company();
    for (const unknown of [id, newId(), 'nonsense']) {
      const answer = await request(unknown, '', { token: other.token });
      expect(await answer.json()).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    const json = { name: 'all', scopes: ['users:read', 'users:write', 'users:sync', 'records:read'] };
    const key = await server.call('POST', '/v1/api-keys', { token: company.token, json });
    const boss = await person({ authorizationLevel: 1 });
    await server.givePassword(company.id, boss);
    const signedIn = await server.signIn(company.id, `data${people}@example.com`);
    for (const token of [String(key.body['apiKey']), String(signedIn.body['access_token'])]) {
      expect((await request(id, '', { token })).status).toBe(403);
    }
    expect((await request(id, '?language=fr')).status).toBe(422);
    expect(pages).toBe(0);
  });
});

/** A client that takes nothing. */
function stuckClient(): { response: Response; stuck: Promise<void> } {
  const { promise: stuck, resolve } = Promise.withResolvers<void>();
  const response = new Writable({ write: () => resolve() });
  const rest = { setHeader: () => response, req: { method: 'GET' } };
  return { response: Object.assign(response, rest) as unknown as Response, stuck };
}

describe('a client that takes nothing', () => {
  it('holds no connection, is read for no further, and ends the work by going away', async () => {
    // What no compression makes small.
    const texts = Array.from({ length: 200 }, () => randomBytes(600).toString('base64'));
    stored.task = Array.from({ length: 20_000 }, (_, n) => ({ subject: 'Task', notes: texts[n % 200] }));
    const userId = await person();
    const caller: Caller = {
      ...{ companyId: company.id, actor: 'user:test', cause: 'request:test', userId: newId(), role: 'administrator' },
      ...{ scopes: [], language: 'en', traceparent: '' },
    };
    const clients = Array.from({ length: 10 }, () => stuckClient());
    const data = server.service.app.get(AccountData);
    const sending = clients.map(({ response }) => data.send(caller, userId, 'en', response));
    await Promise.all(clients.map(({ stuck }) => stuck));
    // Until nobody asks any more.
    let before = -1;
    await expect.poll(() => before === (before = pages), { interval: 100, timeout: 20_000 }).toBe(true);
    expect((await server.call('GET', '/v1/me', { token: company.token })).status).toBe(200);
    // Of 21 each.
    expect(pages).toBeLessThanOrEqual(10 * 4);
    for (const { response } of clients) response.destroy();
    await Promise.all(sending);
    expect(pages).toBeLessThanOrEqual(before + 10);
  });
});

describe('the deletion of an account', () => {
  const remove = (id: string, confirmation?: string, query = ''): Promise<Answer> =>
    server.call('DELETE', `/v1/users/${id}${query}`, {
      token: company.token,
      headers: { 'if-match': '*', ...(confirmation !== undefined && { 'confirmation-token': confirmation }) },
    });
  const codeOf = async (id: string) => (await remove(id)).body['code'];

  async function deactivated(): Promise<string> {
    const id = await person();
    await server.call('POST', `/v1/users/${id}/deactivate`, { token: company.token });
    stored.customer = [...CUSTOMERS];
    return id;
  }

  /** The note is written when the last byte was sent, and so after it may have arrived. */
  async function allowed(id: string): Promise<void> {
    await expect.poll(() => codeOf(id), { timeout: 10_000 }).toBe('confirmation_required');
  }

  it('is possible once its data was downloaded, and takes the records along that were in it', async () => {
    const id = await deactivated();
    expect(await codeOf(id)).toBe('user_has_data');
    await download(id);
    await allowed(id);
    const asked = await remove(id);
    expect(asked.body['detail']).toContain('3 records');
    const token = asked.headers.get('confirmation-token') ?? '';
    expect((await remove(id, token)).status).toBe(204);
    await expect
      .poll(() => server.service.events(userDeleted).filter(({ data }) => data.userId === id), { timeout: 10_000 })
      .toMatchObject([{ data: { discardData: false, downloadedDigest: `${changes}` } }]);
    const left = await server.change(company.id, 'select 1 from data_download where user_id = $1', [id]);
    expect(left).toEqual([]);
  });

  it('is refused again when a record changes, also after it was confirmed', async () => {
    const id = await deactivated();
    await download(id);
    await allowed(id);
    const token = (await remove(id)).headers.get('confirmation-token') ?? '';
    changes++;
    expect((await remove(id, token)).body['code']).toBe('user_has_data');
    await download(id);
    await allowed(id);
    expect((await remove(id, token)).body['code']).toBe('confirmation_required');
  });

  it('is not helped by the download of another account', async () => {
    const [id, other] = [await deactivated(), await deactivated()];
    await download(other);
    await allowed(other);
    expect(await codeOf(id)).toBe('user_has_data');
  });

  it('is not helped by a download while records changed, nor by one that nobody got', async () => {
    const id = await deactivated();
    onPage = () => void changes++;
    expect([...(await download(id)).keys()]).toHaveLength(3);
    onPage = () => undefined;
    const head = await request(id, '', { method: 'HEAD' });
    expect(head.status).toBe(200);
    onPage = () => {
      throw new Error('field-data has a bad day');
    };
    await expect(request(id).then((response) => response.arrayBuffer())).rejects.toThrow('terminated');
    onPage = () => undefined;
    // All of them have ended: nothing was noted of any.
    await expect
      .poll(async () => {
        const log = await server.call('GET', `/v1/audit-log?subjectId=${id}&action=downloaded`, { token: company.token });
        return log.body['items'];
      })
      .toHaveLength(3); // prettier-ignore
    expect(await codeOf(id)).toBe('user_has_data');
    const noted = await server.change(company.id, 'select 1 from data_download where user_id = $1', [id]);
    expect(noted).toEqual([]);
  });
});
