import { expect } from 'vitest';
import { sumOf, type Import, type Tenant } from './api.js';
import { eventsOf, expectPointFirst, expectRowsOnce, notOnce, sorted, withDatabase, type Query } from './once.js';
import { ABSENT, COUNTERS, CREATED, LIVE, ROWS, UPDATED } from './records-sync.js';
import type { ClusterSystem } from './system.js';

interface Customer {
  id: string;
  externalId: string;
  cause: string | null;
}

/** What must hold after a sync of records, whatever was killed meanwhile. */
export async function expectRecordsSynced(system: ClusterSystem, tenant: Tenant, done: Import): Promise<void> {
  expect(done).toMatchObject({ state: 'completedWithErrors', problem: null, counters: COUNTERS });
  expect(sumOf(done)).toBe(ROWS);
  expect(done.absentees).toMatchObject({ planned: ABSENT.length, removed: ABSENT.length, withheld: null });
  await expectRowsOnce(tenant, done, ROWS);
  await withDatabase(system, done, async (query) => {
    const customers = await query<Customer>(
      `select replace(id::text, '-', '') as id, external_id as "externalId", deleted_cause as cause from field_data.customer`,
      [],
    );
    const idOf = new Map(customers.map(({ externalId, id }) => [externalId, id]));
    const idsOf = (externalIds: readonly string[]) => sorted(externalIds.map((one) => idOf.get(one) ?? one));
    expect(sorted(customers.filter(({ cause }) => cause === null).map(({ externalId }) => externalId))).toEqual(
      sorted(LIVE),
    );
    const binned = customers.filter(({ cause }) => cause === `import:${done.id}`);
    expect(sorted(binned.map(({ externalId }) => externalId))).toEqual(sorted(ABSENT));
    expect(customers).toHaveLength(LIVE.length + ABSENT.length);
    await expectTracesOnce(query, idsOf);
    await expectPointFirst(query);
    const events = await eventsOf(system, done, 'records');
    for (const [name, expected] of Object.entries({ created: CREATED, updated: UPDATED, removed: ABSENT })) {
      const told = events.flatMap(({ data }) => data[name] as string[]);
      expect([name, notOnce(told)]).toEqual([name, []]);
      expect(sorted(told)).toEqual(idsOf(expected));
    }
  });
}

/** One entry of the change log for each record that was written; each absentee is settled, and what tells who is present is gone. */
async function expectTracesOnce(query: Query, idsOf: (externalIds: readonly string[]) => string[]): Promise<void> {
  const changes = await query<{ id: string; op: string }>(
    `select replace(record_id::text, '-', '') as id, op from field_data.customer_change where cause = $1`,
  );
  expect(notOnce(changes.map(({ id }) => id))).toEqual([]);
  const of = (op: string) => sorted(changes.filter((change) => change.op === op).map(({ id }) => id));
  expect(of('I')).toEqual(idsOf(CREATED));
  expect(of('U')).toEqual(idsOf([...UPDATED, ...ABSENT]));
  expect(of('D')).toEqual([]);
  const absentees = `from field_data.absentee where 'import:' || replace(import_id::text, '-', '') = $1`;
  expect(await query(`select state, count(*)::integer as n ${absentees} group by state`)).toEqual([
    { state: 'removed', n: ABSENT.length },
  ]);
  const left = () =>
    query(
      `select seq from field_data.planned_presence where 'import:' || replace(import_id::text, '-', '') = $1 limit 1`,
    );
  await expect.poll(left).toEqual([]);
}
