import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountLedger, Id } from '@muster/contracts';

@Injectable()
export class AccountLedgerRepository {
  /** undefined: there is no such company. */
  async read(manager: EntityManager, companyId: Id): Promise<AccountLedger | undefined> {
    const [found] = await manager.query<(Omit<AccountLedger, 'guard'> & { percent: number; count: number })[]>(
      `select c.licences, c.guard_percent as percent, c.guard_count as count,
              coalesce((select in_use from licence_use l where l.company_id = c.id), 0) as "inUse", a.active, a.administrators
         from company c, lateral (
           select count(*) filter (where login_enabled)::integer as active,
                  count(*) filter (where login_enabled and authorization_level = 2)::integer as administrators
             from user_account u where u.company_id = c.id and u.kind = 'staff') a
        where c.id = $1`,
      [companyId],
    );
    if (!found) return undefined;
    const { percent, count, ...ledger } = found;
    return { ...ledger, guard: { percent, count } };
  }
}
