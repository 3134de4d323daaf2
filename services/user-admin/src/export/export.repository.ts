import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { columnConditions, Parameters, termConditions, type UserFilter } from '../users/list-conditions.js';

@Injectable()
export class UserExportRepository {
  /** Whether more than `limit` accounts match. */
  async exceeds(manager: EntityManager, companyId: Id, filter: UserFilter, limit: number): Promise<boolean> {
    const parameters = new Parameters();
    const where = [
      `u.company_id = ${parameters.add(companyId)}`,
      ...columnConditions(filter, 'u', parameters),
      ...termConditions(filter).map((term) => term.holds('u', parameters)),
    ];
    const [row] = await manager.query<{ many: boolean }[]>(
      `select exists (select 1 from user_account u where ${where.join(' and ')} offset ${limit}) as many`,
      parameters.values,
    );
    return row?.many === true;
  }
}
