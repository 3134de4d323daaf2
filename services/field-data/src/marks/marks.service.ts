import { Injectable } from '@nestjs/common';
import { restorePointMarked, type DataOf } from '@muster/contracts';
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
      await manager.query(SET_MARK, [scope.companyId, restorePointId]);
      await this.outbox.publish(restorePointMarked, { restorePointId, owner: 'field-data' });
    });
  }
}
