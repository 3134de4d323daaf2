import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareDatabase, type PreparedDatabase } from './database.js';

let folder: string;
const prepared: PreparedDatabase[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-standalone-'));
  // As root the server runs as another user, who must get through to its data.
  await chmod(folder, 0o711);
});
afterEach(async () => {
  for (const database of prepared.splice(0).reverse()) await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function prepare(databaseUrl?: string): Promise<PreparedDatabase> {
  const database = await prepareDatabase(folder, databaseUrl);
  prepared.push(database);
  return database;
}

async function signsIn(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.end();
  return true;
}

it('is the first one’s alone: who comes second is refused, and changes nothing for the first', async () => {
  const { adminUrl, urls, eventLogUrl } = await prepare();
  for (const databaseUrl of [undefined, adminUrl]) {
    await expect(prepareDatabase(folder, databaseUrl)).rejects.toThrow('Another process of Muster');
  }
  for (const url of [adminUrl, eventLogUrl, ...Object.values(urls).flatMap((one) => [one.url, one.ownerUrl])]) {
    expect(await signsIn(url)).toBe(true);
  }
});

it('has the same roles and passwords at the next start', async () => {
  const passwords = async () => {
    const { urls, eventLogUrl } = await prepare();
    return [eventLogUrl, urls.import.url, urls.import.ownerUrl].map((url) => new URL(url).password);
  };
  const first = await passwords();
  await prepared.pop()?.stop();
  expect(await passwords()).toEqual(first);
});

/** Stands for another Muster: does nothing but hold the lock, until it is killed. */
const HOLDER = `
  import pg from 'pg';
  const client = new pg.Client(process.argv[1]);
  await client.connect();
  await client.query("select pg_advisory_lock(hashtext('muster.process'))");
  console.log('held');
  setInterval(() => {}, 60_000);`;

it('of a given URL is the first one’s too, and free at once when that one is killed', async () => {
  const { adminUrl } = await prepare();
  const url = await anotherDatabase(adminUrl);
  const other = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(other, 'exit');
  await once(other.stdout, 'data');
  await expect(prepareDatabase(folder, url)).rejects.toThrow('Another process of Muster');
  other.kill('SIGKILL');
  await gone;
  expect((await prepare(url)).adminUrl).toBe(url);
});

async function anotherDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('create database other');
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = '/other';
  return url.href;
}
