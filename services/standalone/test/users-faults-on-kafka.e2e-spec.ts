import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceName } from '@muster/contracts';
import { get } from '../src/demo/http.js';
import { makeCompany, type DemoCompany } from '../src/demo/make-company.js';
import { run, start, until, untilFinal, type Import, type Tenant } from './api.js';
import { expectSynced } from './expect-synced.js';
import { approve, killAndRestart, lastingTenant } from './killing.js';
import { clusterSystem, type ClusterSystem } from './system.js';
import { configuration, csv, repOf } from './tables.js';
import { LICENCES, LOAD, ROWS, SYNC } from './users-sync.js';

const CUSTOMERS = 200;
const SCOPES = ['imports:read', 'imports:write', 'users:write', 'records:read'];

describe('kill -9 of every service at every step of a sync of 20,000 accounts, on Kafka', () => {
  let system: ClusterSystem;
  let company: DemoCompany;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await clusterSystem();
    company = await makeCompany(system.url, system.operatorKey, 2);
    await raiseLicences();
    tenant = await lastingTenant(system, company, SCOPES);
    const records = Array.from({ length: CUSTOMERS }, (_, n) => [repOf(0, 2), `C${n}`, `Customer ${n}`]);
    const file = csv([['Rep', 'Id', 'name1'], ...records]);
    await run(system, tenant, { file, configuration: configuration(['name1']) });
    const loaded = await untilFinal(tenant, (await start(system, tenant, LOAD)).id);
    if (loaded.state !== 'completed') throw new Error(JSON.stringify(loaded));
  });
  afterAll(() => system?.stop());

  async function raiseLicences(): Promise<void> {
    const { id } = await get<{ id: string }>(`${system.url}/v1/company`, company.token);
    const headers = { authorization: `Bearer ${system.operatorKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ licences: LICENCES });
    expect((await fetch(`${system.url}/v1/companies/${id}`, { method: 'PATCH', headers, body })).status).toBe(200);
  }

  const kill = (...names: ServiceName[]) => killAndRestart(...names.map((name) => system.cluster.services[name]));
  const reaches = (id: string, condition: (job: Import) => boolean) => until(tenant, id, condition);
  const planned = ({ plan }: Import) => (plan ? ROWS - plan.unprocessed : 0);
  const written = ({ counters }: Import) => ROWS - counters.unprocessed;

  it('ends by itself, every row, account, event and entry once, and the point before the first of them', async () => {
    const { id } = await start(system, tenant, SYNC);
    await reaches(id, ({ state }) => state !== 'draft');
    await kill('import', 'user-admin');

    await reaches(id, (job) => planned(job) > 0);
    await kill('user-admin');
    await reaches(id, (job) => planned(job) > ROWS / 2);
    await kill('import');

    await reaches(id, ({ state }) => state === 'awaitingApproval');
    expect(await approve(system, company, id)).toBe(202);
    // The point is asked for and marked.
    await kill('restore-point', 'field-data');

    await reaches(id, (job) => written(job) > 0);
    await kill('user-admin');
    await reaches(id, (job) => written(job) > ROWS / 3);
    await kill('import', 'field-data');
    await reaches(id, (job) => written(job) > ROWS / 2);
    await kill('restore-point', 'user-admin');

    // All rows have their answers but those that wait for the last order; then those who are absent are due.
    await reaches(id, (job) => written(job) > ROWS - 500);
    await kill('user-admin');
    await reaches(id, (job) => written(job) === ROWS);
    await kill('import', 'user-admin', 'field-data', 'restore-point');

    await expectSynced(system, tenant, await untilFinal(tenant, id), CUSTOMERS);
  });
});
