import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellValue, CustomFieldDefinition, FieldSchema } from '@muster/import-model';
import { createDataSource, migrate, newId, UnitOfWork, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { CustomFieldRepository } from '../custom-fields/custom-field.repository.js';
import { FIELD_DATA_DATABASE } from '../database.js';
import { withCustomColumns, type RecordTable } from './record-table.js';
import { RECORD_TABLES } from './record-tables.js';
import { RecordRepository } from './record.repository.js';
import type { StoredRow } from './stored-row.js';

const TYPES = [
  'text',
  'multiline',
  'integer',
  'number',
  'date',
  'time',
  'dateTime',
  'yesNo',
  'multiSelection',
] as const;
const CUSTOM = TYPES.map((type): CustomFieldDefinition => {
  const text = { en: type, de: type };
  return { name: `own_${type}`, type, label: text, description: text, options: [] };
});

/** Two values of the field, both in canonical form. */
function valuesOf({ type, options }: FieldSchema): [CellValue, CellValue] {
  switch (type) {
    case 'integer':
    case 'minutes':
      return [0, 2_147_483_647];
    case 'number':
      return [47.070_707_070_707_07, -0.1];
    case 'yesNo':
      return [true, false];
    case 'date':
      return ['2026-03-29', '0001-01-01'];
    case 'time':
      return ['00:00', '23:59'];
    case 'dateTime':
      return ['2026-03-29T02:30:00', '9999-12-31T23:59:59'];
    case 'reference':
      return [newId(), newId()];
    case 'selection':
      return [options?.[0]?.code ?? 'a', options?.[1]?.code ?? 'b'];
    case 'multiSelection':
      return ['a;b', 'b'];
    default:
      return ['NULL', 'a,b\n"c"\\ {d} 🦁 \u0001'];
  }
}

describe.each(RECORD_TABLES.map((table) => [table.schema.name, table] as const))('the table of %s', (entity, plain) => {
  const records = new RecordRepository();
  let database: TestDatabase;
  let dataSource: DataSource;
  let uow: UnitOfWork;
  let table: RecordTable;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(FIELD_DATA_DATABASE, database.urls['field-data'].ownerUrl);
    dataSource = await createDataSource(FIELD_DATA_DATABASE, database.urls['field-data']).initialize();
    uow = new UnitOfWork(dataSource, FIELD_DATA_DATABASE);
    table = withCustomColumns(plain, CUSTOM);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const company = () => ({ companyId: newId(), repId: newId(), actor: 'user:test', cause: 'request:test' });
  const fieldsOf = () => table.schema.fields.filter(({ readOnly }) => !readOnly);
  const ids = () => fieldsOf().map(({ id }) => id);
  const version = (n: 0 | 1) => Object.fromEntries(fieldsOf().map((field) => [field.id, valuesOf(field)[n]]));
  const read = async (scope: Scope & { repId: string }, id: string): Promise<StoredRow | undefined> =>
    (await uow.run(scope, (manager) => records.findById(manager, table, ids(), scope.repId, [id])))[0];

  /** The fields that a record cannot be without. */
  function least(externalId: string): Record<string, CellValue> {
    const required = fieldsOf().filter((field) => field.required || field.default !== undefined);
    return {
      ...Object.fromEntries(required.map((field) => [field.id, field.default ?? valuesOf(field)[0]])),
      externalId,
    };
  }

  it('gives every value back as it came, of the company’s own fields too', async () => {
    const scope = company();
    const id = newId();
    const [first, second] = [version(0), version(1)];
    await uow.run(scope, (manager) => records.insert(manager, table, scope, ids(), [{ id, values: first }]));
    expect(await read(scope, id)).toEqual({ id, version: 1, binned: false, ...first });
    await uow.run(scope, (manager) => records.update(manager, table, ids(), [{ id, values: second }]));
    expect(await read(scope, id)).toEqual({ id, version: 2, binned: false, ...second });
  });

  it('writes fields of the company one by one, and keeps nothing of one that is emptied', async () => {
    const scope = company();
    const [one, two] = [newId(), newId()];
    const own = (values: Record<string, CellValue>) => ({ ...least(newId()), ...values });
    const written = [...Object.keys(least('')), 'customFields.own_text', 'customFields.own_integer'];
    await uow.run(scope, async (manager) => {
      await records.insert(manager, table, scope, written, [
        { id: one, values: own({ 'customFields.own_text': 'a', 'customFields.own_integer': 1 }) },
        { id: two, values: own({ 'customFields.own_text': 'b' }) },
      ]);
      await records.update(
        manager,
        table,
        ['customFields.own_text'],
        [
          { id: one, values: { 'customFields.own_text': null } },
          { id: two, values: { 'customFields.own_text': 'c' } },
        ],
      );
    });
    const rows = await uow.run(scope, (manager) =>
      manager.query(`select custom_fields as own from ${table.table} where id = any($1) order by id`, [[one, two]]),
    );
    expect(rows).toEqual([{ own: { own_integer: 1 } }, { own: { own_text: 'c' } }]);
  });

  it('finds records by any fields that can be keys', async () => {
    const scope = company();
    const values = version(0);
    const id = newId();
    await uow.run(scope, (manager) => records.insert(manager, table, scope, ids(), [{ id, values }]));
    for (const { id: key, usableAsKey } of fieldsOf()) {
      if (!usableAsKey) continue;
      const find = (value: CellValue, repId = scope.repId) =>
        uow.run(scope, (manager) => records.findByValues(manager, table, [key], repId, { fields: [key] }, [[value]]));
      expect(await find(values[key] ?? null)).toMatchObject([{ id, [key]: values[key] }]);
      expect(await find(values[key] ?? null, newId())).toEqual([]);
      expect(await find(version(1)[key] ?? null)).toEqual([]);
    }
  });

  it('has one external id once per rep, again at another rep and once the record is in the recycle bin', async () => {
    const scope = company();
    const add = (repId: string) =>
      uow.run(scope, (manager) =>
        records.insert(manager, table, { ...scope, repId }, Object.keys(least('')), [
          { id: newId(), values: least('007') },
        ]),
      );
    await add(scope.repId);
    await add(newId());
    await expect(add(scope.repId)).rejects.toThrow(table.externalIdIndex);
    await uow.run(scope, (manager) =>
      manager.query(`update ${table.table} set deleted_at = now() where rep_id = $1`, [scope.repId]),
    );
    await add(scope.repId);
  });

  it('keeps every former state with who and why, and lets no other company see any of it', async () => {
    const scope = company();
    const id = newId();
    const by = { ...scope, actor: 'user:editor', cause: 'import:42' };
    await uow.run(scope, (manager) =>
      records.insert(manager, table, scope, Object.keys(least('')), [{ id, values: least('1') }]),
    );
    await uow.run(by, (manager) =>
      records.update(manager, table, ['externalId'], [{ id, values: { externalId: '2' } }]),
    );
    const log = (of: Scope) =>
      uow.run(of, (manager) =>
        manager.query(
          `select op, actor, cause, old ->> 'external_id' as key, rep_id as rep from ${table.table}_change
           where record_id = $1 order by seq`,
          [id],
        ),
      );
    expect(await log(scope)).toEqual([
      { op: 'I', actor: 'user:test', cause: 'request:test', key: null, rep: scope.repId },
      { op: 'U', actor: 'user:editor', cause: 'import:42', key: '1', rep: scope.repId },
    ]);
    expect(await log(company())).toEqual([]);
    expect(await read({ ...company(), repId: scope.repId }, id)).toBeUndefined();
  });

  it('moves records to another rep, and forgets those that are gone', async () => {
    const scope = company();
    const id = newId();
    const other = newId();
    await uow.run(scope, async (manager) => {
      await records.insert(manager, table, scope, Object.keys(least('')), [{ id, values: least('1') }]);
      await records.update(manager, table, [], [{ id, values: {} }], other);
    });
    expect(await read(scope, id)).toBeUndefined();
    expect(await read({ ...scope, repId: other }, id)).toMatchObject({ id, externalId: '1', version: 2 });
    const left = await uow.run(scope, async (manager) => {
      await manager.query(`select forget_${table.table}($1::uuid[])`, [[id]]);
      const [kept] = await manager.query<{ n: number }[]>(`select count(*) as n from ${table.table}_change`);
      await manager.query(`delete from ${table.table} where id = $1`, [id]);
      await manager.query(`select forget_${table.table}($1::uuid[])`, [[id]]);
      const [gone] = await manager.query<{ n: number }[]>(`select count(*) as n from ${table.table}_change`);
      return [kept?.n, gone?.n];
    });
    expect(left).toEqual([2, 0]);
  });

  it('knows the fields that the company added to it, and no others', async () => {
    const [scope, foreign] = [company(), company()];
    const fields = new CustomFieldRepository();
    const add = (of: Scope, name: string) =>
      uow.run(of, (manager) =>
        manager.query(
          `insert into custom_field (id, company_id, entity, name, type, label_en, label_de, options)
           values ($1, $2, $3, $4, 'selection', 'Size', 'Größe', $5)`,
          [newId(), of.companyId, entity, name, JSON.stringify([{ code: 'L', label: { en: 'large', de: 'groß' } }])],
        ),
      );
    await add(scope, 'size');
    await add(foreign, 'foreign_size');
    expect(await uow.run(scope, (manager) => fields.definitions(manager, entity))).toEqual([
      {
        name: 'size',
        type: 'selection',
        label: { en: 'Size', de: 'Größe' },
        description: { en: '', de: '' },
        options: [{ code: 'L', label: { en: 'large', de: 'groß' } }],
      },
    ]);
    await expect(add(scope, `x' or 'y`)).rejects.toThrow('CHK_custom_field_name');
    await expect(add(scope, 'size')).rejects.toThrow('UQ_custom_field_name');
  });
});
