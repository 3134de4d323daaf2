import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers, newCompany, refusal, run, send, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv } from './tables.js';

const MEGABYTE = 1024 * 1024;
const header = ['Rep', 'Id', 'name1'];
const row = (i: number) => ['rep01@example.com', `B${i}`, `Kunde ${i}`];
const good = csv([header, row(1)]);
const asIs = configuration(['name1']);

describe('bad input: its own stable code, and nothing is written', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, 1);
  });
  afterAll(() => system?.stop());

  it.each([
    ['empty file', '', asIs, 422, 'file_empty'],
    ['header only', csv([header]), asIs, 422, 'no_data_rows'],
    [
      'unbalanced quotes',
      `${good}"rep01@example.com";"B2";"never closed\r\n${'x;y;z\r\n'.repeat(50)}`,
      asIs,
      422,
      'unbalanced_quotes',
    ],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'), asIs, 422, 'unsupported_format'],
    [
      'one byte that is not UTF-8',
      Buffer.concat([
        Buffer.from(csv([header, ['rep01@example.com', 'B1', 'Müller']])),
        Buffer.from([0x61, 0x3b, 0xff, 0x3b, 0x0a]),
      ]),
      asIs,
      422,
      'wrong_encoding',
    ],
    ['100,001 rows', csv([header, ...Array.from({ length: 100_001 }, (_, i) => row(i))]), asIs, 413, 'too_many_rows'],
    ['31 MB', good + 'x'.repeat(31 * MEGABYTE), asIs, 413, 'file_too_large'],
    [
      'a configuration without mappings',
      good,
      { formatVersion: 1, entity: 'customer', mode: 'upsert' },
      422,
      'configuration_invalid',
    ],
  ])('%s', async (_name, file, config, status, code) => {
    const answer = await refusal(system, tenant, { file, configuration: config });
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.body.detail).not.toBe('');
    expect(await customers(tenant)).toEqual([]);
  });

  it.each([
    ['unknown mapping target', { mappings: [{ SourceFieldID: 'Id', TargetFieldID: 'nonsense' }] }, 'unknown_target'],
    ['unknown column', { mappings: [{ SourceFieldID: 'Nowhere', TargetFieldID: 'name1' }] }, 'unknown_column'],
    ['rep column missing', { userMapping: { by: 'email', SourceFieldID: 'Nobody' } }, 'unknown_column'],
    ['unknown property', { colour: 'red' }, 'unknown_property'],
    ['__proto__ as a property', JSON.parse('{"__proto__": {"mode": "create"}}') as object, 'unknown_property'],
  ])('configuration: %s', async (_name, change, code) => {
    const broken = Object.fromEntries([...Object.entries(asIs), ...Object.entries(change)]);
    const config = Object.entries(broken)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',');
    const form = new FormData();
    form.set('configuration', `{${config}}`);
    form.set('file', new Blob([good]), 'customers.csv');
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: form });
    const body = (await response.json()) as { code: string; errors: { code: string }[] };
    expect(response.status).toBe(422);
    expect(body.code).toBe('configuration_invalid');
    expect(body.errors.map((error) => error.code)).toContain(code);
  });

  it('no file', async () => {
    const form = new FormData();
    form.set('configuration', JSON.stringify(asIs));
    const headers = { authorization: `Bearer ${tenant.token}`, 'accept-language': 'de' };
    const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'file_missing', title: 'Keine Datei' });
  });

  it.each<[string, Record<string, string | File>, number, string]>([
    ['NUL in the configuration', { configuration: '{"entity": "a\\u0000"}' }, 422, 'validation_failed'],
    ['half a surrogate pair in it', { configuration: '{"entity": "\\ud83d"}' }, 422, 'validation_failed'],
    ['an encoding that nobody knows', { encoding: 'ebcdic' }, 422, 'validation_failed'],
    ['NUL as the delimiter', { delimiter: '\0' }, 422, 'validation_failed'],
    ['NUL in the header', { file: new File([`"a\0";${good}`], 'a.csv') }, 422, 'file_unreadable'],
    ['two files', { ' file': new File([good], 'b.csv') }, 400, 'malformed_request'],
  ])('form: %s', async (_name, change, status, code) => {
    const form = new FormData();
    const parts = { configuration: JSON.stringify(asIs), file: new File([good], 'a.csv'), ...change };
    for (const [name, value] of Object.entries(parts)) form.append(name.trim(), value);
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/imports`, { method: 'POST', headers, body: form });
    expect(await response.json()).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  it('an upload with a long name of emoji is kept, with as much of the name as there is room for', async () => {
    const form = new FormData();
    form.set('file', new Blob([good]), `${'x'.repeat(254)}😀😀.csv`);
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form });
    expect(await response.json()).toMatchObject({ fileName: `${'x'.repeat(254)}😀`, rows: 1 });
  });

  it('an upload is repeated under its Idempotency-Key only when every part is the same', async () => {
    const upload = async (fields: Record<string, string>) => {
      const form = new FormData();
      form.set('file', new Blob([good]), 'a.csv');
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const headers = { authorization: `Bearer ${tenant.token}`, 'idempotency-key': 'upload-once' };
      return (await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form })).json();
    };
    const first = (await upload({ encoding: 'utf-8' })) as { id: string };
    expect(await upload({ encoding: 'utf-8' })).toMatchObject({ id: first.id });
    expect(await upload({ encoding: 'windows-1252' })).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('no row for any rep: the import fails with a hint, and makes no restore point', async () => {
    const done = await run(system, tenant, {
      file: csv([header, ['nobody@example.com', 'B1', 'x']]),
      configuration: asIs,
    });
    expect(done).toMatchObject({ state: 'failed', problem: { code: 'no_known_rep' }, restorePointId: null });
    expect(await customers(tenant)).toEqual([]);
  });

  it('rows that differ in what is wrong with them: one outcome each, with code and message', async () => {
    const rows = [
      ['rep01@example.com', 'ok', 'Guter Kunde'],
      ['nobody@example.com', 'B2', 'x'],
      ['REP01@example.com', 'B3', 'x'],
      ['', 'B4', 'x'],
      ['rep01@example.com', 'twice', 'x'],
      ['rep01@example.com', 'twice', 'y'],
      ['rep01@example.com', 'not allowed!', 'x'],
      ['rep01@example.com', 'B8', 'x'.repeat(5_000)],
      ['rep01@example.com', 'B9', 'a\u0000b'],
      ['rep01@example.com', 'B10', 'x', 'one cell', 'too many'],
    ];
    const fresh = await newCompany(system, 1);
    const done = await run(system, fresh, { file: csv([header, ...rows]), configuration: asIs });
    expect(done).toMatchObject({
      state: 'completedWithErrors',
      counters: { read: 10, created: 1, invalid: 9, unprocessed: 0 },
    });
    const { data } = await fresh.client.GET('/v1/imports/{id}/rows', {
      params: { path: { id: done.id }, query: { limit: 100 } },
    });
    expect(data?.items.map(({ row: no, problems }) => [no, ...problems.map(({ code }) => code)])).toEqual([
      [2],
      [3, 'rep_not_found'],
      [4, 'rep_not_found'],
      [5, 'rep_missing'],
      [6, 'duplicate_in_file'],
      [7, 'duplicate_in_file'],
      [8, 'invalid_value'],
      [9, 'too_long'],
      [10, 'invalid_character'],
      [11, 'extra_cells'],
    ]);
    const url = `${system.url}/v1/imports/${done.id}/results?outcome=failed&language=de`;
    const failed = await (await fetch(url, { headers: { authorization: `Bearer ${fresh.token}` } })).text();
    expect(failed.split('\r\n')).toHaveLength(11);
    expect(failed).toContain('rep_not_found');
  });

  it('__proto__ and constructor are headers like others', async () => {
    const fresh = await newCompany(system, 1);
    const file = csv([
      ['Rep', '__proto__', 'constructor'],
      ['rep01@example.com', 'P1', 'Proto GmbH'],
    ]);
    const config = {
      ...(configuration([]) as Record<string, unknown>),
      mappings: [
        { SourceFieldID: '__proto__', TargetFieldID: 'externalId', UpdateBehavior: 2 },
        { SourceFieldID: 'constructor', TargetFieldID: 'name1' },
      ],
    };
    const done = await run(system, fresh, { file, configuration: config });
    expect(done.counters).toMatchObject({ created: 1 });
    expect(await customers(fresh)).toMatchObject([{ externalId: 'P1', name1: 'Proto GmbH' }]);
  });

  it('an API key without the scope is refused, one with it is not', async () => {
    const { data: reader } = await tenant.client.POST('/v1/api-keys', {
      body: { name: 'reader', scopes: ['imports:read'] },
    });
    const { data: writer } = await tenant.client.POST('/v1/api-keys', {
      body: { name: 'writer', scopes: ['imports:write'] },
    });
    const by = (secret: string | undefined) =>
      send(
        system,
        { ...tenant, token: secret ?? '' },
        { file: good, configuration: { ...asIs, options: { validateOnly: true } } },
      );
    expect((await by(reader?.apiKey ?? undefined)).status).toBe(403);
    expect((await by(writer?.apiKey ?? undefined)).status).toBe(202);
    expect((await by('msk_wrong')).status).toBe(401);
  });
});
