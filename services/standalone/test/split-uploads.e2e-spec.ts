import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter } from '@muster/tabular';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { customers, newCompany, read, refusal, sumOf, until, untilFinal, type Import, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, customerTable } from './tables.js';

const REPS = 3;
const ROWS = 3_000;
const PARTS = 4;

type Table = readonly (readonly string[])[];
type Bytes = string | Uint8Array<ArrayBuffer>;

async function workbook([header = [], ...rows]: Table): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const columns = header.map((name) => ({ header: name }));
  const writer = await createTableWriter('xlsx', stream, { columns, language: 'en' });
  await writer.write(rows.map((row) => [...row]));
  await writer.end();
  return new Uint8Array(await bytes);
}

/** A table in so many, each with the header. */
function split([header = [], ...rows]: Table, parts: number): Table[] {
  const size = Math.ceil(rows.length / parts);
  return Array.from({ length: parts }, (_, i) => [header, ...rows.slice(i * size, (i + 1) * size)]);
}

describe('a file in parts', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, REPS);
  });
  afterAll(() => system?.stop());

  async function call(who: Tenant, method: string, path: string, body?: object | FormData) {
    const isForm = body instanceof FormData;
    const headers = {
      authorization: `Bearer ${who.token}`,
      ...(body && !isForm && { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${system.url}/v1${path}`, { method, headers, ...(body && { body: isForm ? body : JSON.stringify(body) }) }); // prettier-ignore
    return { status: response.status, body: (await response.json()) as Import & { code?: string } };
  }

  function form(file: Bytes, fields: Record<string, unknown> = {}, name = 'part.csv'): FormData {
    const data = new FormData();
    for (const [field, value] of Object.entries(fields)) data.set(field, typeof value === 'string' ? value : JSON.stringify(value)); // prettier-ignore
    data.set('file', new Blob([file]), name);
    return data;
  }

  const put = (id: string, part: number, file: Bytes, name?: string) =>
    call(tenant, 'PUT', `/imports/${id}/parts/${part}`, form(file, {}, name));

  async function results({ id }: Import, outcome: string): Promise<string> {
    const url = `${system.url}/v1/imports/${id}/results?outcome=${outcome}&language=de`;
    return (await fetch(url, { headers: { authorization: `Bearer ${tenant.token}` } })).text();
  }

  it('of CSV and XLSX is one import with one restore point and one result, whatever came first', async () => {
    const { rows, fields } = customerTable(ROWS, REPS);
    const faulty = rows.map((row, i) => (i % 1_000 === 7 ? row.with(2, 'x'.repeat(5_000)) : row));
    const tables = split(faulty, PARTS);
    const opened = await call(tenant, 'POST', '/imports', {
      parts: { seriesId: 'customers-2026-07-31', count: PARTS },
      configuration: configuration(fields),
      then: 'run',
    });
    expect(opened).toMatchObject({ status: 202, body: { state: 'draft' } });
    const { id } = opened.body;
    await put(id, 4, await workbook(tables[3] ?? []), 'customers-4.xlsx');
    await put(id, 1, csv(tables[1] ?? []), 'customers-1.csv');
    await put(id, 3, csv(tables[2] ?? []), 'customers-3.csv');
    expect(await call(tenant, 'POST', `/imports/${id}/parts/close`, { count: PARTS })).toMatchObject({ status: 409, body: { code: 'parts_missing' } }); // prettier-ignore
    expect(await customers(tenant)).toEqual([]);
    // The first one was the wrong file.
    await Promise.all([put(id, 2, await workbook(tables[1] ?? []), 'customers-2.xlsx'), put(id, 1, csv(tables[0] ?? []), 'customers-1.csv')]); // prettier-ignore
    expect((await call(tenant, 'POST', `/imports/${id}/parts/close`, { count: PARTS })).status).toBe(202);
    const done = await untilFinal(tenant, id);
    expect(done).toMatchObject({
      ...{ state: 'completedWithErrors', fileName: 'customers-1.csv … customers-4.xlsx', problem: null },
      counters: { read: ROWS, created: ROWS - 3, invalid: 3 },
    });
    expect(sumOf(done)).toBe(ROWS);
    const points = await tenant.client.GET('/v1/restore-points', {});
    expect(points.data?.items.filter(({ importId }) => importId === id)).toHaveLength(1);

    const successful = (await results(done, 'successful')).trimEnd();
    expect(successful.split('\r\n')[0]).toMatch(/Teil;Zeile;Ergebnis;Datensatz-ID$/);
    const failed = await results(done, 'failed');
    expect(failed.split('\r\n')[0]?.replaceAll('"', '')).toMatch(/Rep;Id;name1;.*;Code;Feld;Meldung$/);
    const { data } = await tenant.client.GET('/v1/imports/{id}/rows', { params: { path: { id }, query: { outcome: 'invalid' } } }); // prettier-ignore
    expect(data?.items.map(({ part, row }) => [part, row])).toEqual([[1, 8], [2, 258], [3, 508]]); // prettier-ignore

    // Each part can be had again as it came, by whoever may see the import.
    const parts = (await tenant.client.GET('/v1/imports/{id}/parts', { params: { path: { id } } })).data?.items ?? [];
    const stranger = await newCompany(system, 1);
    const content = ({ links }: (typeof parts)[number], { token }: Tenant) =>
      fetch(system.url + links['content'], { headers: { authorization: `Bearer ${token}` } });
    for (const part of parts) {
      const response = await content(part, tenant);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([response.status, response.headers.get('etag'), response.headers.get('content-length')]).toEqual([200, `"${part.sha256}"`, `${part.size}`]); // prettier-ignore
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(part.sha256);
      expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${part.fileName}`);
      expect((await content(part, stranger)).status).toBe(404);
    }
    expect(parts.map(({ fileName }) => fileName)).toEqual(['customers-1.csv', 'customers-2.xlsx', 'customers-3.csv', 'customers-4.xlsx']); // prettier-ignore
    // The whole is none of them.
    const whole = await fetch(`${system.url}/v1/uploads/${done.uploadId}/content`, { headers: { authorization: `Bearer ${tenant.token}` } }); // prettier-ignore
    expect([whole.status, await whole.json()]).toMatchObject([409, { code: 'upload_in_parts' }]);

    // Corrected and sent as it is, it imports just those rows.
    const corrected = failed.replaceAll('x'.repeat(5_000), 'Adler');
    const again = await call(tenant, 'POST', '/imports', form(corrected, { configuration: configuration(fields) }));
    expect(await untilFinal(tenant, again.body.id)).toMatchObject({ state: 'completed', counters: { read: 3, created: 3 } }); // prettier-ignore
    expect(new Set((await customers(tenant)).map(({ externalId }) => externalId)).size).toBe(ROWS);
  });

  it('by one call for each part runs once, for each company by itself', async () => {
    const others = await newCompany(system, REPS);
    const { rows, fields } = customerTable(300, REPS);
    const tables = split(rows, 3);
    const arrive = (who: Tenant, part: number) =>
      call(who, 'POST', '/imports', form(csv(tables[part - 1] ?? []), { seriesId: 'night', part, parts: 3, configuration: configuration(fields) })); // prettier-ignore
    const theirs = await arrive(others, 1);
    const answers = await Promise.all([3, 1, 2].map((part) => arrive(tenant, part)));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(theirs.body.id);
    expect(await untilFinal(tenant, [...ids][0] ?? '')).toMatchObject({ counters: { read: 300 } });
    expect(await read(others, theirs.body.id)).toMatchObject({ state: 'draft', parts: { received: 1 } });
    expect(await customers(others)).toEqual([]);
    expect((await arrive(tenant, 2)).body.id).toBe(answers[0]?.body.id);
  });
});

describe('a file of a sync that was cut off', () => {
  const ACCOUNTS = 60;
  const FIELDS = ['email', 'employeeNumber', 'firstName', 'lastName'];
  const rows = Array.from({ length: ACCOUNTS }, (_, n) => [`u${n}@example.com`, `${1_000 + n}`, `First ${n}`, `Last ${n}`]); // prettier-ignore
  const table: Table = [FIELDS, ...rows];
  const plain = table.map((row) => `${row.join(';')}\r\n`).join('');
  const sync = {
    ...{ formatVersion: 1, entity: 'user', mode: 'sync', options: {} },
    mappings: [...FIELDS.map((field) => ({ SourceFieldID: field, TargetFieldID: field })), { constant: 'no', TargetFieldID: 'hasOwnSchedule' }], // prettier-ignore
  };
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, 2);
    const started = await send(plain, 'users.csv');
    await until(tenant, started.id, ({ state, counters }) => state === 'completed' && counters.created === ACCOUNTS);
  });
  afterAll(() => system?.stop());

  async function send(file: Bytes, fileName: string, more: Record<string, unknown> = {}): Promise<Import> {
    const data = new FormData();
    for (const [name, value] of Object.entries({ configuration: sync, ...more })) data.set(name, typeof value === 'string' ? value : JSON.stringify(value)); // prettier-ignore
    data.set('file', new Blob([file]), fileName);
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: data });
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Import;
  }

  async function active(): Promise<number> {
    const query = { loginEnabled: true, limit: 200 };
    const { data } = await tenant.client.GET('/v1/users', { params: { query } });
    return data?.items.filter(({ email }) => /^u\d+@/.test(email ?? '')).length ?? 0;
  }

  it.each<[string, () => Bytes | Promise<Bytes>, string, string]>([
    ['CSV within quotes', () => csv(table).slice(0, csv(table).length / 2).replace(/"[^"]*$/, '"Las'), 'users.csv', 'unbalanced_quotes'],
    ['XLSX, half of its bytes', async () => half(await workbook(table)), 'users.xlsx', 'file_unreadable'],
    ['XLSX, without its last bytes', async () => (await workbook(table)).slice(0, -30), 'users.xlsx', 'file_unreadable'],
  ])('is refused at once: %s', async (_what, file, fileName, code) => {
    const refused = await refusal(system, tenant, { file: await file(), fileName, configuration: sync });
    expect(refused).toMatchObject({ status: 422, body: { code } });
    expect(await active()).toBe(ACCOUNTS);
  }); // prettier-ignore

  it('removes nobody when it ends within a row, however few rows are missing', async () => {
    const last = rows.at(-1)?.join(';') ?? '';
    const started = await send(plain.slice(0, plain.indexOf(last) + 20), 'users.csv');
    const done = await untilFinal(tenant, started.id);
    expect(done).toMatchObject({ counters: { invalid: 1, unchanged: ACCOUNTS - 1 }, problem: { code: 'removals_withheld' } }); // prettier-ignore
    const short = await send(plain.slice(0, plain.indexOf(rows[55]?.join(';') ?? '') + 20), 'users.csv');
    expect(await untilFinal(tenant, short.id)).toMatchObject({ absentees: { deactivated: 0 } });
    expect(await active()).toBe(ACCOUNTS);
  });

  it.each<[string, () => Bytes | Promise<Bytes>, string]>([
    ['CSV that ends between two rows', () => plain.split('\r\n').slice(0, 31).join('\r\n') + '\r\n', 'users.csv'],
    ['XLSX with half of its rows', () => workbook(table.slice(0, 31)), 'users.xlsx'],
  ])('waits for approval: %s', async (_what, file, fileName) => {
    const started = await send(await file(), fileName);
    const stopped = await until(tenant, started.id, ({ state }) => state === 'awaitingApproval');
    expect(stopped).toMatchObject({ problem: { code: 'guard_exceeded' }, counters: { updated: 0 } });
    expect(await active()).toBe(ACCOUNTS);
    await tenant.client.POST('/v1/imports/{id}/cancel', { params: { path: { id: started.id } } });
  });

  it('waits for its parts, and acts once all of them are in', async () => {
    // Two of them are absent from all three parts, together with the rep: the guard lets them pass.
    const tables = split([FIELDS, ...rows.slice(2)], 3).map((part) => csv(part));
    const arrive = (part: number) => send(tables[part - 1] ?? '', `users-${part}.csv`, { seriesId: 'sync', part, parts: 3 }); // prettier-ignore
    const second = await arrive(2);
    expect(second).toMatchObject({ state: 'draft', parts: { missing: [1, 3] } });
    for (const command of ['plan', 'run'] as const) {
      const { response } = await tenant.client.POST(`/v1/imports/{id}/${command}`, {
        params: { path: { id: second.id } },
      });
      expect(response.status).toBe(409);
    }
    expect(await arrive(1)).toMatchObject({ id: second.id, state: 'draft', parts: { missing: [3] } });
    expect(await active()).toBe(ACCOUNTS);
    await arrive(3);
    const done = await untilFinal(tenant, second.id);
    expect(done).toMatchObject({ state: 'completed', counters: { read: ACCOUNTS - 2, unchanged: ACCOUNTS - 2 } });
    expect(await active()).toBe(ACCOUNTS - 2);
  });
});

function half(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.slice(0, Math.floor(bytes.length / 2));
}
