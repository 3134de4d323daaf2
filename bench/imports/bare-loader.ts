import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import pg from 'pg';

const BATCH = 500;

/**
 * The least that a loader must do: papaparse, one transaction per 500 rows, `insert ... select from unnest(...)` into one
 * table with a unique key, through one connection. No checks, no split, no restore point, no answers.
 * @returns seconds
 */
export async function bareLoader(databaseUrl: string, file: string): Promise<{ rows: number; seconds: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const stream = createReadStream(file).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: ';' }));
    const began = performance.now();
    let columns: string[] | undefined;
    let batch: string[][] = [];
    let rows = 0;
    for await (const row of stream as AsyncIterable<string[]>) {
      if (!columns) {
        columns = row.map((_, i) => `c${i}`);
        await createTable(client, columns);
        continue;
      }
      batch.push(row);
      rows++;
      if (batch.length < BATCH) continue;
      await insert(client, columns, batch);
      batch = [];
    }
    if (columns && batch.length > 0) await insert(client, columns, batch);
    return { rows, seconds: (performance.now() - began) / 1000 };
  } finally {
    await client.end();
  }
}

async function createTable(client: pg.Client, columns: readonly string[]): Promise<void> {
  await client.query('drop table if exists bare_customer');
  await client.query(`create table bare_customer (id uuid primary key default gen_random_uuid(),
    ${columns.map((column) => `${column} text`).join(', ')}, unique (c0, c1))`);
}

async function insert(client: pg.Client, columns: readonly string[], rows: readonly string[][]): Promise<void> {
  const arrays = columns.map((_, i) => rows.map((row) => row[i] ?? null));
  await client.query('begin');
  await client.query(
    `insert into bare_customer (${columns.join(', ')})
     select * from unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')})`,
    arrays,
  );
  await client.query('commit');
}
