import { Injectable } from '@nestjs/common';
import { Problem, type AccountLedger, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { AccountLedgerRepository } from './account-ledger.repository.js';

/** What rules over a whole file begin with. */
@Injectable()
export class AccountLedgers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledgers: AccountLedgerRepository,
  ) {}

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
