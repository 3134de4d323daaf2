import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter } from '@muster/tabular';
import { customers, newCompany, type Tenant } from './api.js';
import { expectWhole } from './expect-whole.js';
import { importIn, MusterCommand, stepsOf } from './muster-command.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, customerTable } from './tables.js';

const REPS = 3;

describe('muster import', () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  let command: MusterCommand;

  beforeAll(async () => {
    system = await standaloneSystem();
    command = await MusterCommand.at(system.url);
  });
  afterEach(() => command.reset());
  afterAll(async () => {
    await command?.close();
    await system?.stop();
  });

  const muster = (...args: string[]) => command.run(tenant, ...args);
  const write = (name: string, content: string | Uint8Array) => writeFile(join(command.folder, name), content);

  const COMMON = ['customers.csv', '--configuration', 'c.importcfg', '--part-rows', '1000'];

  it('sends parts, runs them as one import, and joins the results by the rows of the file', async () => {
    tenant = await newCompany(system, REPS);
    const table = await command.customersFile(3_500, REPS);
    table[2_600] = table[2_600]?.with(2, 'x'.repeat(5_000)) ?? [];
    await write('customers.csv', csv(table));
    const { code, out, err } = await muster(...COMMON, '--results', 'results.csv', '--language', 'de');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Alle Teile sind da: 4') });
    expect(out).toMatch(/Fertig bis auf einzelne Zeilen\nZeilen +3\.500\nangelegt +3\.499\nungültig +1\n$/);
    expect(command.puts()).toEqual([1, 2, 3, 4]);
    const [header, ...rows] = await command.rowsOf('results.csv');
    expect(header).toEqual(['Rep', 'Id', 'name1', 'city', 'phone', 'notes', 'Zeile', 'Ergebnis', 'Datensatz-ID', 'Code', 'Feld', 'Meldung']); // prettier-ignore
    expect(rows.map(([, , , , , , row]) => row)).toEqual(rows.map((_, i) => `${i + 2}`));
    expect(rows.map((cells) => cells.slice(0, 6))).toEqual(table.slice(1));
    expect(rows[2_599]?.slice(6)).toEqual(['2601', 'invalid', '', 'too_long', 'name1', expect.stringContaining('5000')]); // prettier-ignore
    const created = await customers(tenant);
    expect(new Set(created.map(({ externalId }) => externalId)).size).toBe(3_499);
    expect(rows[0]?.[8]).toBe(created.find(({ externalId }) => externalId === '0000000')?.id);
    expect((await readdir(command.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['kill -9', 'SIGKILL', null],
    ['Ctrl-C', 'SIGINT', 130],
  ] as const)(
    '%s in the middle of the upload: the same command sends what is missing, once',
    async (_, signal, code) => {
      tenant = await newCompany(system, REPS);
      await command.customersFile(5_000, REPS);
      const { child, ended } = command.start(tenant, COMMON);
      command.line.before = (request) => {
        if (request.includes('/parts/4')) child.kill(signal);
        return 'pass';
      };
      expect((await ended).code).toBe(code);
      command.line.before = () => 'pass';
      const before = command.puts();
      expect(before.slice(0, 3)).toEqual([1, 2, 3]);
      expect(await customers(tenant)).toEqual([]);
      command.line.passed.length = 0;
      const { code: done, out } = await muster(...COMMON, '--json');
      expect(done).toBe(0);
      expect(stepsOf(out).filter(({ event }) => event === 'part').map(({ part, sent }) => [part, sent]).slice(0, 3)).toEqual([[1, false], [2, false], [3, false]]); // prettier-ignore
      // Whether part 4 arrived is for the machines to decide.
      expect(command.puts()).toEqual([4, 5].filter((part) => !before.includes(part)));
      await expectWhole(system, tenant, importIn(out), 5_000);
      expect((await tenant.client.GET('/v1/imports', {})).data?.items).toHaveLength(1);
    },
  );

  it('plans, and runs what was planned by the same command', async () => {
    tenant = await newCompany(system, REPS);
    await command.customersFile(1_500, REPS);
    const planned = await muster(...COMMON, '--then', 'plan', '--json', '--results', 'plan.xlsx');
    expect([planned.code, importIn(planned.out)]).toMatchObject([0, { state: 'planned', plan: { created: 1_500 } }]);
    expect((await command.rowsOf('plan.xlsx')).at(-1)?.slice(6, 8)).toEqual(['1501', 'created']);
    expect(await customers(tenant)).toEqual([]);
    command.line.passed.length = 0;
    const ran = await muster(...COMMON, '--json');
    expect(importIn(ran.out)).toMatchObject({ id: importIn(planned.out).id, state: 'completed' });
    expect(command.puts()).toEqual([]);
    // It is over: the same file once more is another import.
    const again = await muster(...COMMON, '--json');
    expect(importIn(again.out)).toMatchObject({ state: 'completed', counters: { unchanged: 1_500 } });
    expect(importIn(again.out).id).not.toBe(importIn(ran.out).id);
  });

  it.each(['xlsx', 'ods'] as const)('reads %s, and ids keep their zeros', async (format) => {
    tenant = await newCompany(system, REPS);
    const table = customerTable(700, REPS);
    const stream = new PassThrough();
    const bytes = buffer(stream);
    const writer = await createTableWriter(format, stream, { sheetName: 'Kunden' });
    await writer.write(table.rows);
    await writer.end();
    await write(`k.${format}`, await bytes);
    const document = { ...configuration(table.fields), source: { sheet: 'Kunden' } };
    await write('k.importcfg', JSON.stringify(document));
    const { code, out } = await muster(`k.${format}`, '--configuration', 'k.importcfg', '--part-rows', '300', '--json');
    expect([code, command.puts()]).toEqual([0, [1, 2, 3]]);
    await expectWhole(system, tenant, importIn(out), 700);
    expect((await customers(tenant)).map(({ externalId }) => externalId)).toContain('0000007');
  });

  it('takes a saved configuration by its name, and holds to what the company allows', async () => {
    tenant = await newCompany(system, REPS);
    await command.customersFile(1_200, REPS);
    const document = JSON.parse(await readFile(join(command.folder, 'c.importcfg'), 'utf8')) as Record<string, unknown>;
    await tenant.client.POST('/v1/import-configurations', { body: { name: 'Nightly', configuration: document } });
    await tenant.client.PATCH('/v1/company', {
      params: { header: { 'If-Match': '*' } },
      body: { importRowLimit: 500 },
    });
    const { code, out } = await muster('customers.csv', '--configuration-name', 'nightly', '--json');
    expect([code, command.puts()]).toEqual([0, [1, 2, 3]]);
    expect(importIn(out)).toMatchObject({ configurationVersion: 1, counters: { created: 1_200 } });
  });

  it('cuts smaller parts where a key for imports alone cannot know what the company allows', async () => {
    tenant = await newCompany(system, REPS);
    await tenant.client.PATCH('/v1/company', {
      params: { header: { 'If-Match': '*' } },
      body: { importRowLimit: 500 },
    });
    const { data: key } = await tenant.client.POST('/v1/api-keys', { body: { name: 'erp', scopes: ['imports:read', 'imports:write'] } }); // prettier-ignore
    tenant = { ...tenant, token: key?.apiKey ?? '' };
    await command.customersFile(1_200, REPS);
    const { code, out } = await muster(...COMMON, '--json');
    expect(stepsOf(out).find(({ event }) => event === 'smaller')).toMatchObject({ rows: 500 });
    expect([code, importIn(out)]).toMatchObject([0, { counters: { created: 1_200 } }]);
    const { data } = await tenant.client.GET('/v1/imports', { params: { query: { state: ['draft'] } } });
    expect(data?.items).toEqual([]);
  });

  it('ends with a code and one line that says why', async () => {
    tenant = await newCompany(system, REPS);
    await command.customersFile(10, REPS);
    await write('wrong.importcfg', '{"formatVersion": 1, "entity": "customer"}');
    await write('none.importcfg', 'x');
    const refused = async (args: string[], code: number, problem: string) => {
      const ended = await muster(...args);
      expect([ended.code, (JSON.parse(ended.err.trimEnd().split('\n').at(-1) ?? '') as { code: string }).code]).toEqual([code, problem]); // prettier-ignore
    };
    await refused(['customers.csv', '--configuration', 'wrong.importcfg'], 2, 'configuration_invalid');
    await refused(['customers.csv', '--configuration', 'none.importcfg'], 2, 'configuration_not_json');
    await refused(['customers.csv', '--configuration-name', 'nobody'], 2, 'configuration_not_found');
    await refused(['customers.csv'], 2, 'usage');
    await refused([...COMMON, '--results', 'r.pdf'], 2, 'usage');
    await refused([...COMMON, '--url', 'http://127.0.0.1:9', '--patience', '0'], 4, 'unreachable');
    command.line.before = () => ({ status: 401 });
    await refused(COMMON, 2, 'http_401');
  });

  it('a sync whose upload was broken off deactivates nobody, also after kill -9 of the server, until it is complete', async () => {
    tenant = await newCompany(system, 2);
    const FIELDS = ['email', 'employeeNumber', 'firstName', 'lastName'];
    const mappings = [...FIELDS.map((field) => ({ SourceFieldID: field, TargetFieldID: field })), { constant: 'no', TargetFieldID: 'hasOwnSchedule' }]; // prettier-ignore
    const document = { formatVersion: 1, entity: 'user', mode: 'sync', mappings, options: {} };
    await write('u.importcfg', JSON.stringify(document));
    const users = Array.from({ length: 60 }, (_, n) => [
      `u${n}@example.com`,
      `0${1_000 + n}`,
      `First ${n}`,
      `Last ${n}`,
    ]);
    const args = ['users.csv', '--configuration', 'u.importcfg', '--part-rows', '20', '--json'];
    await write('users.csv', csv([FIELDS, ...users]));
    const first = await muster(...args);
    expect(importIn(first.out).counters).toMatchObject({ created: 60 });
    const active = async () => (await tenant.client.GET('/v1/users', { params: { query: { loginEnabled: true, limit: 200 } } })).data?.items.filter(({ email }) => /^u\d+@/.test(email ?? '')).length; // prettier-ignore
    expect(await active()).toBe(60);
    await write('users.csv', csv([FIELDS, ...users.slice(2)]));
    const { child, ended } = command.start(tenant, args);
    command.line.before = (request) => {
      if (request.includes('/parts/3')) child.kill('SIGKILL');
      return 'pass';
    };
    await ended;
    await system.kill();
    await system.start();
    const { data } = await tenant.client.GET('/v1/imports', { params: { query: { state: ['draft'] } } });
    expect(data?.items).toMatchObject([{ parts: { closed: false } }]);
    expect(await active()).toBe(60);
    command.line.before = () => 'pass';
    const { code, out } = await muster(...args);
    expect([code, importIn(out).id]).toEqual([0, data?.items[0]?.id]);
    expect(importIn(out).counters).toMatchObject({ read: 58, unchanged: 58, deactivated: 2 });
    expect(await active()).toBe(58);
  });
});
