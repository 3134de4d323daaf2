import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyDeleted } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { tablesOfCompany } from '@muster/testing';
import { ChunkTestbed, key, outcomes, overwrite, type Cell, type TestRep } from '../testbed/chunk-testbed.js';
import { KeyTestbed } from '../testbed/key-testbed.js';
import { KeySetWorker } from './key-set-worker.js';

const own = (name: string) => `customFields.${name}`;
const BY_NUMBER = [key(own('number')), overwrite('subject')];

let bed: ChunkTestbed;
let keys: KeyTestbed;

beforeAll(async () => {
  bed = await ChunkTestbed.start();
  keys = new KeyTestbed(bed.service, bed.uow);
});
afterAll(() => bed?.service.stop());

const query = <Row>({ scope }: TestRep, sql: string, values: unknown[] = []) =>
  bed.uow.run(scope, (manager) => manager.query<Row[]>(sql, values));

/** A rep of a company that has fields of its own for tasks. */
async function rep(): Promise<TestRep> {
  const one = await bed.rep();
  for (const [name, type] of Object.entries({ number: 'text', weight: 'number', since: 'date', loud: 'yesNo' })) {
    await query(
      one,
      `insert into custom_field (id, company_id, entity, name, type, label_en, label_de) values ($1, $2, 'task', $3, $4, $3, $3)`,
      [newId(), one.scope.companyId, name, type],
    );
  }
  return one;
}

const beside = (one: TestRep): TestRep => ({ ...one, repId: newId() });

function go(one: TestRep, rows: Cell[][], columns: readonly object[] = BY_NUMBER, more: object = {}) {
  return bed.handle(bed.order(one, rows, { entity: 'task', columns: columns as ReturnType<typeof key>[], ...more }));
}

describe('records that are found by fields without an index', () => {
  it('are found by reading at first, by their keys from then on, and never twice', async () => {
    const one = await rep();
    expect(outcomes(await go(one, [['007', 'a'], ['7', 'b']]))).toEqual(['created', 'created']); // prettier-ignore
    expect(await keys.sets(one.scope)).toMatchObject([{ entity: 'task', paths: ['custom_fields.number'] }]);
    await keys.ready(one.scope, 1);
    expect(await keys.strays(one.scope)).toEqual([]);
    expect(await keys.count(one.scope)).toBe(2);
    const again = await go(one, [['007', 'a'], ['7', 'B'], ['8', 'c']]); // prettier-ignore
    expect(outcomes(again)).toEqual(['unchanged', 'updated', 'created']);
    expect(await keys.sets(one.scope)).toHaveLength(1);
    expect(await keys.strays(one.scope)).toEqual([]);
    // Nothing else is asked: what has no key there is not found.
    await query(one, 'delete from record_key');
    expect(outcomes(await go(one, [['007', 'a']]))).toEqual(['created']);
  });

  it('by up to eight fields together, columns and own ones, of every type and in any order', async () => {
    const one = await rep();
    const fields = ['subject', 'dueDate', 'priority', 'done', own('number'), own('weight'), own('since'), own('loud')];
    const row = ['a', '2026-03-14', 'high', false, '007', 1.5, '2026-01-31', true];
    const columns = (order: number[]) => [...order.map((i) => key(fields[i] ?? '')), overwrite('notes')];
    const cells = (order: number[], note: string) => [[...order.map((i) => row[i] ?? null), note]];
    const asIs = fields.map((_field, i) => i);
    const turned = asIs.toReversed();
    expect(outcomes(await go(one, cells(asIs, 'x'), columns(asIs)))).toEqual(['created']);
    await keys.ready(one.scope, 1);
    expect(await keys.count(one.scope)).toBe(1);
    expect(outcomes(await go(one, cells(turned, 'x'), columns(turned)))).toEqual(['unchanged']);
    expect(outcomes(await go(one, cells(asIs, 'y'), columns(asIs)))).toEqual(['updated']);
    expect(await keys.sets(one.scope)).toHaveLength(1);
    row[5] = 2;
    expect(outcomes(await go(one, cells(asIs, 'y'), columns(asIs)))).toEqual(['created']);
    expect(await keys.strays(one.scope)).toEqual([]);
  });

  it('tell those apart that have the same key: ambiguous, but for what lies in the recycle bin', async () => {
    const one = await rep();
    const twice = [key('externalId'), overwrite('subject'), overwrite(own('number'))];
    await go(one, [['1', 'a', '7'], ['2', 'b', '7'], ['3', 'c', '8']], twice); // prettier-ignore
    await go(one, [['0', 'x']]);
    await keys.ready(one.scope, 1);
    const { answers } = await go(one, [['7', 'x'], ['8', 'x']]); // prettier-ignore
    expect(answers).toMatchObject([
      { outcome: 'invalid', problems: [{ code: 'ambiguous_key', params: { count: 2 } }] },
      { outcome: 'updated' },
    ]);
    await query(one, `update task set deleted_at = now() where external_id in ('2', '3')`);
    expect(outcomes(await go(one, [['7', 'y'], ['8', 'y']]))).toEqual(['updated', 'updated']); // prettier-ignore
    const binned = await query(one, `select external_id as key from task where deleted_at is not null`);
    expect(binned).toEqual([{ key: '2' }]);
  });

  it.each(['move', 'copy'] as const)('%s: at the company’s other reps, and nowhere else', async (transferMode) => {
    const one = await rep();
    await go(one, [['7', 'a'], ['8', 'b']]); // prettier-ignore
    await keys.ready(one.scope, 1);
    const two = beside(one);
    const stranger = await rep();
    const options = { options: { transferMode } };
    expect(outcomes(await go(stranger, [['7', 'a']], BY_NUMBER, options))).toEqual(['created']);
    const expected = transferMode === 'move' ? 'updated' : 'created';
    expect(outcomes(await go(two, [['7', 'A'], ['9', 'c']], BY_NUMBER, options))).toEqual([expected, 'created']); // prettier-ignore
    const at = await query(one, `select subject from task where rep_id = $1 order by subject`, [two.repId]);
    expect(at).toEqual([{ subject: 'A' }, { subject: 'c' }]);
    const left = await query(one, `select subject from task where rep_id = $1 order by subject`, [one.repId]);
    expect(left).toEqual(transferMode === 'move' ? [{ subject: 'b' }] : [{ subject: 'a' }, { subject: 'b' }]);
    expect(await keys.strays(one.scope)).toEqual([]);
    expect(outcomes(await go(two, [['7', 'A'], ['9', 'c']], BY_NUMBER, options))).toEqual(['unchanged', 'unchanged']); // prettier-ignore
  });
});

describe('the keys of records', () => {
  it('follow whatever becomes of the records, by whichever statement', async () => {
    const one = await rep();
    await go(
      one,
      Array.from({ length: 40 }, (_, i) => [`${i}`, `t${i}`]),
    );
    await go(one, [['0', 't0', 'x']], [key(own('number')), key('subject'), overwrite('notes')]);
    await keys.ready(one.scope, 2);
    const steps: [string, unknown[]][] = [
      [`update task set custom_fields = custom_fields || '{"number": "new"}' where subject < 't2'`, []],
      [`update task set custom_fields = custom_fields - 'number' where subject < 't12'`, []],
      [`update task set subject = custom_fields ->> 'number' where subject > 't3'`, []],
      [`update task set rep_id = $1 where subject < 't25'`, [newId()]],
      [`update task set deleted_at = now() where subject < 't3'`, []],
      [`delete from task where subject < 't24'`, []],
      [`update task set notes = 'nothing that counts'`, []],
      [`insert into task (id, company_id, rep_id, subject, custom_fields)
        select uuidv7(), company_id, rep_id, subject || 'c', custom_fields from task`, []],
    ]; // prettier-ignore
    for (const [statement, values] of steps) {
      await query(one, statement, values);
      expect(await keys.strays(one.scope), statement).toEqual([]);
    }
    const before = await keys.count(one.scope);
    expect(before).toBeGreaterThan(20);
    await query(one, 'delete from task');
    expect(await keys.count(one.scope)).toBe(0);
  });

  it('take in all that was written before, also by somebody who did not know of them yet', async () => {
    const one = await rep();
    const other = new pg.Client({ connectionString: bed.service.database.urls['field-data'].url });
    await other.connect();
    await other.query('begin');
    await other.query(`select set_config('role', 'muster_field_data_app', true), set_config('muster.company', $1, true),
      set_config('muster.actor', 'system', true), set_config('muster.cause', 'request:slow', true)`, [one.scope.companyId]); // prettier-ignore
    await other.query(
      `insert into field_data.task (id, company_id, rep_id, subject, custom_fields) values ($1, $2, $3, 'slow', '{"number": "slow"}')`,
      [newId(), one.scope.companyId, one.repId],
    );
    await go(one, [['7', 'a']]);
    const worker = bed.service.app.get(KeySetWorker);
    await expect.poll(async () => (await keys.sets(one.scope))[0]?.state).toBe('filling');
    worker.wake();
    // It is found meanwhile as well, by reading.
    expect(outcomes(await go(one, [['7', 'a']]))).toEqual(['unchanged']);
    expect(await keys.sets(one.scope)).toMatchObject([{ state: 'filling' }]);
    await other.query('commit');
    await other.end();
    await keys.ready(one.scope, 1);
    expect(await keys.strays(one.scope)).toEqual([]);
    expect(outcomes(await go(one, [['slow', 'slow'], ['7', 'a']]))).toEqual(['unchanged', 'unchanged']); // prettier-ignore
  });

  it('are taken in while others write', async () => {
    const one = await rep();
    const insert = `insert into task (id, company_id, rep_id, subject, custom_fields)
      select uuidv7(), $1, $2, 's' || n, jsonb_build_object('number', n::text) from generate_series(1, 9000) n`;
    await query(one, insert, [one.scope.companyId, one.repId]);
    await go(one, [['0', 'a']]);
    let changes = 0;
    const writing = async () => {
      do {
        const values = [String(changes++)];
        await query(one, `update task set custom_fields = jsonb_build_object('number', (custom_fields ->> 'number') || 'x')
                          where subject like 's%' || $1`, values); // prettier-ignore
        bed.service.app.get(KeySetWorker).wake();
      } while ((await keys.sets(one.scope))[0]?.state !== 'ready');
    };
    await Promise.all([writing(), keys.ready(one.scope, 1)]);
    expect(await keys.strays(one.scope)).toEqual([]);
    expect(await keys.count(one.scope)).toBe(9001);
  });

  it('are kept of four combinations an entity; by others records are found by reading', async () => {
    const one = await rep();
    const combinations = ['number', 'weight', 'since', 'loud', 'number'].map((name, i) =>
      i === 4 ? [key('subject'), key(own(name))] : [key(own(name)), overwrite('subject')],
    );
    const rows = [['7', 'a'], [1.5, 'a'], ['2026-01-31', 'a'], [true, 'a'], ['a', '7']]; // prettier-ignore
    for (const [i, columns] of combinations.entries()) await go(one, [rows[i] ?? []], columns);
    expect(await keys.sets(one.scope)).toHaveLength(4);
    expect(outcomes(await go(one, [['a', '7']], combinations[4]))).toEqual(['unchanged']);
  });

  it('go when no import has needed them for 90 days, and come again', async () => {
    const one = await rep();
    await go(one, [['7', 'a']]);
    await keys.ready(one.scope, 1);
    await query(one, `update key_set set used_at = now() - interval '91 days'`);
    const left = async () => {
      bed.service.app.get(KeySetWorker).wake();
      return [(await keys.sets(one.scope)).length, await keys.count(one.scope)];
    };
    await expect.poll(left).toEqual([0, 0]);
    expect(outcomes(await go(one, [['7', 'a']]))).toEqual(['unchanged']);
    await keys.ready(one.scope, 1);
    // An import that comes in time keeps them.
    await query(one, `update key_set set used_at = now() - interval '89 days'`);
    expect(outcomes(await go(one, [['7', 'a']]))).toEqual(['unchanged']);
    const [kept] = await query<{ fresh: boolean }>(
      one,
      `select used_at > now() - interval '1 day' as fresh from key_set`,
    );
    expect(kept).toEqual({ fresh: true });
  });

  it('are filled beside one that cannot be', async () => {
    const [broken, one] = [await rep(), await rep()];
    await query(
      broken,
      `insert into key_set (id, company_id, entity, paths, state, since) values ('${'0'.repeat(32)}', $1, 'task', '{nowhere}', 'filling', 0)`,
      [broken.scope.companyId],
    );
    await go(one, [['7', 'a']]);
    await keys.ready(one.scope, 1);
    expect(await keys.sets(broken.scope)).toMatchObject([{ state: 'filling' }]);
    await query(broken, 'delete from key_set');
  });

  it('go with their company', async () => {
    const one = await rep();
    await go(one, [['7', 'a']]);
    await keys.ready(one.scope, 1);
    await bed.service.publish(companyDeleted, one.scope, { companyId: one.scope.companyId });
    const tables = () => tablesOfCompany(bed.service.database.adminUrl, 'field_data', one.scope.companyId);
    await expect.poll(async () => (await tables()).filter((name) => /key|task/.test(name))).toEqual([]);
  });
});
