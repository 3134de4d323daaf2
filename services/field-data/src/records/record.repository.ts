import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { CellValue, RecordValues } from '@muster/import-model';
import { arrayLiteral } from './array-literal.js';
import { inKeyOrder } from '../record-keys/key-path.js';
import { insertStatement, readList, updateStatement, withKeys, withValues } from './record-statements.js';
import { columnsOf, type RecordTable } from './record-table.js';
import type { StoredRow } from './stored-row.js';
import { arraysOf, keyArray } from './written-values.js';

export interface KeyFields {
  readonly fields: readonly string[];
  /** What records are found by; see `KeySets`. */
  readonly set?: Id | undefined;
}

/** Many records of one rep with one statement each. Ids and values come checked. */
export class RecordRepository {
  /** The records of a rep with these external ids; of those in the recycle bin only what no other record has, the latest first. */
  async findByExternalId(
    manager: EntityManager,
    table: RecordTable,
    fields: readonly string[],
    repId: Id,
    externalIds: readonly string[],
  ): Promise<StoredRow[]> {
    const columns = columnsOf(table, new Set([...fields, 'externalId']));
    const select = `select ${readList(columns)} from ${table.table} r
      where r.rep_id = $1 and r.external_id = any($2::text[])`;
    const live = await manager.query<StoredRow[]>(`${select} and r.deleted_at is null`, [
      repId,
      arrayLiteral(externalIds),
    ]);
    const found = new Set(live.map((row) => row['externalId']));
    const missing = externalIds.filter((externalId) => !found.has(externalId));
    if (missing.length === 0) return live;
    const binned = await manager.query<StoredRow[]>(
      `${select} and r.deleted_at is not null order by r.deleted_at desc, r.id`,
      [repId, arrayLiteral(missing)],
    );
    return [...live, ...binned];
  }

  findById(
    manager: EntityManager,
    table: RecordTable,
    fields: readonly string[],
    repId: Id,
    ids: readonly Id[],
  ): Promise<StoredRow[]> {
    return manager.query(
      `select ${readList(columnsOf(table, fields))} from ${table.table} r where r.rep_id = $1 and r.id = any($2::uuid[])`,
      [repId, arrayLiteral(ids)],
    );
  }

  /**
   * The records of a rep that have the values of one of `keys` in all the key fields, or a few more. Without a key set it
   * reads all of the rep.
   */
  findByValues(
    manager: EntityManager,
    table: RecordTable,
    fields: readonly string[],
    repId: Id,
    keyFields: KeyFields,
    keys: readonly (readonly CellValue[])[],
  ): Promise<StoredRow[]> {
    const { found, values } = byKeys(table, keyFields, keys, '=');
    return manager.query(
      `select ${readList(columnsOf(table, fields))} from ${table.table} ${found} order by r.deleted_at desc nulls first, r.id`,
      [repId, ...values],
    );
  }

  /**
   * The records of the company's other reps that have the values of one of `keys` in all the key fields, those in the
   * recycle bin left out, and those that the cause of the unit of work has made: what an import makes for one rep is not there
   * for its other rows. Without a key set it reads all records of the company, unless the id or the
   * external id alone is the key.
   */
  findElsewhere(
    manager: EntityManager,
    table: RecordTable,
    fields: readonly string[],
    repId: Id,
    keyFields: KeyFields,
    keys: readonly (readonly CellValue[])[],
  ): Promise<StoredRow[]> {
    const select = `select ${readList(columnsOf(table, fields))}, r.rep_id as "ofRep" from ${table.table}`;
    // Asked record by record: as a join it would read the change log of the whole company.
    const maker = `select l.cause from ${table.table}_change l where l.record_id = r.id and l.op = 'I' order by l.seq desc limit 1`;
    const where = `r.deleted_at is null and (${maker}) is distinct from current_setting('muster.cause')`;
    const at = keyFields.fields.indexOf('id');
    if (at >= 0) {
      const ids = arrayLiteral(keys.map((key) => key[at]));
      return manager.query(`${select} r where r.rep_id <> $1 and ${where} and r.id = any($2::uuid[]) order by r.id`, [
        repId,
        ids,
      ]);
    }
    const { found, values } = byKeys(table, keyFields, keys, '<>');
    return manager.query(`${select} ${found} and ${where} order by r.id`, [repId, ...values]);
  }

  /** Locks records against other writers, in the order of their ids, and tells their versions as they are now. */
  async lock(manager: EntityManager, { table }: RecordTable, ids: readonly Id[]): Promise<Map<Id, number>> {
    const rows = await manager.query<{ id: Id; version: number }[]>(
      `select id, version from ${table} where id = any($1::uuid[]) order by id for no key update`,
      [arrayLiteral(ids)],
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** Puts those of these records into the recycle bin that are the rep's and not there yet. @returns them, in the order of ids */
  async bin(manager: EntityManager, { table }: RecordTable, repId: Id, ids: readonly Id[]): Promise<Id[]> {
    // Looked at by id alone: without statistics all records of the rep would be read.
    const there = await manager.query<{ id: Id }[]>(
      `with named as materialized (
         select id, rep_id, deleted_at from ${table} where id = any($1::uuid[]) order by id for no key update)
       select id from named where rep_id = $2 and deleted_at is null order by id`,
      [arrayLiteral(ids), repId],
    );
    if (there.length === 0) return [];
    const binned = there.map(({ id }) => id);
    await manager.query(
      `update ${table} set deleted_at = clock_timestamp(), deleted_cause = current_setting('muster.cause'),
              version = version + 1, updated_at = clock_timestamp()
       where id = any($1::uuid[])`,
      [arrayLiteral(binned)],
    );
    return binned;
  }

  /** Adds records of one rep. They all have the same fields; those that one does not name are empty in it. */
  async insert(
    manager: EntityManager,
    table: RecordTable,
    owner: { readonly companyId: Id; readonly repId: Id },
    fields: readonly string[],
    records: readonly RecordValues[],
  ): Promise<void> {
    const columns = columnsOf(table, fields);
    await manager.query(insertStatement(table, columns), [owner.companyId, owner.repId, ...arraysOf(columns, records)]);
  }

  /**
   * Writes `fields` of records that are locked, and takes them out of the recycle bin.
   * @param repId whose they are from now on; null: that stays
   */
  async update(
    manager: EntityManager,
    table: RecordTable,
    fields: readonly string[],
    records: readonly RecordValues[],
    repId: Id | null = null,
  ): Promise<void> {
    const columns = columnsOf(table, fields);
    await manager.query(updateStatement(table, columns), [repId, ...arraysOf(columns, records)]);
  }
}

function byKeys(
  table: RecordTable,
  { fields, set }: KeyFields,
  keys: readonly (readonly CellValue[])[],
  rep: '=' | '<>',
): { found: string; values: string[] } {
  const columns = inKeyOrder(columnsOf(table, fields));
  const values = columns.map((column) => keyArray(column, keys.map((key) => key[fields.indexOf(column.field)]))); // prettier-ignore
  if (set === undefined) return { found: withValues(columns, rep), values };
  return { found: withKeys(columns, rep), values: [...values, set] };
}
