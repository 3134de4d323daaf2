import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COMMAND = resolve(import.meta.dirname, '../muster.mjs');
/** The first call compiles the command. */
const TIMEOUT_MS = 60_000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-command-'));
  await file('customers.csv', 'Nr;Name\r\n007;Müller\r\n\r\n1;"a, b"\r\n');
  await file('paper.pdf', '%PDF-1.7\n');
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Kunden').addRow(['Größe', 1.5, true]);
  workbook.addWorksheet('Vertreter').addRow(['Jürgen']);
  await workbook.xlsx.writeFile(join(folder, 'book.xlsx'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string): Promise<void> {
  await writeFile(join(folder, name), content);
}

function start(args: readonly string[], environment: Record<string, string> = {}) {
  // A process that is itself run by a test runner finds that runner's options in its environment.
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [COMMAND, ...args], { cwd: folder, env: { PATH, LANG: 'C', ...environment } });
}

async function muster(args: readonly string[], environment?: Record<string, string>) {
  const child = start(args, environment);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code: code as number };
}

/** stderr has nothing but one line. */
async function problem(args: readonly string[], environment?: Record<string, string>) {
  const { out, err, code } = await muster(args, environment);
  expect(code).toBe(2);
  expect(err).toMatch(/^\{.*\}\n$/);
  return { out, problem: JSON.parse(err) as Record<string, unknown> };
}

describe('muster read', { timeout: TIMEOUT_MS }, () => {
  it('prints every row that holds a value, by its number', async () => {
    expect(await muster(['read', 'customers.csv'])).toEqual({
      out: '{"row":1,"values":["Nr","Name"]}\n{"row":2,"values":["007","Müller"]}\n{"row":4,"values":["1","a, b"]}\n',
      err: '',
      code: 0,
    });
  });

  it('prints CSV', async () => {
    const { out } = await muster(['read', '--format', 'csv', 'customers.csv']);
    expect(out).toBe('Nr,Name\r\n007,Müller\r\n1,"a, b"\r\n');
  });

  it.each([
    [[], '{"row":1,"values":["Größe","1.5","TRUE"]}\n'],
    [['--sheet', 'Vertreter'], '{"row":1,"values":["Jürgen"]}\n'],
  ])('reads the sheet of a workbook that %j names', async (options, expected) => {
    expect((await muster(['read', 'book.xlsx', ...options])).out).toBe(expected);
  });

  it.each([
    [['read', 'paper.pdf'], 'unsupported_format', 'This looks like PDF'],
    [['read', 'book.xlsx', '--sheet', 'Nowhere'], 'sheet_not_found', 'Nowhere'],
    [['read', 'nowhere.csv'], 'file_not_opened', 'nowhere.csv'],
    [['read', '.'], 'file_unreadable', 'not a file'],
    [['read'], 'usage', 'FILE'],
    [['read', 'customers.csv', 'book.xlsx'], 'usage', 'book.xlsx'],
    [['read', 'customers.csv', '--colour'], 'usage', '--colour'],
    [['read', 'customers.csv', '--format', 'toString'], 'usage', 'toString'],
    [['read', 'customers.csv', '--language', 'fr'], 'usage', 'fr'],
    [['paint'], 'usage', 'paint'],
    [[], 'usage', 'read'],
  ])('answers %j with one problem, %s', async (args, code, detail) => {
    const { out, problem: found } = await problem(args);
    expect(out).toBe('');
    expect(found).toMatchObject({ code, title: expect.any(String), detail: expect.stringContaining(detail) });
  });

  it.each([
    [['--language', 'de'], {}],
    [[], { LANG: 'de_AT.UTF-8' }],
    [[], { LC_ALL: 'de_DE.UTF-8', LANG: 'en_GB.UTF-8' }],
  ])('speaks German with %j %j', async (options, environment: Record<string, string>) => {
    expect((await problem(['read', 'paper.pdf', ...options], environment)).problem['title']).toBe(
      'Format nicht unterstützt',
    );
  });

  it('holds to the rows of an import, and a header', async () => {
    await file('rows.csv', 'a\n'.repeat(100_001));
    expect((await muster(['read', 'rows.csv'])).code).toBe(0);
    await file('rows.csv', 'a\n'.repeat(100_002));
    expect((await problem(['read', 'rows.csv'])).problem).toMatchObject({ code: 'too_many_rows' });
    const { out, code } = await muster(['read', 'rows.csv', '--no-limits']);
    expect({ code, last: out.slice(-30) }).toEqual({
      code: 0,
      last: expect.stringContaining('{"row":100002,"values":["a"]}\n'),
    });
  });

  it('holds to the size of an import', async () => {
    await file('large.csv', 'a;b\n');
    await truncate(join(folder, 'large.csv'), 31 * 1024 ** 2);
    const { problem: found } = await problem(['read', 'large.csv']);
    expect(found).toMatchObject({ code: 'file_too_large', detail: expect.stringContaining('30 MB') });
  });

  it('ends without a word when nobody reads on', async () => {
    await file('long.csv', `${'x'.repeat(100)}\n`.repeat(90_000));
    const child = start(['read', 'long.csv']);
    const [err, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'close'),
      once(child.stdout, 'data').then(() => child.stdout.destroy()),
    ]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });
});

describe('muster sniff', { timeout: TIMEOUT_MS }, () => {
  it('prints what the first rows say', async () => {
    const { out, code } = await muster(['sniff', 'customers.csv']);
    expect({ code, sniffed: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      sniffed: { format: 'csv', headerRow: 1, columns: [{ name: 'Nr' }, { name: 'Name' }] },
    });
  });

  it('takes a sheet by its name', async () => {
    const { out } = await muster(['sniff', 'book.xlsx', '--sheet', 'Vertreter']);
    expect(JSON.parse(out)).toMatchObject({ format: 'xlsx', sheet: 'Vertreter' });
  });

  it('answers a refused file with one problem', async () => {
    expect((await problem(['sniff', 'paper.pdf'])).problem).toMatchObject({ code: 'unsupported_format' });
  });
});

describe('muster', { timeout: TIMEOUT_MS }, () => {
  it.each([
    [['--help'], 'muster COMMAND'],
    [['help'], 'muster COMMAND'],
    [['read', '--help'], 'muster read FILE'],
  ])('helps with %j', async (args, expected) => {
    expect(await muster(args)).toEqual({ out: expect.stringContaining(expected), err: '', code: 0 });
  });
});
