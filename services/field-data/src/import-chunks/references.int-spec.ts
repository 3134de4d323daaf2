import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { recordsChanged, type Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { ChunkTestbed, key, outcomes, overwrite, type Cell, type TestRep } from '../testbed/chunk-testbed.js';

const APPOINTMENT = ['externalId', 'subject', 'customer', 'earliestBegin', 'duration'];
const REPORT = ['externalId', 'type', 'customer', 'start', 'end'];
const TASK = ['externalId', 'subject', 'customer', 'dueDate', 'priority', 'done'];
const NINE = '2026-03-14T09:00:00';

/** Records that refer to customers. */
describe('work orders of appointments, tasks and reports', () => {
  let bed: ChunkTestbed;

  beforeAll(async () => {
    bed = await ChunkTestbed.start();
  });
  afterAll(() => bed?.service.stop());

  const columnsOf = ([first = '', ...others]: string[]) => [key(first), ...others.map((field) => overwrite(field))];
  const go = (of: TestRep, entity: string, fields: string[], rows: Cell[][], more: object = {}) =>
    bed.handle(bed.order(of, rows, { entity, columns: columnsOf(fields), ...more }));
  const read = <Row>(of: TestRep, sql: string, values: unknown[] = []): Promise<Row[]> =>
    bed.uow.run(of.scope, (manager) => manager.query<Row[]>(sql, values));

  /** A rep with the customers 1 and 2. */
  async function repWithCustomers(): Promise<TestRep & { customers: [Id, Id] }> {
    const of = await bed.rep();
    const { answers } = await bed.handle(bed.order(of, [['1', 'Adler', null], ['2', 'Bär', null]])); // prettier-ignore
    const [one = '', two = ''] = answers.map(({ recordId }) => recordId ?? '');
    return { ...of, customers: [one, two] };
  }

  it('find the customer of the rep by external id and by id, and leave it alone when it is the same', async () => {
    const of = await repWithCustomers();
    const [one, two] = of.customers;
    const rows = [
      ['A', 'by external id', '1', NINE, 30],
      ['B', 'by id', two, NINE, 30],
      ['C', 'by id as some write it', one.toUpperCase().replace(/^(.{8})(.{4})/, '$1-$2-'), NINE, 30],
    ];
    expect(outcomes(await go(of, 'appointment', APPOINTMENT, rows))).toEqual(['created', 'created', 'created']);
    const stored = await read(of, `select customer_id as customer from appointment where rep_id = $1 order by external_id`, [of.repId]); // prettier-ignore
    expect(stored).toEqual([{ customer: one }, { customer: two }, { customer: one }]);
    expect(outcomes(await go(of, 'appointment', APPOINTMENT, rows))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    const [log] = await read<{ n: number }>(of, `select count(*) as n from appointment_change where rep_id = $1`, [of.repId]); // prettier-ignore
    expect(log?.n).toBe(3);
  });

  it('tell a change of the customer by the numbers that people know', async () => {
    const of = await repWithCustomers();
    await go(of, 'task', TASK, [['T', 'x', '1', null, null, null]]);
    const { answers } = await go(of, 'task', TASK, [['T', 'x', of.customers[1], '2026-12-31', 'high', true]]);
    expect(answers[0]?.changes).toEqual([
      { field: 'customer', from: '1', to: '2' },
      { field: 'dueDate', from: null, to: '2026-12-31' },
      { field: 'priority', from: 'normal', to: 'high' },
      { field: 'done', from: false, to: true },
    ]);
  });

  it.each([true, false])('refuse a customer that the rep does not have, in a plan (%s) as in a run', async (dryRun) => {
    const [of, other] = [await repWithCustomers(), await bed.rep()];
    const foreign = { ...of, repId: newId() };
    const { answers: made } = await bed.handle(bed.order(foreign, [['9', 'Colleague’s', null]]));
    await bed.handle(bed.order(other, [['8', 'Another company’s', null]]));
    const texts = ['9', made[0]?.recordId ?? '', '8', '4711', newId()];
    const rows = texts.map((text, i) => [`${i}`, 'x', text, NINE, 30]);
    const point = { dryRun, restorePointId: dryRun ? null : of.point };
    const { answers } = await go(of, 'appointment', APPOINTMENT, [...rows, ['ok', 'x', '1', NINE, 30]], point);
    expect(answers.map(({ problems }) => problems)).toEqual([
      ...texts.map((value) => [{ code: 'unknown_customer', field: 'customer', params: { value } }]),
      undefined,
    ]);
  });

  it('say which customer was probably meant, of those of the rep', async () => {
    const of = await bed.rep();
    await bed.handle(bed.order(of, [['0047', 'Adler', null], ['K-1', 'Bär', null]])); // prettier-ignore
    await bed.handle(bed.order({ ...of, repId: newId() }, [['0048', 'Colleague’s', null]]));
    const rows = ['47', 'k-1', '48', '47.0'].map((text, i) => [`${i}`, 'x', text, NINE, 30]);
    const { answers } = await go(of, 'appointment', APPOINTMENT, rows);
    expect(answers.map(({ problems = [] }) => problems[0]?.params)).toEqual([
      { value: '47', near: 'yes', nearest: '0047' },
      { value: 'k-1', near: 'yes', nearest: 'K-1' },
      { value: '48' },
      { value: '47.0', near: 'yes', nearest: '0047' },
    ]);
  });

  it('let a record keep its customer, whatever has become of that, and take no new one from the recycle bin', async () => {
    const of = await repWithCustomers();
    const [one, two] = of.customers;
    await go(of, 'task', TASK, [['A', 'x', one, null, null, null], ['B', 'x', two, null, null, null]]); // prettier-ignore
    await read(of, `update customer set deleted_at = now() where id = $1`, [one]);
    await read(of, `delete from customer where id = $1`, [two]);
    const again = await go(of, 'task', TASK, [
      ['A', 'x', one, null, null, null],
      ['B', 'x', two, null, null, null],
      ['C', 'x', one, null, null, null],
    ]);
    expect(outcomes(again)).toEqual(['unchanged', 'unchanged', 'invalid']);
    // Once it is out of the bin, it can be referred to again.
    await bed.handle(bed.order(of, [['1', 'Adler', null]]));
    expect(outcomes(await go(of, 'task', TASK, [['C', 'x', '1', null, null, null]]))).toEqual(['created']);
  });

  it('judge the record as it would be: what is stored and what the row says together', async () => {
    const of = await repWithCustomers();
    await go(of, 'appointment', APPOINTMENT, [['A', 'x', '1', NINE, 60]]);
    const change = (field: string, value: Cell, emptyCell: 'keep' | 'clear' = 'keep') =>
      bed.handle(
        bed.order(of, [['A', value]], { entity: 'appointment', columns: [key('externalId'), overwrite(field, emptyCell)] }),
      );
    const problemOf = async (...args: Parameters<typeof change>) => (await change(...args)).answers[0]?.problems?.[0];
    expect(await problemOf('latestEnd', '2026-03-14T09:59:00')).toMatchObject({ code: 'appointment_times', params: { reason: 'duration' } });
    expect(await problemOf('duration', null, 'clear')).toMatchObject({ code: 'appointment_times', params: { reason: 'missing' } });
    expect(await problemOf('customer', null, 'clear')).toMatchObject({ code: 'customer_or_address_missing' });
    expect(outcomes(await change('latestEnd', '2026-03-14T10:00:00'))).toEqual(['updated']);
    expect(outcomes(await change('duration', null, 'clear'))).toEqual(['updated']);
    expect(outcomes(await change('city', 'Graz'))).toEqual(['updated']);
    expect(outcomes(await change('customer', null, 'clear'))).toEqual(['updated']);
  }); // prettier-ignore

  it.each(['appointment', 'task', 'report'])('take a %s out of the recycle bin that a row means', async (entity) => {
    const of = await repWithCustomers();
    const fields = entity === 'appointment' ? APPOINTMENT : entity === 'task' ? TASK : REPORT;
    const rows = { appointment: ['A', 'x', '1', NINE, 30], task: ['A', 'x', '1', null, 'low', true], report: ['A', 'other', '1', NINE, NINE] }; // prettier-ignore
    const row = rows[entity as keyof typeof rows];
    const { answers } = await go(of, entity, fields, [row]);
    await read(of, `update ${entity} set deleted_at = now() where rep_id = $1`, [of.repId]);
    const restored = await go(of, entity, fields, [row]);
    expect(restored.answers).toMatchObject([{ outcome: 'updated', recordId: answers[0]?.recordId, changes: [] }]);
    expect(outcomes(await go(of, entity, fields, [row]))).toEqual(['unchanged']);
  });

  describe('with updateLastCalls', () => {
    const options = { options: { updateLastCalls: true } };
    const lastCalls = (of: TestRep) =>
      read(of, `select to_char(last_call, 'YYYY-MM-DD"T"HH24:MI') as at, version from customer where rep_id = $1 order by external_id`, [of.repId]); // prettier-ignore

    it('set the last call of customers where it is later, in one go, and tell so', async () => {
      const of = await repWithCustomers();
      await read(of, `update customer set last_call = '2026-03-14T12:00', version = version + 1 where id = $1`, [of.customers[1]]); // prettier-ignore
      const rows = [
        ['A', 'customerCall', '1', NINE, null],
        ['B', 'customerCall', '1', '2026-03-15T09:00:00', null],
        ['C', 'customerCall', '2', NINE, null],
        ['D', 'missedCall', '2', '2026-03-16T09:00:00', null],
        ['E', 'customerCall', null, NINE, null],
        ['F', 'customerCall', '1', null, null],
      ];
      const planned = await go(of, 'report', REPORT, rows, { ...options, dryRun: true, restorePointId: null });
      expect(await lastCalls(of)).toMatchObject([{ at: null }, { at: '2026-03-14T12:00' }]);
      const run = await go(of, 'report', REPORT, rows, options);
      expect(outcomes(run)).toEqual(outcomes(planned));
      expect(await lastCalls(of)).toEqual([
        { at: '2026-03-15T09:00', version: 2 },
        { at: '2026-03-14T12:00', version: 2 },
      ]);
      await vi.waitFor(() => {
        const told = bed.service.events(recordsChanged).filter(({ data }) => data.repId === of.repId).map(({ data }) => data);
        expect(told.find(({ entity }) => entity === 'report')?.created).toHaveLength(6);
        expect(told.filter(({ entity }) => entity === 'customer').at(-1)).toMatchObject({ created: [], updated: [of.customers[0]] });
      }, PATIENT); // prettier-ignore
    });

    it('do so for changed reports by what is stored, and write nothing for those that stay', async () => {
      const of = await repWithCustomers();
      await go(of, 'report', REPORT, [['A', 'customerCall', '1', NINE, null]]);
      expect(outcomes(await go(of, 'report', REPORT, [['A', 'customerCall', '1', NINE, null]], options))).toEqual(['unchanged']);
      expect(await lastCalls(of)).toMatchObject([{ at: null, version: 1 }, { at: null }]);
      const notes = { ...options, columns: [key('externalId'), overwrite('notes')] };
      expect(outcomes(await go(of, 'report', [], [['A', 'x']], notes))).toEqual(['updated']);
      expect(await lastCalls(of)).toMatchObject([{ at: '2026-03-14T09:00', version: 2 }, { at: null }]);
    }); // prettier-ignore

    it('have the latest of many, whatever the order and however many work at once', async () => {
      const of = await repWithCustomers();
      const orders = Array.from({ length: 6 }, (_, i) => {
        const day = String(((i * 5) % 6) + 10);
        const rows = Array.from({ length: 40 }, (_row, n) => [`${i}/${n}`.replace('/', '-'), 'customerCall', n % 2 ? '1' : '2', `2026-03-${day}T09:${10 + n}:00`, null]);
        return bed.order(of, rows, { entity: 'report', columns: columnsOf(REPORT), ...options });
      });
      await Promise.all(orders.map((order) => bed.chunks.handle(order)));
      expect(await lastCalls(of)).toMatchObject([{ at: '2026-03-15T09:49' }, { at: '2026-03-15T09:48' }]);
    }); // prettier-ignore
  });
});
