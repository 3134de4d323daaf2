import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findReps,
  importChunkAnswered,
  importChunkOrdered,
  recordsRemoved,
  userDeleted,
  userScheduleRemoved,
  userUpdated,
  type Id,
} from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import { RepTestbed } from '../testbed/rep-testbed.js';
import { RepSchedulesRepository } from './rep-schedules.repository.js';

const COLUMNS = [
  { field: 'externalId', behaviour: 'key', emptyCell: 'keep' },
  { field: 'name1', behaviour: 'overwrite', emptyCell: 'keep' },
] as const;

let bed: RepTestbed;

beforeAll(async () => {
  bed = await RepTestbed.start();
});
afterAll(() => bed?.service.stop());

const remove = (scope: Scope, userId: Id, version: number, restorePointId = newId()) =>
  bed.service.publish(userScheduleRemoved, scope, { userId, version, restorePointId });
const regain = (scope: Scope, userId: Id, version: number) => {
  const data = { userId, version, changed: ['hasOwnSchedule'], hasOwnSchedule: true, employeeNumber: null };
  return bed.service.publish(userUpdated, scope, data);
};
const removalsOf = (repId: Id) => bed.service.events(recordsRemoved).filter(({ data }) => data.repId === repId);

/** What an import says of one row for the rep. */
async function importOne(scope: Scope, repId: Id, restorePointId: Id, dryRun = false) {
  const importId = newId();
  await bed.service.publish(importChunkOrdered, scope, {
    importId,
    seq: 0,
    entity: 'customer',
    dryRun,
    restorePointId: dryRun ? null : restorePointId,
    repId,
    mode: 'upsert',
    columns: [...COLUMNS],
    rows: [[2, newId(), 'imported']],
  });
  const answer = () => bed.service.events(importChunkAnswered).find(({ data }) => data.importId === importId)?.data;
  await expect.poll(answer).toBeDefined();
  const [row] = answer()?.answers ?? [];
  return [row?.outcome, row?.problems?.map(({ code }) => code)];
}

describe('the end of a rep’s own schedule', () => {
  it('removes all its records past the recycle bin, says how many, and leaves what a restore needs', async () => {
    const scope = bed.scope();
    const [rep, colleague, point] = [newId(), newId(), newId()];
    await bed.addRecords(scope, rep, 2_500);
    await bed.addRecords(scope, colleague, 10);
    await remove(scope, rep, 3, point);
    await expect.poll(() => removalsOf(rep)).toHaveLength(1);
    expect(removalsOf(rep)[0]).toMatchObject({ companyId: scope.companyId, actor: scope.actor, cause: scope.cause });
    const { counts, restorePointId } = removalsOf(rep)[0]?.data ?? {};
    expect(restorePointId).toBe(point);
    expect(counts?.toSorted((a, b) => a.entity.localeCompare(b.entity))).toEqual([
      { entity: 'customer', count: 2_500 },
      { entity: 'task', count: 250 },
    ]);
    // Of another topic than what ends the removal.
    const told = () => [bed.told(rep, 'customer', 'removed'), bed.told(rep, 'task', 'removed')];
    await expect.poll(told).toEqual([2_500, 250]);
    for (const table of ['customer', 'task']) {
      expect(await bed.count(scope, table, rep)).toBe(0);
      expect(await bed.count(scope, table, colleague)).toBeGreaterThan(0);
    }
    const since = await bed.query(
      scope,
      `select count(*) filter (where l.old is not null) as kept, array_agg(distinct l.cause) as causes
         from customer_change l, mark m
        where m.restore_point_id = $1 and l.rep_id = $2 and l.op = 'D' and l.xid >= pg_snapshot_xmin(m.snapshot)
          and not pg_visible_in_snapshot(l.xid, m.snapshot)`,
      [point, rep],
    );
    expect(since).toEqual([{ kept: 2_500, causes: [scope.cause] }]);
  });

  it('happens once, however often it is told, and not when something later is known', async () => {
    const scope = bed.scope();
    const [rep, point] = [newId(), newId()];
    await remove(scope, rep, 3, point);
    await expect.poll(() => removalsOf(rep)).toMatchObject([{ data: { counts: [] } }]);
    await regain(scope, rep, 4);
    await expect.poll(() => importOne(scope, rep, point)).toEqual(['created', undefined]);
    await remove(scope, rep, 3, point);
    await remove(scope, rep, 2, point);
    const other = newId();
    await remove(scope, other, 2);
    await expect.poll(() => removalsOf(other)).toHaveLength(1);
    expect(removalsOf(rep)).toHaveLength(1);
    expect(await bed.count(scope, 'customer', rep)).toBeGreaterThan(0);
  });

  it('is of one company only', async () => {
    const [scope, foreign] = [bed.scope(), bed.scope()];
    const rep = newId();
    await bed.addRecords(scope, rep, 10);
    await remove(foreign, rep, 3);
    await expect.poll(() => removalsOf(rep)).toMatchObject([{ companyId: foreign.companyId }]);
    expect(await bed.count(scope, 'customer', rep)).toBe(10);
  });
});

describe('records for a rep without a schedule', () => {
  it('are refused by plan and run of an import, until the schedule is back', async () => {
    const scope = bed.scope();
    const [rep, point] = [newId(), newId()];
    await remove(scope, rep, 3, point);
    await expect.poll(() => removalsOf(rep)).toHaveLength(1);
    for (const dryRun of [true, false]) {
      expect(await importOne(scope, rep, point, dryRun)).toEqual(['invalid', ['rep_without_schedule']]);
    }
    await regain(scope, rep, 4);
    await expect.poll(() => importOne(scope, rep, point, true)).toEqual(['created', undefined]);
  });

  it('are refused once the account is deleted, for ever', async () => {
    const scope = bed.scope();
    const [rep, other, point] = [newId(), newId(), newId()];
    await remove(scope, other, 2, point);
    await bed.service.publish(userDeleted, scope, { userId: rep, version: 5, discardData: false });
    await regain(scope, rep, 4);
    const told = () => importOne(scope, rep, point, true);
    await expect.poll(told).toEqual(['invalid', ['rep_without_schedule']]);
    expect(await importOne(scope, rep, point)).toEqual(['invalid', ['rep_without_schedule']]);
  });

  it('are refused one by one too', async () => {
    const scope = bed.scope();
    const rep = newId();
    await remove(scope, rep, 3);
    await expect.poll(() => removalsOf(rep)).toHaveLength(1);
    // user-admin was asked before the schedule ended.
    const account = {
      displayName: 'Rita',
      email: null,
      employeeNumber: null,
      hasOwnSchedule: true,
      loginEnabled: true,
    };
    bed.service.answer(findReps, ({ userIds }) => ({ found: userIds.map((userId) => ({ userId, ...account })) }));
    const person = { companyId: scope.companyId, userId: newId(), role: 'administrator' } as const;
    const response = await fetch(`${bed.service.url}/v1/customers`, {
      method: 'POST',
      headers: { authorization: await bed.service.authorization(person), 'content-type': 'application/json' },
      body: JSON.stringify({ repId: rep, name1: 'late' }),
    });
    expect(await response.json()).toMatchObject({ code: 'rep_unknown' });
    expect(await bed.count(scope, 'customer', rep)).toBe(0);
  });

  it('that were on their way when it ended are removed with the others', async () => {
    const scope = bed.scope();
    const rep = newId();
    const schedules = bed.service.app.get(RepSchedulesRepository);
    await bed.addRecords(scope, rep, 3);
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let holds: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (holds = resolve));
    const late = bed.uow.run(scope, async (manager) => {
      await schedules.hold(manager, { companyId: scope.companyId, repId: rep });
      holds();
      await committed;
      await manager.query(
        `insert into customer (id, company_id, rep_id, external_id, name1) values (uuidv7(), $1, $2, 'late', 'late')`,
        [scope.companyId, rep],
      );
    });
    await held;
    await remove(scope, rep, 3);
    const waiting = `select count(*) as n from pg_locks where locktype = 'advisory' and not granted`;
    await expect.poll(() => bed.query(scope, waiting)).toEqual([{ n: 1 }]);
    commit();
    await late;
    await expect.poll(() => removalsOf(rep)).toMatchObject([{ data: { counts: [{ entity: 'customer', count: 4 }] } }]);
    expect(await bed.count(scope, 'customer', rep)).toBe(0);
  });
});
