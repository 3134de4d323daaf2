import pg from 'pg';
import { expect } from 'vitest';
import { customers, sumOf, type Import, type Tenant } from './api.js';
import type { System } from './system.js';

/** What must hold after any fault: a final state, every row in one outcome, every customer once and written once. */
export async function expectWhole(system: System, tenant: Tenant, done: Import, rows: number): Promise<void> {
  expect(done.state).toBe('completed');
  expect(done.counters).toMatchObject({ read: rows, created: rows, unprocessed: 0 });
  expect(sumOf(done)).toBe(rows);
  const ids = (await customers(tenant)).map(({ externalId }) => externalId);
  expect(ids).toHaveLength(rows);
  expect(new Set(ids).size).toBe(rows);
  const client = new pg.Client({ connectionString: system.adminUrl });
  await client.connect();
  try {
    const { rows: changes } = await client.query<{ n: number }>(
      `select count(*)::integer as n from field_data.customer_change where cause = $1`,
      [`import:${done.id}`],
    );
    expect(changes[0]?.n).toBe(rows);
  } finally {
    await client.end();
  }
}
