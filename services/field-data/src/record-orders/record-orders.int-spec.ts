import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  keptRecords,
  recordsChanged,
  recordsRemoved,
  recordsTransferred,
  userDeleted,
  userScheduleRemoved,
  userTransferOrdered,
  userUpdated,
  type Id,
} from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { RepTestbed } from '../testbed/rep-testbed.js';

let bed: RepTestbed;

beforeAll(async () => {
  bed = await RepTestbed.start();
});
afterAll(() => bed?.service.stop());

interface Transfer {
  readonly transferId: Id;
  readonly userId: Id;
  readonly toUserId: Id;
  readonly entities: string[] | null;
  readonly restorePointId: Id;
}

function transferOf(entities: string[] | null = null): Transfer {
  return { transferId: newId(), userId: newId(), toUserId: newId(), entities, restorePointId: newId() };
}

const told = ({ transferId }: Transfer) =>
  bed.service.events(recordsTransferred).filter(({ data }) => data.transferId === transferId);
const endOf = (transfer: Transfer) => told(transfer).find(({ data }) => data.state !== 'running')?.data;

async function order(scope: Scope, transfer: Transfer) {
  await bed.service.publish(userTransferOrdered, scope, transfer);
  await expect.poll(() => endOf(transfer)).toBeDefined();
  return endOf(transfer);
}

describe('a transfer', () => {
  it('moves 20,000 records with their ids and history, leaves what the other rep has, and tells of each step', async () => {
    const scope = bed.scope();
    const transfer = transferOf();
    const { userId: from, toUserId: to } = transfer;
    await bed.addRecords(scope, from, 20_000);
    await bed.query(
      scope,
      `insert into customer (id, company_id, rep_id, external_id, name1, deleted_at) values
         (uuidv7(), $1, $2, '1', 'there', null), (uuidv7(), $1, $2, '3', 'there', null), (uuidv7(), $1, $2, '4', 'binned', now())`,
      [scope.companyId, to],
    );
    const ids = async (rep: Id) =>
      (
        await bed.query<{ id: Id }>(
          scope,
          `select id from customer where rep_id = $1 and name1 like 'Customer%' order by id`,
          [rep],
        )
      ).map(({ id }) => id);
    const before = await ids(from);
    // What lies in the recycle bin (3) goes along, though the other rep has its external id; 1 stays.
    expect(await order(scope, transfer)).toEqual({
      transferId: transfer.transferId,
      repId: from,
      toRepId: to,
      state: 'completed',
      counts: [
        { entity: 'customer', moved: 19_999, kept: 1 },
        { entity: 'task', moved: 2_000, kept: 0 },
      ],
    });
    const sums = told(transfer).map(({ data }) => data.counts.reduce((sum, { moved, kept }) => sum + moved + kept, 0));
    expect(sums.length).toBeGreaterThan(20);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect([...(await ids(to)), ...(await ids(from))].sort()).toEqual(before);
    expect([bed.told(from, 'customer', 'removed'), bed.told(to, 'customer', 'created')]).toEqual([19_999, 19_999]);
    const changes = bed.service.events(recordsChanged).filter(({ data }) => data.entity === 'customer');
    expect(changes.find(({ data }) => data.repId === from)).toMatchObject({
      cause: scope.cause,
      data: { movedTo: to },
    });
    expect(changes.find(({ data }) => data.repId === to)).toMatchObject({
      actor: scope.actor,
      data: { movedFrom: from },
    });
    const log = await bed.query(
      scope,
      `select count(*) as n, count(*) filter (where not pg_visible_in_snapshot(l.xid, m.snapshot)) as after
         from customer_change l, mark m
        where m.restore_point_id = $1 and l.op = 'U' and l.cause = $2 and (l.old ->> 'rep_id')::uuid = $3`,
      [transfer.restorePointId, scope.cause, from],
    );
    expect(log).toEqual([{ n: 19_999, after: 19_999 }]);
    const versions = await bed.query(
      scope,
      `select distinct version from customer where rep_id = $1 and name1 like 'C%'`,
      [to],
    );
    expect(versions).toEqual([{ version: 2 }]);

    const page = (companyId: Id) => {
      const request = { companyId, transferId: transfer.transferId, after: null, limit: 10 };
      return bed.service.app.get(Questions).ask(keptRecords, request);
    };
    const { items } = await page(scope.companyId);
    expect(items).toMatchObject([{ entity: 'customer', externalId: '1' }]);
    const [stays, held] = [items[0]?.recordId, items[0]?.heldBy].map((id) => id ?? '');
    expect(
      await bed.query(scope, `select rep_id as rep from customer where id = any($1::uuid[]) order by id = $2`, [
        [stays, held],
        held,
      ]),
    ).toEqual([{ rep: from }, { rep: to }]);
    expect((await page(newId())).items).toEqual([]);
  });

  it('happens once, however often it is told', async () => {
    const scope = bed.scope();
    const transfer = transferOf();
    await bed.addRecords(scope, transfer.userId, 10);
    await order(scope, transfer);
    await bed.addRecords(scope, transfer.userId, 5);
    await bed.service.publish(userTransferOrdered, scope, transfer);
    await order(scope, transferOf());
    expect(told(transfer).filter(({ data }) => data.state === 'completed')).toHaveLength(1);
    expect(await bed.count(scope, 'customer', transfer.userId)).toBe(5);
  });

  it('moves chosen entities only; what refers to them goes on doing so', async () => {
    const scope = bed.scope();
    const transfer = transferOf(['customer']);
    const { userId: from, toUserId: to } = transfer;
    await bed.addRecords(scope, from, 20);
    expect(await order(scope, transfer)).toMatchObject({ counts: [{ entity: 'customer', moved: 20, kept: 0 }] });
    expect([await bed.count(scope, 'task', from), await bed.count(scope, 'task', to)]).toEqual([2, 0]);
    const referring = await bed.query(
      scope,
      `select c.rep_id as rep from task t join customer c on c.id = t.customer_id where t.rep_id = $1`,
      [from],
    );
    expect(referring).toEqual([{ rep: to }, { rep: to }]);
  });

  it.each([
    ['lost its own schedule', userScheduleRemoved],
    ['was deleted', userDeleted],
  ])('to a rep who %s fails, and leaves everything where it is', async (_what, gone) => {
    const scope = bed.scope();
    const transfer = transferOf();
    await bed.addRecords(scope, transfer.userId, 10);
    const data = { userId: transfer.toUserId, version: 3, discardData: false };
    await bed.service.publish(gone as typeof userDeleted, scope, data);
    const over = 'select 1 from rep_schedule where rep_id = $1';
    await expect.poll(() => bed.query(scope, over, [transfer.toUserId])).toHaveLength(1);
    expect(await order(scope, transfer)).toMatchObject({ state: 'failed', failure: 'target_gone', counts: [] });
    expect(await bed.count(scope, 'customer', transfer.userId)).toBe(10);
  });

  it('waits for those before that are about the same rep, whoever of them is slow', async () => {
    const scope = bed.scope();
    const reps = Array.from({ length: 9 }, newId);
    const chain = reps.slice(1).map((toUserId, i) => ({ ...transferOf(), userId: reps[i] ?? '', toUserId }));
    const [first, last] = [reps[0] ?? '', reps.at(-1) ?? ''];
    await bed.addRecords(scope, first, 1_500);
    await bed.whileHeld(scope, first, async () => {
      // What is told of the first rep waits, and with it all that comes after.
      const account = { userId: first, version: 2, hasOwnSchedule: true, employeeNumber: null };
      await bed.service.publish(userUpdated, scope, { ...account, changed: ['hasOwnSchedule'] });
      for (const transfer of chain) await bed.service.publish(userTransferOrdered, scope, transfer);
    });
    for (const transfer of chain) {
      await expect.poll(() => endOf(transfer)).toBeDefined();
      expect(endOf(transfer)).toMatchObject({ counts: [{ moved: 1_500 }, { entity: 'task', moved: 150 }] });
    }
    expect(await bed.count(scope, 'customer', last)).toBe(1_500);
  });

  it('that was ordered before its source lost the schedule takes the records along', async () => {
    const scope = bed.scope();
    const transfer = transferOf();
    const { userId: from, toUserId: to } = transfer;
    await bed.addRecords(scope, from, 1_500);
    await bed.service.publish(userTransferOrdered, scope, transfer);
    await bed.service.publish(userScheduleRemoved, scope, { userId: from, version: 2 });
    await expect.poll(() => endOf(transfer)).toMatchObject({ state: 'completed' });
    expect([await bed.count(scope, 'customer', from), await bed.count(scope, 'customer', to)]).toEqual([0, 1_500]);
  });

  it('to a rep who lost the schedule and has it again comes after both', async () => {
    const scope = bed.scope();
    const transfer = transferOf();
    const { userId: from, toUserId: to } = transfer;
    await bed.addRecords(scope, from, 100);
    await bed.addRecords(scope, to, 1_500);
    await bed.whileHeld(scope, to, async () => {
      await bed.service.publish(userScheduleRemoved, scope, { userId: to, version: 2 });
      const account = { userId: to, version: 3, hasOwnSchedule: true, employeeNumber: null };
      await bed.service.publish(userUpdated, scope, { ...account, changed: ['hasOwnSchedule'] });
      await bed.service.publish(userTransferOrdered, scope, transfer);
    });
    await expect.poll(() => endOf(transfer)).toMatchObject({ state: 'completed' });
    const removed = () => bed.service.events(recordsRemoved).filter(({ data }) => data.repId === to);
    await expect.poll(removed).toHaveLength(1);
    expect([await bed.count(scope, 'customer', from), await bed.count(scope, 'customer', to)]).toEqual([0, 100]);
  });
});

describe('an order whose step fails', () => {
  it('goes on where it was once it can, and counts nothing twice', async () => {
    const scope = bed.scope();
    const rep = newId();
    await bed.addRecords(scope, rep, 2_500);
    const admin = new pg.Client({ connectionString: bed.service.database.adminUrl });
    await admin.connect();
    try {
      // Fails in its third step, after two thousand are gone.
      await admin.query(`create function field_data.stumble() returns trigger language plpgsql as $$
        begin
          if old.external_id = '2100' and old.rep_id = '${rep}' then raise exception 'stumbled'; end if;
          return old;
        end $$;
        create trigger stumble before delete on field_data.customer for each row execute function field_data.stumble()`);
      await bed.service.publish(userScheduleRemoved, scope, { userId: rep, version: 2, restorePointId: newId() });
      const failing = () =>
        bed.query<{ failures: number }>(scope, 'select failures from record_order where rep_id = $1', [rep]);
      await expect.poll(async () => (await failing())[0]?.failures).toBeGreaterThan(0);
      expect(await bed.count(scope, 'customer', rep)).toBe(500);
      // Meanwhile another order of the company is carried out.
      expect(await order(scope, transferOf())).toMatchObject({ state: 'completed' });
      await admin.query('drop trigger stumble on field_data.customer');
    } finally {
      await admin.end();
    }
    const removed = () => bed.service.events(recordsRemoved).filter(({ data }) => data.repId === rep);
    await expect.poll(removed).toHaveLength(1);
    expect(removed()[0]?.data.counts).toEqual([
      { entity: 'task', count: 250 },
      { entity: 'customer', count: 2_500 },
    ]);
    expect(bed.told(rep, 'customer', 'removed')).toBe(2_500);
  });
});
