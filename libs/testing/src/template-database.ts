import pg from 'pg';

/** Runs `statement` on a connection of its own, outside any transaction. */
export async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  return result.href;
}

/** An empty database beside `adminUrl`'s; returns the superuser's URL to it. */
export async function createTemplateDatabase(adminUrl: string): Promise<string> {
  await execute(adminUrl, 'create database muster_template');
  return withDatabase(adminUrl, 'muster_template');
}
