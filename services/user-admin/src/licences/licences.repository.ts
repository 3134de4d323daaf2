import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { UserAccount } from '../users/user-account.entity.js';

const DEACTIVATED_HOLDER = { kind: 'staff', hasOwnSchedule: true, loginEnabled: false } as const;

@Injectable()
export class LicencesRepository {
  countDeactivatedHolders(manager: EntityManager, companyId: Id): Promise<number> {
    return manager.countBy(UserAccount, { companyId, ...DEACTIVATED_HOLDER });
  }

  /** In the order in which they were created. */
  deactivatedHolders(manager: EntityManager, companyId: Id, limit: number, afterId?: Id): Promise<UserAccount[]> {
    const where = { companyId, ...DEACTIVATED_HOLDER, ...(afterId !== undefined && { id: MoreThan(afterId) }) };
    return manager.find(UserAccount, { where, order: { id: 'ASC' }, take: limit });
  }
}
