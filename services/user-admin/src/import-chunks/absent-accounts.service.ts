import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importAbsenteesAnswered, type DataOf, type importAbsenteesOrdered } from '@muster/contracts';
import { ChunkResultRepository } from '@muster/import-owner';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { AccountBatch } from '../users/account-batch.js';
import { UsersRepository } from '../users/users.repository.js';
import { AbsentAccountsRepository } from './absent-accounts.repository.js';

type Order = DataOf<typeof importAbsenteesOrdered>;
type Answer = Omit<DataOf<typeof importAbsenteesAnswered>, 'importId'>;

const NOBODY: Answer = { deactivated: 0, passedOver: [] };

/** Deactivates those who are absent from the file of a sync. */
@Injectable()
export class AbsentAccounts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly batch: AccountBatch,
    private readonly results: ChunkResultRepository,
    private readonly absent: AbsentAccountsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** In one unit of work with the answer. The last administrator stays; where there are more than planned, all stay. */
  deactivate({ companyId, actor }: Scope, order: Order): Promise<void> {
    const scope: Scope = { companyId, actor, cause: `import:${order.importId}` };
    return this.uow.run(scope, async (manager) => {
      await this.users.lockAccounts(manager, scope.companyId);
      const answer = await this.carryOut(manager, scope, order);
      await this.outbox.publish(importAbsenteesAnswered, { importId: order.importId, ...answer });
    });
  }

  private async carryOut(manager: EntityManager, { companyId }: Scope, order: Order): Promise<Answer> {
    const { importId, restorePointId, most } = order;
    if (!(await this.results.hasMark(manager, order))) return { ...NOBODY, withheld: 'restore_point_void' };
    const ids = await this.absent.find(manager, companyId, importId, restorePointId);
    if (ids.length > most) return { ...NOBODY, withheld: 'more_than_planned' };
    const items = ids.map((id) => ({ does: 'change', id, wishes: { loginEnabled: false } }) as const);
    const outcomes = await this.batch.apply(manager, companyId, items, { restorePointId });
    const passedOver = outcomes.flatMap((outcome, place) => {
      const [id] = ids.slice(place);
      if (outcome.outcome !== 'refused' || id === undefined) return [];
      return [{ recordId: id, code: outcome.problems[0]?.code ?? 'unexpected_error' }];
    });
    // Of a repeat too: by what the import has done, not by what is left to do.
    return {
      deactivated: await this.absent.countDeactivated(manager, companyId, importId, restorePointId),
      passedOver,
    };
  }
}
