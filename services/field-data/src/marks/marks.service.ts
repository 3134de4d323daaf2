import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { restorePointMarked, type DataOf, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { SET_MARK, UnitOfWork, type Scope } from '@muster/persistence';

@Injectable()
export class Marks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Accounts are marked first; then field-data sets its own mark. A repeat keeps the first mark and answers again. */
  async follow(scope: Scope, { restorePointId, owner }: DataOf<typeof restorePointMarked>): Promise<void> {
    if (owner !== 'user-admin') return;
    await this.uow.run(scope, async (manager) => {
      await this.ensure(manager, scope.companyId, restorePointId);
      await this.outbox.publish(restorePointMarked, { restorePointId, owner: 'field-data' });
    });
  }

  /**
   * For an order that carries its restore point and may come before the event that the point is to be marked: what the open
   * unit of work changes comes after the point. A mark that is there stays.
   */
  async ensure(manager: EntityManager, companyId: Id, restorePointId: Id): Promise<void> {
    await manager.query(SET_MARK, [companyId, restorePointId]);
  }
}
