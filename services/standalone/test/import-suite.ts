import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { customers, newCompany, repIdOf, run, start, sumOf, until, untilFinal, type Tenant } from './api.js';
import { holdRep } from './holding.js';
import type { System } from './system.js';
import { configuration, csv, customerTable, repOf } from './tables.js';

const ROWS = 10_000;
const REPS = 25;

/** What holds of an import whoever carries the events. */
export function importSuite(name: string, begin: () => Promise<System>): void {
  describe(name, () => {
    let system: System;
    let tenant: Tenant;
    const table = customerTable(ROWS, REPS);
    const request = { file: csv(table.rows), configuration: configuration(table.fields) };

    beforeAll(async () => {
      system = await begin();
      tenant = await newCompany(system, REPS);
    });
    afterAll(() => system?.stop());

    it(`imports ${ROWS} rows of ${REPS} reps, and every character arrives`, async () => {
      const done = await run(system, tenant, request);
      expect(done.counters).toMatchObject({ read: ROWS, created: ROWS, unprocessed: 0 });
      expect(done).toMatchObject({
        state: 'completed',
        problem: null,
        restorePointId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
      const stored = new Map((await customers(tenant)).map((customer) => [customer.externalId, customer]));
      expect(stored.size).toBe(ROWS);
      for (const [, id, name1, city, phone, notes] of table.rows.slice(1)) {
        const { name1: n, city: c, phone: p, notes: t } = stored.get(id ?? '') ?? {};
        expect({ n, c, p, t }).toEqual({ n: name1, c: city, p: phone, t: notes });
      }
      const { data } = await tenant.client.GET('/v1/imports/{id}/reps', { params: { path: { id: done.id } } });
      expect(data?.items.map(({ value }) => value)).toEqual(Array.from({ length: REPS }, (_, i) => repOf(i, REPS)));
      expect(data?.items.every(({ counters }) => counters.created === ROWS / REPS)).toBe(true);
    });

    it('says all unchanged of the same file, and writes nothing', async () => {
      const before = await countChanges(system);
      const again = await run(system, tenant, request);
      expect(again.counters).toMatchObject({ read: ROWS, unchanged: ROWS, unprocessed: 0 });
      expect(await countChanges(system)).toBe(before);
    });

    it('lists the restore point with its cause, and rings the bell once', async () => {
      const done = await run(system, tenant, request);
      const { data: point } = await tenant.client.GET('/v1/restore-points/{id}', {
        params: { path: { id: done.restorePointId ?? '' } },
      });
      expect(point).toMatchObject({ state: 'ready', occasion: 'import', importId: done.id });
      const bell = async () => {
        const { data } = await tenant.client.GET('/v1/notifications', { params: { query: { limit: 500 } } });
        return data?.items.filter(({ link }) => link?.includes(done.id));
      };
      await expect.poll(bell).toHaveLength(1);
    });

    it('keeps two companies with the same keys apart', async () => {
      const [one, two] = [await newCompany(system, 2), await newCompany(system, 2)];
      const small = (city: string) => ({
        file: csv([
          ['Rep', 'Id', 'name1', 'city'],
          ...Array.from({ length: 600 }, (_, i) => [repOf(i, 2), `K${i}`, `Kunde ${i}`, city]),
        ]),
        configuration: configuration(['name1', 'city']),
      });
      const jobs = [await start(system, one, small('Wien')), await start(system, two, small('Graz'))];
      const done = [await untilFinal(one, jobs[0]?.id ?? ''), await untilFinal(two, jobs[1]?.id ?? '')];
      expect(done.map(({ counters }) => counters.created)).toEqual([600, 600]);
      for (const [company, city] of [
        [one, 'Wien'],
        [two, 'Graz'],
      ] as const) {
        const found = await customers(company);
        expect(found).toHaveLength(600);
        expect(new Set(found.map((customer) => customer.city))).toEqual(new Set([city]));
      }
      const foreign = { params: { path: { id: jobs[0]?.id ?? '' } } };
      const [customer] = await customers(one);
      const answers = await Promise.all([
        two.client.GET('/v1/imports/{id}', foreign),
        two.client.GET('/v1/imports/{id}/rows', foreign),
        two.client.GET('/v1/imports/{id}/reps', foreign),
        two.client.GET('/v1/imports/{id}/assignment', foreign),
        two.client.POST('/v1/imports/{id}/resume', foreign),
        two.client.GET('/v1/uploads/{id}', { params: { path: { id: jobs[0]?.uploadId ?? '' } } }),
        two.client.GET('/v1/customers/{id}', { params: { path: { id: customer?.id ?? '' } } }),
        two.client.GET('/v1/restore-points/{id}', { params: { path: { id: done[0]?.restorePointId ?? '' } } }),
      ]);
      expect(answers.map(({ response }) => response.status)).toEqual(answers.map(() => 404));
    });

    it('stops after the chunks in flight when it is aborted, and resumes where it stopped', async () => {
      const fresh = await newCompany(system, REPS);
      const release = await holdRep(system, await repIdOf(fresh, repOf(REPS - 1, REPS)));
      const { id } = await start(system, fresh, request);
      const path = { params: { path: { id } } };
      await until(fresh, id, ({ counters }) => counters.created > 0);
      const { response } = await fresh.client.POST('/v1/imports/{id}/abort', path);
      expect(response.status).toBe(202);
      await release();
      const aborted = await untilFinal(fresh, id);
      expect(aborted.state).toBe('aborted');
      expect(sumOf(aborted)).toBe(ROWS);
      expect(aborted.counters.unprocessed).toBeGreaterThan(0);
      expect(await customers(fresh)).toHaveLength(aborted.counters.created);
      await fresh.client.POST('/v1/imports/{id}/resume', path);
      const done = await untilFinal(fresh, id);
      expect(done).toMatchObject({ state: 'completed', counters: { created: ROWS, unprocessed: 0 } });
      expect(await customers(fresh)).toHaveLength(ROWS);
    });
  });
}

/** Rows of the customers' change log, over all companies. */
async function countChanges({ adminUrl }: System): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('select count(*)::integer as n from field_data.customer_change');
  await client.end();
  return rows[0]?.n ?? -1;
}
