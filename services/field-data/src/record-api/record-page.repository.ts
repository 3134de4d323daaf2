import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { arrayLiteral } from '../records/array-literal.js';
import { readList } from '../records/record-statements.js';
import type { RecordTable } from '../records/record-table.js';
import type { StoredRow } from '../records/stored-row.js';
import { ListStatement } from './list-statement.js';
import type { ListRequest } from './list-filter.js';
import type { NamedRecord, RecordRow } from './record-row.js';

type Flat = StoredRow & Omit<RecordRow, 'fields'>;

/** Single records and pages of them, those in the recycle bin left out. Writing is the record repository's. */
@Injectable()
export class RecordPages {
  /** @param reach whose records may be found; null: everybody's */
  async find(
    manager: EntityManager,
    table: RecordTable,
    id: Id,
    reach: readonly Id[] | null,
    lock = false,
  ): Promise<RecordRow | undefined> {
    const rows = await manager.query<Flat[]>(
      `select ${selected(table)} from ${table.table} r
       where r.id = $1 and r.deleted_at is null and ($2::uuid[] is null or r.rep_id = any($2::uuid[]))
       ${lock ? 'for no key update' : ''}`,
      [id, reach && arrayLiteral(reach)],
    );
    return rows.map(recordRow)[0];
  }

  async list(manager: EntityManager, table: RecordTable, companyId: Id, request: ListRequest): Promise<RecordRow[]> {
    if (request.repIds?.length === 0) return [];
    const statement = new ListStatement(table.table, companyId, request);
    const rows = await manager.query<Flat[]>(statement.page(selected(table)), statement.values);
    return rows.map(recordRow);
  }

  /** Whether more than `limit` records match. */
  async exceeds(
    manager: EntityManager,
    { table }: RecordTable,
    companyId: Id,
    request: Omit<ListRequest, 'after'>,
    limit: number,
  ): Promise<boolean> {
    if (request.repIds?.length === 0) return false;
    const statement = new ListStatement(table, companyId, { ...request, after: undefined });
    const [row] = await manager.query<{ many: boolean }[]>(statement.exceeds(limit), statement.values);
    return row?.many ?? false;
  }

  /** What people know these records by; those in the recycle bin left out. */
  async named(
    manager: EntityManager,
    { table }: RecordTable,
    title: string,
    ids: readonly Id[],
  ): Promise<Map<Id, NamedRecord>> {
    if (ids.length === 0) return new Map();
    const rows = await manager.query<NamedRecord[]>(
      `select id, rep_id as "repId", external_id as "externalId", ${title} as name from ${table}
       where id = any($1::uuid[]) and deleted_at is null`,
      [arrayLiteral(ids)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Puts a locked record into the recycle bin. */
  async bin(manager: EntityManager, { table }: RecordTable, id: Id): Promise<void> {
    await manager.query(
      `update ${table} set deleted_at = clock_timestamp(), deleted_cause = current_setting('muster.cause'),
         updated_at = clock_timestamp(), version = version + 1 where id = $1`,
      [id],
    );
  }
}

function selected({ columns }: RecordTable): string {
  return `${readList(columns)}, r.rep_id as "repId", r.created_at as "createdAt", r.updated_at as "updatedAt",
    to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "updatedAtExact"`;
}

function recordRow(flat: Flat): RecordRow {
  const { id, repId, version, createdAt, updatedAt, updatedAtExact } = flat;
  return { id, repId, version, createdAt, updatedAt, updatedAtExact, fields: flat };
}
