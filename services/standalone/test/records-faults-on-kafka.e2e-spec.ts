import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceProcess } from '../src/cluster/service-process.js';
import { makeCompany, type DemoCompany } from '../src/demo/make-company.js';
import { run, start, until, untilFinal, type Import, type Tenant } from './api.js';
import { expectRecordsSynced } from './expect-records-synced.js';
import { HeldRecord } from './held-record.js';
import { approve, killAndRestart, lastingTenant } from './killing.js';
import { ABSENT, ABSENT_OF_FIRST, LOAD, REPS, ROWS, SYNC } from './records-sync.js';
import { clusterSystem, type ClusterSystem } from './system.js';

describe('kill -9 in a sync of records with 8,800 absentees, two processes of import and of field-data, on Kafka', () => {
  let system: ClusterSystem;
  let company: DemoCompany;
  let tenant: Tenant;
  const others: ServiceProcess[] = [];

  beforeAll(async () => {
    system = await clusterSystem();
    company = await makeCompany(system.url, system.operatorKey, REPS);
    tenant = await lastingTenant(system, company, ['imports:read', 'imports:write', 'records:read']);
    const loaded = await run(system, tenant, LOAD);
    if (loaded.state !== 'completed') throw new Error(JSON.stringify(loaded));
    const { 'field-data': owner, import: imports } = system.cluster.services;
    others.push(await owner.beside(), await imports.beside());
    await Promise.all(others.map((one) => one.start()));
  }, 600_000);
  afterAll(async () => {
    await Promise.all(others.map((one) => one.stop()));
    await system?.stop();
  });

  const reaches = (id: string, condition: (job: Import) => boolean) => until(tenant, id, condition);
  const removed = ({ counters }: Import) => counters.removed;

  it('ends by itself; each absentee goes once, with one entry and one event, and nobody else', async () => {
    const { 'field-data': owner, import: imports, 'restore-point': points } = system.cluster.services;
    const [secondOwner, secondImports] = others as [ServiceProcess, ServiceProcess];
    /** In the middle of a step, after so many others of the first rep: it waits for a record until its process is gone. */
    const amidRemovals = async (id: string, after: number, held: HeldRecord, ...processes: ServiceProcess[]) => {
      await held.awaited();
      const job = await reaches(id, (now) => removed(now) >= after);
      expect(removed(job)).toBeLessThanOrEqual(after + ABSENT.length - ABSENT_OF_FIRST.length);
      await killAndRestart(...processes);
      await held.release();
    };

    const { id } = await start(system, tenant, SYNC);
    await reaches(id, ({ state, plan }) => state === 'planning' && plan !== null && plan.unprocessed < ROWS);
    await killAndRestart(owner, imports);
    // The rows are planned, and who is absent is being noted.
    await reaches(id, ({ plan }) => plan?.unprocessed === 0);
    await killAndRestart(owner, secondOwner);
    await reaches(id, ({ state }) => state === 'awaitingApproval');
    const hold = (after: number) => HeldRecord.take(system, ABSENT_OF_FIRST, after + 500);
    const [first, second, third, fourth] = [await hold(0), await hold(2_000), await hold(4_000), await hold(6_000)];
    expect(await approve(system, company, id)).toBe(202);
    // The point is asked for and marked.
    await killAndRestart(points, secondOwner);
    await reaches(id, ({ counters }) => counters.unprocessed < ROWS / 2);
    await killAndRestart(imports, secondImports);

    await amidRemovals(id, 0, first, owner, secondOwner);
    await amidRemovals(id, 2_000, second, imports, secondImports);
    await amidRemovals(id, 4_000, third, owner);
    await amidRemovals(id, 6_000, fourth, owner, secondOwner, imports, secondImports, points);

    await expectRecordsSynced(system, tenant, await untilFinal(tenant, id));
  }, 600_000);
});
