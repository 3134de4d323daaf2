import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEntities, recordsOfRep, recordsPageOfRep, userDeleted, type Id } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { startTestService, type TestService } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';
import { RECORD_TABLES } from '../records/record-tables.js';

let service: TestService;
let questions: Questions;

beforeAll(async () => {
  service = await startTestService(FIELD_DATA);
  questions = service.app.get(Questions);
});
afterAll(() => service?.stop());

const scopeOf = (companyId: Id = newId()): Scope => ({ companyId, actor: 'user:ada', cause: 'request:test' });

function query<Row>(scope: Scope, statement: string, parameters: unknown[] = []): Promise<Row[]> {
  return service.app.get(UnitOfWork).run(scope, (manager) => manager.query<Row[]>(statement, parameters));
}

/** So many customers of a rep, every third in the recycle bin. */
async function addCustomers(scope: Scope, repId: Id, count: number): Promise<void> {
  await query(
    scope,
    `insert into customer (id, company_id, rep_id, external_id, name1, latitude, longitude, last_call, deleted_at)
     select gen_random_uuid(), $1, $2, n::text, 'Customer ' || n, 47.5, -15, '2026-03-14T09:30:00',
            case when n % 3 = 0 then now() end
       from generate_series(1, $3::integer) n`,
    [scope.companyId, repId, count],
  );
}

const digestOf = async ({ companyId }: Scope, repId: Id) =>
  (await questions.ask(recordsOfRep, { companyId, repId })).digest;

async function allPages({ companyId }: Scope, repId: Id, limit: number, fields: string[]) {
  const pages = [];
  let after: Id | null = null;
  do {
    const request = { companyId, repId, entity: 'customer', fields, after, limit };
    const { rows, nextAfter }: Awaited<ReturnType<typeof page>> = await page(request);
    pages.push(rows);
    after = nextAfter;
  } while (after !== null);
  return pages;
}

const page = (request: Parameters<typeof recordsPageOfRep.request.parse>[0]) =>
  questions.ask(recordsPageOfRep, request as never);

describe('what a rep has', () => {
  it('is of every kind there is, with every field', async () => {
    const { entities } = await questions.ask(recordEntities, { companyId: newId() });
    expect(entities.map(({ entity }) => entity)).toEqual(RECORD_TABLES.map(({ schema }) => schema.name));
    const [customer] = entities;
    expect(customer?.fields.slice(0, 3)).toEqual([
      { id: 'id', type: 'recordId', label: expect.any(Object) as object },
      { id: 'externalId', type: 'identifier', label: { en: 'External ID', de: 'Externe ID' } },
      { id: 'name1', type: 'text', label: { en: 'Name', de: 'Name' } },
    ]);
    const scope = scopeOf();
    for (const { entity, fields } of entities) {
      const request = { companyId: scope.companyId, repId: newId(), entity, fields: fields.map(({ id }) => id) };
      expect(await page({ ...request, after: null, limit: 10 })).toEqual({ rows: [], nextAfter: null });
    }
  });

  it.each([
    [1, 7],
    [3, 3],
    [7, 1],
    [8, 1],
  ])('comes in pages of %i, each record once and as it is', async (limit, pagesAtLeast) => {
    const [scope, rep] = [scopeOf(), newId()];
    await addCustomers(scope, rep, 7);
    await addCustomers(scope, newId(), 3);
    await addCustomers(scopeOf(), rep, 3);
    const fields = ['id', 'externalId', 'latitude', 'longitude', 'doNotCall', 'lastCall', 'city'];
    const pages = await allPages(scope, rep, limit, fields);
    expect(pages.length).toBeGreaterThanOrEqual(pagesAtLeast);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(limit);
    const rows = pages.flat();
    const ids = rows.map(({ values: [id] }) => String(id));
    expect(ids).toEqual(ids.toSorted());
    expect(rows.filter(({ binned }) => binned).map(({ values }) => values[1]).toSorted()).toEqual(['3', '6']); // prettier-ignore
    expect(rows.map(({ values }) => values[1]).toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    for (const { values } of rows) expect(values.slice(2)).toEqual([47.5, -15, false, '2026-03-14T09:30:00', null]);
  });

  it('has the fields that the company has added too', async () => {
    const [scope, rep] = [scopeOf(), newId()];
    await addCustomers(scope, rep, 1);
    await query(
      scope,
      `insert into custom_field (id, company_id, entity, name, type, label_en, label_de)
       select gen_random_uuid(), $1, 'customer', f.name, f.type, f.name, f.name || ' (de)'
         from (values ('colour', 'text'), ('size', 'number'), ('vip', 'yesNo')) as f(name, type)`,
      [scope.companyId],
    );
    await query(scope, `update customer set custom_fields = '{"colour": "=red", "vip": true}'`);
    const { entities } = await questions.ask(recordEntities, { companyId: scope.companyId });
    const own = entities[0]?.fields.slice(-3);
    expect(own?.map(({ id, label }) => [id, label.de]).toSorted()).toEqual([
      ['customFields.colour', 'colour (de)'],
      ['customFields.size', 'size (de)'],
      ['customFields.vip', 'vip (de)'],
    ]);
    const fields = ['customFields.vip', 'name1', 'customFields.size', 'customFields.colour'];
    const [rows] = await allPages(scope, rep, 10, fields);
    expect(rows?.map(({ values }) => values)).toEqual([[true, 'Customer 1', null, '=red']]);
    await expect(allPages(scopeOf(), rep, 10, fields)).rejects.toThrow('no column');
  });

  it('is refused where there is no such field, or more than a page is wanted', async () => {
    const request = { companyId: newId(), repId: newId(), entity: 'customer', after: null, limit: 1 };
    await expect(page({ ...request, fields: ['password'] })).rejects.toThrow('no column');
    await expect(page({ ...request, entity: 'user', fields: ['id'] })).rejects.toThrow('no records');
    await expect(page({ ...request, fields: ['id'], limit: 1_001 })).rejects.toThrow('limit');
  });
});

describe('the digest of the records of a rep', () => {
  it('differs after every change, and by nothing else', async () => {
    const [scope, rep] = [scopeOf(), newId()];
    const none = await digestOf(scope, rep);
    await addCustomers(scope, rep, 4);
    const first = await digestOf(scope, rep);
    await addCustomers(scope, newId(), 2);
    expect(await digestOf(scope, rep)).toBe(first);
    const seen = new Set([none, first]);
    for (const change of [
      `update customer set city = 'Graz', version = version + 1 where rep_id = $1 and external_id = '1'`,
      `update customer set city = null, version = version + 1 where rep_id = $1 and external_id = '1'`,
      `update customer set deleted_at = now(), version = version + 1 where rep_id = $1 and external_id = '2'`,
      `delete from customer where rep_id = $1 and external_id = '3'`,
      `update customer set rep_id = gen_random_uuid(), version = version + 1 where rep_id = $1 and external_id = '4'`,
    ]) {
      await query(scope, change, [rep]);
      const digest = await digestOf(scope, rep);
      expect([change, seen.has(digest)]).toEqual([change, false]);
      seen.add(digest);
    }
    await query(scope, 'delete from customer where rep_id = $1', [rep]);
    expect(await digestOf(scope, rep)).toBe(none);
  });
});

describe('the deletion of an account whose data was downloaded', () => {
  it('takes the records along that were in it, and none that have changed since', async () => {
    const scope = scopeOf();
    const [same, changed] = [newId(), newId()];
    await addCustomers(scope, same, 5);
    await addCustomers(scope, changed, 5);
    const deletion = async (userId: Id) =>
      [{ userId, version: 3, discardData: false, downloadedDigest: (await digestOf(scope, userId)) ?? '' }] as const;
    const [ofSame] = await deletion(same);
    const [ofChanged] = await deletion(changed);
    await query(scope, `update customer set city = 'Graz', version = version + 1 where rep_id = $1 and external_id = '1'`, [changed]); // prettier-ignore
    await service.publish(userDeleted, scope, ofChanged);
    await service.publish(userDeleted, scope, ofSame);
    const countOf = async (rep: Id) =>
      (await query<{ n: number }>(scope, 'select count(*) as n from customer where rep_id = $1', [rep]))[0]?.n;
    await expect.poll(() => countOf(same)).toBe(0);
    expect(await countOf(changed)).toBe(5);
  });
});
