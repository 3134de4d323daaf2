import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { arrayLiteral } from '../records/array-literal.js';
import { columnsOf, isPlain, type RecordTable } from '../records/record-table.js';
import { RECORD_TABLES } from '../records/record-tables.js';
import type { RecordKind } from '../record-api/record-kind.js';
import { DAYS_IN_BIN, type BinFilter, type BinPlace } from './bin-selection.js';
import type { Candidate } from './plan-restoring.js';

export interface BinnedRow extends Candidate {
  readonly entity: string;
  readonly title: string;
  readonly deletedAt: Date;
  readonly deletedAtExact: string;
  readonly deletedCause: string | null;
}

/** With its microseconds, as text. */
const EXACTLY = `to_char(r.deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const TOO_OLD = `clock_timestamp() - interval '${DAYS_IN_BIN} days'`;

/** Records of all kinds that were deleted and can still be had back. */
@Injectable()
export class RecycleBinRepository {
  /** The latest deletion first. */
  list(
    manager: EntityManager,
    companyId: Id,
    filter: BinFilter,
    after: BinPlace | undefined,
    limit: number,
  ): Promise<BinnedRow[]> {
    const values: unknown[] = [limit];
    const parts = filter.kinds.map((kind) => {
      const where = [...conditions(companyId, filter, values), ...afterPlace(after, values)];
      return `(select ${selected(kind)} from ${kind.table.table} r where ${where.join(' and ')}
        order by r.deleted_at desc, r.id desc limit $1)`;
    });
    return manager.query<BinnedRow[]>(
      `select * from (${parts.join(' union all ')}) b order by b."deletedAtExact" desc, b.id desc limit $1`,
      values,
    );
  }

  /** Records of one kind that are meant, locked, the latest deletion first. */
  async choose(
    manager: EntityManager,
    { table }: RecordTable,
    companyId: Id,
    filter: BinFilter,
    after: BinPlace | undefined,
    limit: number,
  ): Promise<(Candidate & BinPlace)[]> {
    const values: unknown[] = [limit];
    const where = [...conditions(companyId, filter, values), ...afterPlace(after, values)];
    // Locked in the order of ids, as everybody does.
    const rows = await manager.query<(Candidate & BinPlace)[]>(
      `select r.id, r.rep_id as "repId", r.external_id as "externalId", ${EXACTLY} as "deletedAt" from ${table} r
       where r.deleted_at is not null and r.id = any(array(
         select r.id from ${table} r where ${where.join(' and ')} order by r.deleted_at desc, r.id desc limit $1))
       order by r.id for no key update`,
      values,
    );
    const order = ({ deletedAt, id }: BinPlace) => `${deletedAt}/${id}`;
    return rows.toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
  }

  /** Which of these external ids live records have, as `keyOf` puts them. */
  async taken(manager: EntityManager, { table }: RecordTable, candidates: readonly Candidate[]): Promise<Set<string>> {
    const named = candidates.filter(({ externalId }) => externalId !== null);
    const rows = await manager.query<{ repId: Id; externalId: string }[]>(
      `select r.rep_id as "repId", r.external_id as "externalId" from ${table} r
         join unnest($1::uuid[], $2::text[]) v(rep_id, external_id) on v.rep_id = r.rep_id and v.external_id = r.external_id
       where r.deleted_at is null and r.external_id = any($2::text[])`,
      [arrayLiteral(named.map(({ repId }) => repId)), arrayLiteral(named.map(({ externalId }) => externalId))],
    );
    return new Set(rows.map(({ repId, externalId }) => `${repId}/${externalId}`));
  }

  /** Deletes records for good; with `forget` their history too, so that no restore brings them back. */
  async remove(manager: EntityManager, { table }: RecordTable, ids: readonly Id[], forget: boolean): Promise<void> {
    await manager.query(`delete from ${table} where id = any($1::uuid[])`, [[...ids]]);
    if (forget) await manager.query(`select forget_${table}($1::uuid[])`, [[...ids]]);
  }

  /** For a unit of work of the worker: companies of which records have been in the recycle bin for long enough. */
  async companiesDue(manager: EntityManager, limit: number): Promise<Id[]> {
    const parts = RECORD_TABLES.map(
      ({ table }) =>
        `(select company_id from ${table} where deleted_at < ${TOO_OLD} order by deleted_at limit ${limit})`,
    );
    const rows = await manager.query<{ id: Id }[]>(
      `select distinct company_id as id from (${parts.join(' union all ')}) due`,
    );
    return rows.map(({ id }) => id);
  }

  /** Records of one kind that have been there for long enough, locked; what somebody else has in hand is passed over. */
  due(manager: EntityManager, { table }: RecordTable, companyId: Id, limit: number): Promise<Candidate[]> {
    return manager.query<Candidate[]>(
      `select id, rep_id as "repId", external_id as "externalId" from ${table}
       where company_id = $1 and deleted_at < ${TOO_OLD} order by deleted_at limit $2 for update skip locked`,
      [companyId, limit],
    );
  }
}

function selected({ table, title }: RecordKind): string {
  const [column] = columnsOf(table, [title]).filter(isPlain);
  return `'${table.schema.name}' as entity, r.id, r.rep_id as "repId", r.external_id as "externalId",
    r.${column?.column} as title, r.deleted_at as "deletedAt", r.deleted_cause as "deletedCause",
    ${EXACTLY} as "deletedAtExact"`;
}

function conditions(companyId: Id, filter: BinFilter, values: unknown[]): string[] {
  const { ids, repIds, cause, deletedSince } = filter;
  const where = [`r.company_id = $${values.push(companyId)}`, 'r.deleted_at is not null'];
  if (ids) where.push(`r.id = any($${values.push(arrayLiteral(ids))}::uuid[])`);
  if (repIds !== null) where.push(`r.rep_id = any($${values.push(arrayLiteral(repIds))}::uuid[])`);
  if (deletedSince) where.push(`r.deleted_at >= $${values.push(deletedSince.toISOString())}::timestamptz`);
  if (cause) where.push(`(coalesce(r.deleted_cause, '') like 'import:%') = ${cause === 'import'}`);
  return where;
}

function afterPlace(after: BinPlace | undefined, values: unknown[]): string[] {
  if (!after) return [];
  return [`(r.deleted_at, r.id) < ($${values.push(after.deletedAt)}::timestamptz, $${values.push(after.id)}::uuid)`];
}
