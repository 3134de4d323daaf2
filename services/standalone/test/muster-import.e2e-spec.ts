import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter, openTable } from '@muster/tabular';
import { projectRoot } from '../src/cluster/service-process.js';
import { customers, newCompany, type Import, type Tenant } from './api.js';
import { expectWhole } from './expect-whole.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, customerTable } from './tables.js';

const REPS = 3;
const COMMAND = join(projectRoot(), 'services/cli/muster.mjs');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Passes requests on, so that a test can count them, or break the line. */
interface Line {
  url: string;
  /** Method and path of each request that was passed on whole. */
  readonly passed: string[];
  /** Asked before each request: what is answered in its place. */
  before: (request: string) => 'pass' | 'break' | number;
  /** Told of each request that was answered, before its answer goes back. */
  after: (request: string) => void;
  close(): Promise<void>;
}

async function lineTo(target: string): Promise<Line> {
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const line: Line = { url: '', passed: [], before: () => 'pass', after: () => undefined, close };
  const server: Server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    const then = line.before(what);
    if (then === 'break') return request.socket.destroy();
    if (typeof then === 'number') {
      request.resume();
      return response.writeHead(then, { 'retry-after': '0' }).end();
    }
    const { method, headers } = request;
    const onwards = httpRequest(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      line.passed.push(what);
      line.after(what);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  line.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return line;
}

describe('muster import', { timeout: 300_000 }, () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  let folder: string;
  let line: Line;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    system = await standaloneSystem();
    folder = await mkdtemp(join(tmpdir(), 'muster-import-'));
    line = await lineTo(system.url);
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    line.before = () => 'pass';
    line.after = () => undefined;
    line.passed.length = 0;
  });
  afterAll(async () => {
    await line?.close();
    await system?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[], url = line.url): { child: ChildProcess; ended: Promise<Ended> } {
    const { PATH = '' } = process.env;
    const env = { PATH, LANG: 'C', MUSTER_URL: url, MUSTER_TOKEN: tenant.token };
    const child = spawn(process.execPath, [COMMAND, 'import', ...args], { cwd: folder, env });
    children.add(child);
    const collect = async (): Promise<Ended> => {
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      children.delete(child);
      return { out, err, code: child.exitCode };
    };
    return { child, ended: collect() };
  }

  const muster = (...args: string[]) => start(args).ended;

  async function customersFile(rows: number, name = 'customers.csv'): Promise<string[][]> {
    const table = customerTable(rows, REPS);
    await writeFile(join(folder, name), csv(table.rows));
    await writeFile(join(folder, 'c.importcfg'), JSON.stringify(configuration(table.fields)));
    return table.rows;
  }

  const lines = (out: string) => out.trimEnd().split('\n').map((one) => JSON.parse(one) as { event: string } & Record<string, unknown>); // prettier-ignore
  const importIn = (out: string) => lines(out).at(-1)?.['import'] as Import;
  const puts = () => line.passed.filter((what) => /^PUT .*\/parts\/\d+$/.test(what)).map((what) => Number(what.split('/').at(-1))); // prettier-ignore

  async function rowsOf(name: string): Promise<string[][]> {
    const table = await openTable(join(folder, name));
    const rows: string[][] = [];
    for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
    await table.close();
    return rows;
  }

  const COMMON = ['customers.csv', '--configuration', 'c.importcfg', '--part-rows', '1000'];

  it('sends parts, runs them as one import, and joins the results by the rows of the file', async () => {
    tenant = await newCompany(system, REPS);
    const table = await customersFile(3_500);
    table[2_600] = table[2_600]?.with(2, 'x'.repeat(5_000)) ?? [];
    await writeFile(join(folder, 'customers.csv'), csv(table));
    const { code, out, err } = await muster(...COMMON, '--results', 'results.csv', '--language', 'de');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Alle Teile sind da: 4') });
    expect(out).toMatch(/Fertig bis auf einzelne Zeilen\nZeilen +3\.500\nangelegt +3\.499\nungültig +1\n$/);
    expect(puts()).toEqual([1, 2, 3, 4]);
    const [header, ...rows] = await rowsOf('results.csv');
    expect(header).toEqual(['Rep', 'Id', 'name1', 'city', 'phone', 'notes', 'Zeile', 'Ergebnis', 'Datensatz-ID', 'Code', 'Feld', 'Meldung']); // prettier-ignore
    expect(rows.map(([, , , , , , row]) => row)).toEqual(rows.map((_, i) => `${i + 2}`));
    expect(rows.map((cells) => cells.slice(0, 6))).toEqual(table.slice(1));
    expect(rows[2_599]?.slice(6)).toEqual(['2601', 'invalid', '', 'too_long', 'name1', expect.stringContaining('5000')]); // prettier-ignore
    const created = await customers(tenant);
    expect(new Set(created.map(({ externalId }) => externalId)).size).toBe(3_499);
    expect(rows[0]?.[8]).toBe(created.find(({ externalId }) => externalId === '0000000')?.id);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['kill -9', 'SIGKILL', null],
    ['Ctrl-C', 'SIGINT', 130],
  ] as const)(
    '%s in the middle of the upload: the same command sends what is missing, once',
    async (_, signal, code) => {
      tenant = await newCompany(system, REPS);
      await customersFile(5_000);
      const { child, ended } = start(COMMON);
      line.before = (request) => {
        if (request.includes('/parts/4')) child.kill(signal);
        return 'pass';
      };
      expect((await ended).code).toBe(code);
      line.before = () => 'pass';
      const before = puts();
      expect(before.slice(0, 3)).toEqual([1, 2, 3]);
      expect(await customers(tenant)).toEqual([]);
      line.passed.length = 0;
      const { code: done, out } = await muster(...COMMON, '--json');
      expect(done).toBe(0);
      expect(lines(out).filter(({ event }) => event === 'part').map(({ part, sent }) => [part, sent]).slice(0, 3)).toEqual([[1, false], [2, false], [3, false]]); // prettier-ignore
      // Whether part 4 arrived is for the machines to decide.
      expect(puts()).toEqual([4, 5].filter((part) => !before.includes(part)));
      await expectWhole(system, tenant, importIn(out), 5_000);
      expect((await tenant.client.GET('/v1/imports', {})).data?.items).toHaveLength(1);
    },
  );

  it('goes on when the network fails, when the server is too busy, and when an answer is lost', async () => {
    tenant = await newCompany(system, REPS);
    await customersFile(2_500);
    const seen = new Map<string, number>();
    line.before = (request) => {
      const times = (seen.get(request) ?? 0) + 1;
      seen.set(request, times);
      if (times > 1 || request.startsWith('GET')) return 'pass';
      return request.includes('/parts/1') ? 'break' : request.startsWith('PUT') ? 429 : 503;
    };
    const { code, out } = await muster(...COMMON, '--json');
    expect(code).toBe(0);
    expect(lines(out).filter(({ event }) => event === 'retry').map(({ reason }) => reason)).toEqual(expect.arrayContaining(['429', '503'])); // prettier-ignore
    await expectWhole(system, tenant, importIn(out), 2_500);
  });

  it('plans, and runs what was planned by the same command', async () => {
    tenant = await newCompany(system, REPS);
    await customersFile(1_500);
    const planned = await muster(...COMMON, '--then', 'plan', '--json', '--results', 'plan.xlsx');
    expect([planned.code, importIn(planned.out)]).toMatchObject([0, { state: 'planned', plan: { created: 1_500 } }]);
    expect((await rowsOf('plan.xlsx')).at(-1)?.slice(6, 8)).toEqual(['1501', 'created']);
    expect(await customers(tenant)).toEqual([]);
    line.passed.length = 0;
    const ran = await muster(...COMMON, '--json');
    expect(importIn(ran.out)).toMatchObject({ id: importIn(planned.out).id, state: 'completed' });
    expect(puts()).toEqual([]);
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
    await writeFile(join(folder, `k.${format}`), await bytes);
    const document = { ...configuration(table.fields), source: { sheet: 'Kunden' } };
    await writeFile(join(folder, 'k.importcfg'), JSON.stringify(document));
    const { code, out } = await muster(`k.${format}`, '--configuration', 'k.importcfg', '--part-rows', '300', '--json');
    expect([code, puts()]).toEqual([0, [1, 2, 3]]);
    await expectWhole(system, tenant, importIn(out), 700);
    expect((await customers(tenant)).map(({ externalId }) => externalId)).toContain('0000007');
  });

  it('takes a saved configuration by its name, and holds to what the company allows', async () => {
    tenant = await newCompany(system, REPS);
    await customersFile(1_200);
    const document = JSON.parse(await readFile(join(folder, 'c.importcfg'), 'utf8')) as Record<string, unknown>;
    await tenant.client.POST('/v1/import-configurations', { body: { name: 'Nightly', configuration: document } });
    await tenant.client.PATCH('/v1/company', {
      params: { header: { 'If-Match': '*' } },
      body: { importRowLimit: 500 },
    });
    const { code, out } = await muster('customers.csv', '--configuration-name', 'nightly', '--json');
    expect([code, puts()]).toEqual([0, [1, 2, 3]]);
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
    await customersFile(1_200);
    const { code, out } = await muster(...COMMON, '--json');
    expect(lines(out).find(({ event }) => event === 'smaller')).toMatchObject({ rows: 500 });
    expect([code, importIn(out)]).toMatchObject([0, { counters: { created: 1_200 } }]);
    const { data } = await tenant.client.GET('/v1/imports', { params: { query: { state: ['draft'] } } });
    expect(data?.items).toEqual([]);
  });

  it('ends with a code and one line that says why', async () => {
    tenant = await newCompany(system, REPS);
    await customersFile(10);
    await writeFile(join(folder, 'wrong.importcfg'), '{"formatVersion": 1, "entity": "customer"}');
    await writeFile(join(folder, 'none.importcfg'), 'x');
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
    line.before = () => 401;
    await refused(COMMON, 2, 'http_401');
  });

  it('kill -9 of the server while parts come in, and while it reads them: nothing is lost, nothing twice', async () => {
    tenant = await newCompany(system, REPS);
    await customersFile(12_000);
    const { ended } = start([...COMMON, '--part-rows', '2000', '--json']);
    let restarted = Promise.resolve();
    let kills = 0;
    const restart = async () => {
      kills++;
      await system.kill();
      await system.start();
    };
    line.before = (request) => {
      if (kills === 0 && /^PUT .*\/parts\/3$/.test(request)) restarted = restart();
      return 'pass';
    };
    line.after = (request) => {
      // The answer may be lost with it; the staging has begun.
      if (kills === 1 && request.endsWith('/parts/close')) restarted = restarted.then(restart);
    };
    const { code, out } = await ended;
    await restarted;
    expect([code, kills]).toEqual([0, 2]);
    await expectWhole(system, tenant, importIn(out), 12_000);
    const { items = [] } = (await tenant.client.GET('/v1/imports/{id}/parts', { params: { path: { id: importIn(out).id } } })).data ?? {}; // prettier-ignore
    expect(items.map(({ part, rows }) => [part, rows])).toEqual([1, 2, 3, 4, 5, 6].map((part) => [part, 2_000]));
  });

  it('a sync whose upload was broken off deactivates nobody, also after kill -9 of the server, until it is complete', async () => {
    tenant = await newCompany(system, 2);
    const FIELDS = ['email', 'employeeNumber', 'firstName', 'lastName'];
    const mappings = [...FIELDS.map((field) => ({ SourceFieldID: field, TargetFieldID: field })), { constant: 'no', TargetFieldID: 'hasOwnSchedule' }]; // prettier-ignore
    const document = { formatVersion: 1, entity: 'user', mode: 'sync', mappings, options: {} };
    await writeFile(join(folder, 'u.importcfg'), JSON.stringify(document));
    const users = Array.from({ length: 60 }, (_, n) => [
      `u${n}@example.com`,
      `0${1_000 + n}`,
      `First ${n}`,
      `Last ${n}`,
    ]);
    const command = ['users.csv', '--configuration', 'u.importcfg', '--part-rows', '20', '--json'];
    await writeFile(join(folder, 'users.csv'), csv([FIELDS, ...users]));
    const first = await muster(...command);
    expect(importIn(first.out).counters).toMatchObject({ created: 60 });
    const active = async () => (await tenant.client.GET('/v1/users', { params: { query: { loginEnabled: true, limit: 200 } } })).data?.items.filter(({ email }) => /^u\d+@/.test(email ?? '')).length; // prettier-ignore
    expect(await active()).toBe(60);
    await writeFile(join(folder, 'users.csv'), csv([FIELDS, ...users.slice(2)]));
    const { child, ended } = start(command);
    line.before = (request) => {
      if (request.includes('/parts/3')) child.kill('SIGKILL');
      return 'pass';
    };
    await ended;
    await system.kill();
    await system.start();
    const { data } = await tenant.client.GET('/v1/imports', { params: { query: { state: ['draft'] } } });
    expect(data?.items).toMatchObject([{ parts: { closed: false } }]);
    expect(await active()).toBe(60);
    line.before = () => 'pass';
    const { code, out } = await muster(...command);
    expect([code, importIn(out).id]).toEqual([0, data?.items[0]?.id]);
    expect(importIn(out).counters).toMatchObject({ read: 58, unchanged: 58, deactivated: 2 });
    expect(await active()).toBe(58);
  });
});
