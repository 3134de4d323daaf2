import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { provisionEventLog } from '@muster/messaging';
import { provision, startEmbeddedPostgres, type ServiceUrls } from '@muster/persistence';
import type { ServiceName } from '@muster/contracts';

const DATABASE = 'muster';

export interface PreparedDatabase {
  readonly adminUrl: string;
  readonly urls: Record<ServiceName, ServiceUrls>;
  /** Of the embedded event log. */
  readonly eventLogUrl: string;
  stop(): Promise<void>;
}

/** A database with all roles and schemas: the given one, or PostgreSQL embedded in `folder`. Role passwords are new each time. */
export async function prepareDatabase(folder: string, databaseUrl: string | undefined): Promise<PreparedDatabase> {
  const embedded = databaseUrl ? undefined : await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const adminUrl = databaseUrl ?? (await ensureDatabase(embedded?.adminUrl ?? ''));
  const password = randomBytes(24).toString('hex');
  const urls = await provision(adminUrl, password);
  const eventLogUrl = await provisionEventLog(adminUrl, password);
  return { adminUrl, urls, eventLogUrl, stop: async () => embedded?.stop() };
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
