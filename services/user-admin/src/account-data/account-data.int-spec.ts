import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CUSTOMER, parseCell, TASK, type FieldSchema } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { openTable } from '@muster/tabular';
import { CUSTOMERS, DataDesk } from '../test-support/data-desk.js';

let desk: DataDesk;
beforeAll(async () => {
  desk = await DataDesk.start();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.clear());

async function cellsOf(text: string | undefined, delimiter: ',' | ';'): Promise<string[][]> {
  const table = await openTable(new TextEncoder().encode(text), { csv: { delimiter } });
  const rows = [];
  for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
  await table.close();
  return rows;
}

describe('the data of an account', () => {
  it('has a file for the account and one for each kind of records, the empty ones too', async () => {
    desk.stored.customer = [...CUSTOMERS];
    const id = await desk.person({ note: '=2+2', employeeNumber: '0815' });
    const files = await desk.download(id);
    expect([...files.keys()]).toEqual(['account.csv', 'customers.csv', 'tasks.csv']);
    for (const content of files.values()) expect(content.startsWith('\uFEFFID,')).toBe(true);
    const [header = [], ...tasks] = await cellsOf(files.get('tasks.csv'), ',');
    expect(header).toEqual([...TASK.fields.map(({ label }) => label.en), 'In recycle bin']);
    expect(tasks).toEqual([]);
  });

  it.each(['en', 'de'] as const)('in %s comes back through an import as it is stored', async (language) => {
    desk.stored.customer = [...CUSTOMERS];
    const id = await desk.person();
    const files = await desk.download(id, `?language=${language}`);
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
    const id = await desk.person({ email: 'whole@example.com', note: '=2+2', home: { city: 'Graz' }, roles: ['a', 'b'] });
    await desk.server.givePassword(desk.company.id, id);
    const [header = [], row = []] = await cellsOf((await desk.download(id)).get('account.csv'), ',');
    const all = await fetch(`${desk.server.service.url}/v1/users/export?format=csv&language=en&q=whole@example.com`, {
      headers: { authorization: `Bearer ${desk.company.token}` },
    });
    const [exportHeader = [], exported = []] = await cellsOf(await all.text(), ',');
    const values = (names: string[], cells: string[]) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    expect(values(header, row)).toEqual({ ...values(exportHeader, exported), Kind: 'staff' });
    expect(row.join()).not.toContain('scrypt');
  }); // prettier-ignore

  it('goes on beyond a page, and is read as it is taken', async () => {
    desk.stored.task = Array.from({ length: 2_500 }, (_, n) => ({ id: newId(), subject: `Task ${n}` }));
    const rows = await cellsOf((await desk.download(await desk.person())).get('tasks.csv'), ',');
    const at = rows[0]?.indexOf(TASK.fields.find(({ id }) => id === 'subject')?.label.en ?? '') ?? -1;
    expect(rows.slice(1).map((cells) => cells[at])).toEqual(desk.stored.task.map(({ subject }) => subject));
    expect(desk.pages).toBe(1 + 3);
  });

  it('of portal users and people is the account alone; deactivated accounts have theirs too', async () => {
    desk.stored.customer = [...CUSTOMERS];
    for (const kind of ['portal', 'person']) {
      const id = await desk.person({ kind, hasOwnSchedule: false });
      await desk.server.call('POST', `/v1/users/${id}/deactivate`, { token: desk.company.token });
      expect([...(await desk.download(id)).keys()]).toEqual(['account.csv']);
    }
    expect(desk.pages).toBe(0);
  });

  it('is a file named by person and day, is not to be kept, and is in the audit log', async () => {
    const id = await desk.person({ displayName: '../O"Neil; Jörg' });
    const response = await desk.request(id, '', {});
    await response.arrayBuffer();
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''_O_Neil%3B%20J%C3%B6rg%20\d{4}-\d\d-\d\d\.zip$/,
    );
    const log = await desk.server.call('GET', `/v1/audit-log?subjectId=${id}&action=downloaded`, {
      token: desk.company.token,
    });
    expect(log.body['items']).toMatchObject([{ action: 'downloaded', subject: { kind: 'user', id } }]);
  });

  it('is for administrators alone, and of their company alone', async () => {
    const id = await desk.person();
    const other = await desk.server.company();
    for (const unknown of [id, newId(), 'nonsense']) {
      const answer = await desk.request(unknown, '', { token: other.token });
      expect(await answer.json()).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    const json = { name: 'all', scopes: ['users:read', 'users:write', 'users:sync', 'records:read'] };
    const key = await desk.server.call('POST', '/v1/api-keys', { token: desk.company.token, json });
    const boss = await desk.person({ email: 'boss@example.com', authorizationLevel: 1 });
    await desk.server.givePassword(desk.company.id, boss);
    const signedIn = await desk.server.signIn(desk.company.id, 'boss@example.com');
    for (const token of [String(key.body['apiKey']), String(signedIn.body['access_token'])]) {
      expect((await desk.request(id, '', { token })).status).toBe(403);
    }
    expect((await desk.request(id, '?language=fr')).status).toBe(422);
    expect(desk.pages).toBe(0);
  });
});
