import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Id } from '@muster/contracts';
import { freePort, startEmbeddedPostgres } from '@muster/persistence';
import { ServiceProcess } from '../../services/standalone/src/cluster/service-process.js';
import { call, post } from '../../services/standalone/src/demo/http.js';
import { connectAs, fill, type Filled } from './fill.js';

const PASSWORD = 'a long enough password';
const COMPANY = 'Bench';

/** Muster in a process of its own, on an embedded database, with one company of many accounts. */
export interface BenchServer extends Filled {
  readonly url: string;
  readonly pid: number;
  /** Of the superuser. */
  readonly databaseUrl: string;
  readonly companyId: Id;
  /** Past row-level security, in the company. */
  readonly client: pg.Client;
  /** An access token of whoever has the company's only password. */
  signIn(email: string): Promise<string>;
  stop(): Promise<void>;
}

export const ADMINISTRATOR = 'admin@example.com';

/** It is written once the service answers. */
async function operatorKeyIn(folder: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    const key = await readFile(join(folder, 'operator-key'), 'utf8').catch((error: unknown) => {
      if (tries === 100) throw error;
    });
    if (key !== undefined) return key.trim();
    await delay(100);
  }
}

/** @param environment of the process, beside what it needs */
export async function startBenchServer(
  accounts: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const databaseUrl = await createDatabase(postgres.adminUrl);
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ DATA_FOLDER: folder, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' },
    ...environment,
    ...{ HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort), MALLOC_ARENA_MAX: '1' },
  };
  const server = new ServiceProcess('standalone', url, env);
  await server.start();
  const operatorKey = await operatorKeyIn(folder);
  const { id: companyId } = await post<{ id: Id }>(`${url}/v1/companies`, operatorKey, {
    ...{ name: COMPANY, language: 'en', timeZone: 'Europe/Vienna', country: 'AT', licences: accounts + 1 },
    administrator: { email: ADMINISTRATOR, password: PASSWORD, firstName: 'Ada', lastName: 'Admin' },
  });
  const client = await connectAs(databaseUrl, companyId);
  const filled = await fill(client, companyId, accounts);
  const signIn = async (username: string) => {
    const form = new URLSearchParams({ grant_type: 'password', company: COMPANY, username, password: PASSWORD });
    const request = { method: 'POST', body: form };
    return (await call<{ access_token: string }>(`${url}/v1/auth/token`, request)).access_token;
  };
  const stop = async () => {
    await client.end();
    await server.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...filled, url, databaseUrl, pid: server.pid ?? 0, companyId, client, signIn, stop };
}

async function createDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('create database muster');
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = '/muster';
  return url.href;
}
