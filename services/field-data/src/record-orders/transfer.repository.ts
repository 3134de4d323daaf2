import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { RecordTable } from '../records/record-table.js';
import { KeptRecord } from './record-order.entity.js';
import type { KeptCandidate, TransferCandidate } from './order-step.js';

/** Records that become another rep's, many with a statement each. */
@Injectable()
export class TransferRepository {
  /** The next records of a rep in the order of their ids, locked; those in the recycle bin among them. */
  next(
    manager: EntityManager,
    { table }: RecordTable,
    rep: { readonly companyId: Id; readonly repId: Id },
    after: Id | null,
    limit: number,
  ): Promise<TransferCandidate[]> {
    return manager.query<TransferCandidate[]>(
      `select id, external_id as "externalId", deleted_at is not null as binned from ${table}
        where company_id = $1 and rep_id = $2 and ($3::uuid is null or id > $3) order by id limit $4 for update`,
      [rep.companyId, rep.repId, after, limit],
    );
  }

  /** The records of a rep that have these external ids, those in the recycle bin left aside. */
  async holders(
    manager: EntityManager,
    { table }: RecordTable,
    rep: { readonly companyId: Id; readonly repId: Id },
    externalIds: readonly string[],
  ): Promise<Map<string, Id>> {
    const rows = await manager.query<{ id: Id; externalId: string }[]>(
      `select id, external_id as "externalId" from ${table}
        where company_id = $1 and rep_id = $2 and external_id = any($3::text[]) and deleted_at is null`,
      [rep.companyId, rep.repId, [...externalIds]],
    );
    return new Map(rows.map(({ id, externalId }) => [externalId, id]));
  }

  /** Gives locked records to another rep. */
  async move(manager: EntityManager, { table }: RecordTable, toRepId: Id, ids: readonly Id[]): Promise<void> {
    await manager.query(
      `update ${table} set rep_id = $1, version = version + 1, updated_at = clock_timestamp() where id = any($2::uuid[])`,
      [toRepId, [...ids]],
    );
  }

  async noteKept(
    manager: EntityManager,
    order: { readonly id: Id; readonly companyId: Id },
    entity: string,
    kept: readonly KeptCandidate[],
  ): Promise<void> {
    await manager.query(
      `insert into kept_record (order_id, company_id, entity, record_id, external_id, held_by)
       select $1, $2, $3, k.record_id, k.external_id, k.held_by
         from unnest($4::uuid[], $5::text[], $6::uuid[]) as k(record_id, external_id, held_by)`,
      [
        order.id,
        order.companyId,
        entity,
        kept.map(({ id }) => id),
        kept.map(({ externalId }) => externalId),
        kept.map(({ heldBy }) => heldBy),
      ],
    );
  }

  /** What an order left where it was, in the order of the records' ids. */
  listKept(manager: EntityManager, orderId: Id, after: Id | null, limit: number): Promise<KeptRecord[]> {
    const query = manager.createQueryBuilder(KeptRecord, 'k').where('k.orderId = :orderId', { orderId });
    if (after !== null) query.andWhere('k.recordId > :after', { after });
    return query.orderBy('k.recordId', 'ASC').limit(limit).getMany();
  }
}
