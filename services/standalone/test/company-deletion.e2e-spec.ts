import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tablesOfCompany } from '@muster/testing';
import { customers, newCompany, repIdOf, run, start, until } from './api.js';
import { holdRep } from './holding.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, customerTable, repOf } from './tables.js';

const SCHEMAS = ['user_admin', 'field_data', 'import', 'restore_point', 'notification'] as const;
/** Which company it was, events, and which of them were handled; revocations, until the last token has expired. */
const STAY = new Set(['deleted_company', 'inbox', 'outbox', 'revocation']);
const REPS = 3;

describe('a company that an operator deletes', () => {
  let system: System;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const left = async (companyId: string) => {
    const found = await Promise.all(SCHEMAS.map((schema) => tablesOfCompany(system.adminUrl, schema, companyId)));
    return SCHEMAS.flatMap((schema, i) =>
      (found[i] ?? []).filter((table) => !STAY.has(table)).map((table) => `${schema}.${table}`),
    );
  };

  it('leaves nothing in any service, an import in the middle of its run included; others keep what they have', async () => {
    const [gone, other] = [await newCompany(system, REPS), await newCompany(system, REPS)];
    const idOf = async (token: string) => {
      const response = await fetch(`${system.url}/v1/company`, { headers: { authorization: `Bearer ${token}` } });
      return ((await response.json()) as { id: string }).id;
    };
    const [id, otherId] = [await idOf(gone.token), await idOf(other.token)];
    const small = customerTable(300, REPS);
    for (const tenant of [gone, other]) {
      await run(system, tenant, { file: csv(small.rows), configuration: configuration(small.fields) });
    }
    await expect
      .poll(() => left(id))
      .toEqual(
        expect.arrayContaining([
          'user_admin.audit_log',
          'field_data.customer_change',
          'import.import_job',
          'restore_point.restore_point',
          'notification.notification',
        ]),
      );
    const release = await holdRep(system, await repIdOf(gone, repOf(0, REPS)));
    const large = customerTable(3_000, REPS);
    const { id: job } = await start(system, gone, {
      file: csv(large.rows),
      configuration: configuration(large.fields),
    });
    await until(gone, job, ({ counters }) => counters.created > 0);
    const deleted = await fetch(`${system.url}/v1/companies/${id}?name=${encodeURIComponent(gone.name)}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${system.operatorKey}` },
    });
    expect(deleted.status).toBe(204);
    await release();
    // What was on its way comes in after the first look, and goes with one of the next.
    await expect.poll(() => left(id), { interval: 500 }).toEqual([]);
    expect((await left(otherId)).length).toBeGreaterThan(10);
    expect(await customers(other)).toHaveLength(300);
  });
});
