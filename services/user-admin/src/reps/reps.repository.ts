import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Id, RepAccount } from '@muster/contracts';
import { isOrSharesGroup, Parameters } from '../users/list-conditions.js';
import { UserAccount } from '../users/user-account.entity.js';

export type RepKey = 'email' | 'employeeNumber';

/** A staff account that a value names, exactly or but for its letter case; `value` null: no value names it. */
export interface RepHit extends RepAccount {
  readonly value: string | null;
  readonly exact: boolean;
}

const ACCOUNT = `u.id as "userId", u.display_name as "displayName", u.email, u.employee_number as "employeeNumber",
  u.has_own_schedule as "hasOwnSchedule", u.login_enabled as "loginEnabled"`;

/** What is compared by the index, and what then tells an exact hit. */
const MATCH: Record<RepKey, { match: string; exact: string }> = {
  email: { match: 'u.email_key = lower(a.value)', exact: 'u.email = a.value' },
  employeeNumber: { match: 'u.employee_number = a.value', exact: 'true' },
};

@Injectable()
export class RepsRepository {
  /**
   * One statement for any number of values: who is named, and which active reps nobody names.
   * @param values each once
   */
  resolve(manager: EntityManager, companyId: Id, by: RepKey, values: readonly string[]): Promise<RepHit[]> {
    const { match, exact } = MATCH[by];
    return manager.query<RepHit[]>(
      `with hit as materialized (
         select a.value, ${exact} as exact, ${ACCOUNT}
           from unnest($2::text[]) as a(value)
           join user_account u on u.company_id = $1 and u.kind = 'staff' and ${match})
       select * from hit
       union all
       select null, false, ${ACCOUNT} from user_account u
        where u.company_id = $1 and u.kind = 'staff' and u.login_enabled and u.has_own_schedule
          and u.id not in (select "userId" from hit where exact)`,
      [companyId, values],
    );
  }

  /** Staff with their own schedules who share a group with an account, or are it. */
  async inSight(manager: EntityManager, companyId: Id, userId: Id): Promise<Id[]> {
    const account = await manager.findOneBy(UserAccount, { id: userId });
    const parameters = new Parameters();
    const seen = isOrSharesGroup(userId, account?.groupIds ?? []).who(companyId, parameters);
    const rows = await manager.query<{ id: Id }[]>(
      `select id from user_account where kind = 'staff' and has_own_schedule and id in (${seen}) order by id`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }

  async find(manager: EntityManager, userIds: readonly Id[]): Promise<RepAccount[]> {
    const accounts = await manager.findBy(UserAccount, { id: In([...userIds]), kind: 'staff' });
    return accounts.map(({ id, displayName, email, employeeNumber, hasOwnSchedule, loginEnabled }) => ({
      userId: id,
      displayName,
      email,
      employeeNumber,
      hasOwnSchedule,
      loginEnabled,
    }));
  }
}
