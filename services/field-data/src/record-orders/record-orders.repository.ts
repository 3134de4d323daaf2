import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Scope } from '@muster/persistence';
import type { Progress } from './order-step.js';
import { RecordOrder } from './record-order.entity.js';

/** An order whose turn it is. */
export interface DueOrder extends Scope {
  readonly orderId: Id;
}

export type NewOrder = Pick<
  RecordOrder,
  'id' | 'companyId' | 'kind' | 'repId' | 'toRepId' | 'entities' | 'restorePointId' | 'actor' | 'cause'
>;

@Injectable()
export class RecordOrdersRepository {
  /** Adds an order, unless there is one of this id. */
  async insert(manager: EntityManager, order: NewOrder): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(RecordOrder)
      .values(order)
      .orIgnore()
      .updateEntity(false)
      .execute();
  }

  /**
   * For a unit of work of the worker: of each company the first order under way that need not wait, neither for its time nor
   * for an earlier one about a rep of its.
   */
  due(manager: EntityManager, limit: number): Promise<DueOrder[]> {
    return manager.query<DueOrder[]>(
      `select id as "orderId", company_id as "companyId", actor, cause
         from (select distinct on (company_id) id, seq, company_id, actor, cause from record_order o
                where state = 'running' and next_at <= clock_timestamp()
                  and not exists (
                    select 1 from record_order e
                     where e.state = 'running' and e.company_id = o.company_id and e.seq < o.seq
                       and (e.rep_id in (o.rep_id, o.to_rep_id) or e.to_rep_id in (o.rep_id, o.to_rep_id)))
                order by company_id, seq) first
        order by seq limit $1`,
      [limit],
    );
  }

  /** The order, unless it has come to its end; nobody else takes a step of it meanwhile. */
  lockRunning(manager: EntityManager, id: Id): Promise<RecordOrder | null> {
    return manager.findOne(RecordOrder, { where: { id, state: 'running' }, lock: { mode: 'pessimistic_write' } });
  }

  async change(manager: EntityManager, id: Id, progress: Progress): Promise<void> {
    await manager.update(RecordOrder, { id }, progress);
  }
}
