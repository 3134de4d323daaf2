import { Injectable } from '@nestjs/common';
import { restorePointMarked, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { SET_MARK, UnitOfWork, type Scope } from '@muster/persistence';

@Injectable()
export class Marks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Keeps what has been committed of accounts until now; a repeat keeps the first mark and says so again. */
  set(scope: Scope, restorePointId: Id): Promise<void> {
    return this.uow.run(scope, async (manager) => {
      await manager.query(SET_MARK, [scope.companyId, restorePointId]);
      await this.outbox.publish(restorePointMarked, { restorePointId, owner: 'user-admin' });
    });
  }
}
