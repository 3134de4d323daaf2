import pg from 'pg';
import { expect } from 'vitest';
import { TOPICS, type Topic } from '@muster/contracts';
import { publishedEvents, type PublishedEvent } from '@muster/testing';
import type { Import, Tenant } from './api.js';
import type { ClusterSystem, System } from './system.js';

/** Asks the database, as its superuser; values are preset to the cause of the import that this is about. */
export type Query = <Found extends object>(sql: string, values?: unknown[]) => Promise<Found[]>;

export const sorted = (texts: readonly string[]) => [...texts].sort();

/** Those of which there is more than one. */
export function notOnce(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.has(text) || !seen.add(text));
}

export async function withDatabase(
  { adminUrl }: System,
  { id }: Pick<Import, 'id'>,
  work: (query: Query) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(async <Found extends object>(sql: string, values: unknown[] = [`import:${id}`]) => {
      return (await client.query<Found>(sql, values)).rows;
    });
  } finally {
    await client.end();
  }
}

/** Every row of the file has one outcome. The first row is the header's. */
export async function expectRowsOnce({ client }: Tenant, { id }: Import, count: number): Promise<void> {
  const rows: number[] = [];
  for (let cursor: string | undefined; ;) {
    const { data } = await client.GET('/v1/imports/{id}/rows', {
      params: { path: { id }, query: { limit: 500, ...(cursor && { cursor }) } },
    });
    if (!data) throw new Error('The rows of the import are not to be had');
    rows.push(...data.items.map(({ row }) => row));
    if (data.nextCursor === null) break;
    cursor = data.nextCursor;
  }
  expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, place) => place + 2));
}

/** Both owners marked the point before anything of the import was written. */
export async function expectPointFirst(query: Query): Promise<void> {
  for (const [schema, log] of [
    ['user_admin', 'user_account_change'],
    ['field_data', 'customer_change'],
  ]) {
    const [found] = await query<{ marks: number; early: number }>(
      `with point as (select restore_point_id as id from import.import_job where 'import:' || replace(id::text, '-', '') = $1)
       select (select count(*) from ${schema}.mark m join point on point.id = m.restore_point_id)::integer as marks,
              (select count(*) from ${schema}.${log} c, ${schema}.mark m join point on point.id = m.restore_point_id
                where c.cause = $1 and (pg_visible_in_snapshot(c.xid, m.snapshot) or c.at < m.at))::integer as early`,
    );
    expect(found).toEqual({ marks: 1, early: 0 });
  }
}

/** The events about users or records that an import caused; one that was published again after a crash has the same id. */
export async function eventsOf(
  { cluster }: ClusterSystem,
  { id }: Pick<Import, 'id'>,
  topic: keyof typeof TOPICS,
): Promise<PublishedEvent[]> {
  const named: Topic = TOPICS[topic];
  const all = await publishedEvents(cluster.kafka?.brokers ?? [], named);
  return all.filter(({ cause }) => cause === `import:${id}`);
}
