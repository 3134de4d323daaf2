import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataOf, Id, userTransferOrdered } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { Marks } from '../marks/marks.service.js';
import type { OrderKind } from './record-order.entity.js';
import { RecordOrderWorker } from './record-order-worker.js';
import { RecordOrdersRepository } from './record-orders.repository.js';

/** What is to be done with all records of a rep. */
export interface OrderWish {
  readonly id: Id;
  readonly kind: OrderKind;
  readonly repId: Id;
  readonly toRepId?: Id | undefined;
  /** null and left out: of all kinds. */
  readonly entities?: string[] | null;
  readonly restorePointId?: Id | undefined;
}

/** Takes orders; see {@link RecordOrderWorker} for how they are carried out. */
@Injectable()
export class RecordOrders {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: RecordOrdersRepository,
    private readonly marks: Marks,
    private readonly worker: RecordOrderWorker,
  ) {}

  /** Records are to become another rep's. A repeat changes nothing. */
  async transfer(scope: Scope, ordered: DataOf<typeof userTransferOrdered>): Promise<void> {
    const { transferId: id, userId: repId, toUserId: toRepId, entities, restorePointId } = ordered;
    await this.uow.run(scope, async (manager) => {
      await this.marks.ensure(manager, scope.companyId, restorePointId);
      await this.add(manager, scope, { id, kind: 'transfer', repId, toRepId, entities, restorePointId });
    });
  }

  /** Adds an order to the open unit of work; it is begun when that has committed. */
  async add(manager: EntityManager, scope: Scope, wish: OrderWish): Promise<void> {
    const { companyId, actor, cause } = scope;
    const { id, kind, repId, toRepId = null, entities = null, restorePointId = null } = wish;
    await this.orders.insert(manager, { id, companyId, kind, repId, toRepId, entities, restorePointId, actor, cause });
    this.uow.afterCommit(() => this.worker.wake());
  }
}
