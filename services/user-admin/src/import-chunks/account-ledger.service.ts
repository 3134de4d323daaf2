import { Injectable } from '@nestjs/common';
import { Problem, type AccountLedger, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { AbsentAccountsRepository } from './absent-accounts.repository.js';
import { AccountLedgerRepository } from './account-ledger.repository.js';

/** What rules over a whole file begin with. */
@Injectable()
export class AccountLedgers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledgers: AccountLedgerRepository,
    private readonly absent: AbsentAccountsRepository,
  ) {}

  /** How many of these staff accounts can sign in. */
  async countActive(companyId: Id, userIds: readonly Id[]): Promise<{ active: number }> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` } as const;
    return { active: await this.uow.run(scope, (manager) => this.absent.countActive(manager, companyId, userIds)) };
  }

  /** @throws Problem company_not_found */
  of(companyId: Id): Promise<AccountLedger> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` } as const;
    return this.uow.run(scope, async (manager) => {
      const ledger = await this.ledgers.read(manager, companyId);
      if (!ledger) throw new Problem('company_not_found');
      return ledger;
    });
  }
}
