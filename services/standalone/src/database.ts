import { join, resolve } from 'node:path';
import pg from 'pg';
import { provisionEventLog, SingleProcessLock } from '@muster/messaging';
import { provision, startEmbeddedPostgres, type ServiceUrls } from '@muster/persistence';
import type { ServiceName } from '@muster/contracts';
import { keptRolePassword } from './role-password.js';

const DATABASE = 'muster';

export interface PreparedDatabase {
  readonly adminUrl: string;
  readonly urls: Record<ServiceName, ServiceUrls>;
  /** Of the embedded event log. */
  readonly eventLogUrl: string;
  stop(): Promise<void>;
}

/**
 * A database with all roles and schemas: the given one, or PostgreSQL embedded in `folder`. It is this process's alone until
 * `stop`; whoever comes second changes nothing in it.
 * @throws HeldByAnotherProcess
 */
export async function prepareDatabase(folder: string, databaseUrl: string | undefined): Promise<PreparedDatabase> {
  const embedded = databaseUrl ? undefined : await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const adminUrl = databaseUrl ?? (await ensureDatabase(embedded?.adminUrl ?? ''));
  const lock = lockOf(adminUrl, folder);
  // Refused, it leaves the embedded server alone: that one belongs to the process that holds the lock.
  await lock.take();
  const password = await keptRolePassword(folder);
  const urls = await provision(adminUrl, password);
  const eventLogUrl = await provisionEventLog(adminUrl, password);
  const stop = async () => {
    await lock.release();
    await embedded?.stop();
  };
  return { adminUrl, urls, eventLogUrl, stop };
}

function lockOf(url: string, folder: string): SingleProcessLock {
  return new SingleProcessLock({
    url,
    name: 'muster',
    refusal: `Another process of Muster works with this database (data folder ${resolve(folder)}). Stop it first, or start this one with a DATA_FOLDER or DATABASE_URL of its own.`,
    onLost: (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  });
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}
