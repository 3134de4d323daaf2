import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { readList } from '../records/record-statements.js';
import type { StoredRow } from '../records/stored-row.js';
import { CUSTOMER_TABLE } from './customer-table.js';

/** A whole customer. */
export interface CustomerRow {
  readonly id: Id;
  readonly repId: Id;
  readonly version: number;
  readonly customFields: Record<string, unknown>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** `updatedAt` with its microseconds, ISO 8601 in UTC: what a list can go on from. */
  readonly updatedAtExact: string;
  readonly fields: StoredRow;
}

export interface CustomerFilter {
  /** Only customers of this rep. */
  readonly repId: Id | undefined;
  /** Only customers whose name or external id begins so. */
  readonly q: string | undefined;
  readonly limit: number;
  /** By rep and id, or by the time of the last change; `after`: where the page before ended. */
  readonly order:
    | { readonly by: 'rep'; readonly after: readonly [repId: Id, id: Id] | undefined }
    | {
        readonly by: 'change';
        readonly since: string;
        readonly after: readonly [updatedAt: string, id: Id] | undefined;
      };
}

type Flat = StoredRow & Omit<CustomerRow, 'fields'>;

const READ = `${readList(CUSTOMER_TABLE.columns)}, r.rep_id as "repId", r.custom_fields as "customFields",
  r.created_at as "createdAt", r.updated_at as "updatedAt",
  to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "updatedAtExact"`;

/** Single customers and lists of them; the recycle bin's are left out. Writing is the record repository's. */
export class CustomerRepository {
  /** @param repId null: of any rep */
  async find(manager: EntityManager, id: Id, repId: Id | null, lock = false): Promise<CustomerRow | undefined> {
    const rows = await manager.query<Flat[]>(
      `select ${READ} from customer r
       where r.id = $1 and ($2::uuid is null or r.rep_id = $2) and r.deleted_at is null ${lock ? 'for no key update' : ''}`,
      [id, repId],
    );
    return rows.map(customerRow)[0];
  }

  async list(manager: EntityManager, { repId, q, limit, order }: CustomerFilter): Promise<CustomerRow[]> {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const where = ['r.deleted_at is null'];
    if (repId !== undefined) where.push(`r.rep_id = ${bind(repId)}`);
    if (q !== undefined) {
      const begin = bind(q);
      where.push(`(starts_with(lower(r.name1), lower(${begin})) or starts_with(r.external_id, ${begin}))`);
    }
    if (order.by === 'change') where.push(`r.updated_at >= ${bind(order.since)}`);
    const key = order.by === 'change' ? 'r.updated_at, r.id' : 'r.rep_id, r.id';
    if (order.after) where.push(`(${key}) > (${bind(order.after[0])}, ${bind(order.after[1])})`);
    const rows = await manager.query<Flat[]>(
      `select ${READ} from customer r where ${where.join(' and ')} order by ${key} limit ${bind(limit)}`,
      values,
    );
    return rows.map(customerRow);
  }

  /** Puts a locked customer into the recycle bin. */
  async bin(manager: EntityManager, id: Id): Promise<void> {
    await manager.query(
      `update customer set deleted_at = clock_timestamp(), updated_at = clock_timestamp(), version = version + 1 where id = $1`,
      [id],
    );
  }
}

function customerRow(flat: Flat): CustomerRow {
  const { id, repId, version, customFields, createdAt, updatedAt, updatedAtExact } = flat;
  return { id, repId, version, customFields, createdAt, updatedAt, updatedAtExact, fields: flat };
}
