import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AbsenteesOrder, AbsenteeWork, Removal } from '@muster/import-owner';
import type { Scope } from '@muster/persistence';
import { AccountBatch } from '../users/account-batch.js';
import type { BatchOutcome } from '../users/batch/batch-item.js';
import { UsersRepository } from '../users/users.repository.js';

/** Deactivates staff accounts that are absent from the file of a sync. The last administrator stays. */
@Injectable()
export class AbsentAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly batch: AccountBatch,
  ) {}

  begin({ companyId }: Scope, { restorePointId }: Pick<AbsenteesOrder, 'restorePointId'>): AbsenteeWork {
    return {
      table: 'user_account',
      there: `t.kind = 'staff' and t.login_enabled`,
      wasThere: `(old ->> 'login_enabled')::boolean`,
      begin: async (manager) => {
        await this.users.lockAccounts(manager, companyId);
        return null;
      },
      remove: (manager, ids) => this.deactivate(manager, companyId, restorePointId, ids),
    };
  }

  /** Those that somebody has deactivated or deleted meanwhile stay as they are. */
  private async deactivate(
    manager: EntityManager,
    companyId: Id,
    restorePointId: Id | null,
    ids: readonly Id[],
  ): Promise<Removal> {
    const items = ids.map((id) => ({ does: 'change', id, wishes: { loginEnabled: false } }) as const);
    const point = restorePointId === null ? {} : { restorePointId };
    const outcomes = await this.batch.apply(manager, companyId, items, point);
    return {
      removed: outcomes.flatMap((one) => (one.outcome === 'changed' ? one.account.id : [])),
      passedOver: outcomes.flatMap(passedOver),
    };
  }
}

function passedOver(outcome: BatchOutcome): Removal['passedOver'][number][] {
  if (outcome.outcome !== 'refused' || !outcome.account) return [];
  return [{ recordId: outcome.account.id, code: outcome.problems[0]?.code ?? 'unexpected_error' }];
}
