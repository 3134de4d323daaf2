import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AccountKind } from './account-kinds.js';
import { UserAccount } from './user-account.entity.js';

export interface UserFilter {
  readonly q?: string;
  readonly kind?: AccountKind;
  readonly authorizationLevel?: number;
  readonly hasOwnSchedule?: boolean;
  readonly loginEnabled?: boolean;
  readonly withoutEmployeeNumber?: boolean;
  readonly holdsLicence?: boolean;
}

/** What it takes to let a person in. */
export type SignInAccount = Pick<
  UserAccount,
  'id' | 'companyId' | 'authorizationLevel' | 'loginEnabled' | 'passwordHash'
>;

@Injectable()
export class UsersRepository {
  /** One writer of accounts per company, until the unit of work ends: first statement of whatever changes accounts. */
  async lockAccounts(manager: EntityManager, companyId: Id): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`user-admin accounts ${companyId}`]);
  }

  async insert(manager: EntityManager, account: UserAccount): Promise<void> {
    await manager.insert(UserAccount, account);
  }

  find(manager: EntityManager, id: Id): Promise<UserAccount | null> {
    return manager.findOneBy(UserAccount, { id });
  }

  /** The account that a person of the company means who types its e-mail or username, in any letter case. */
  async findForSignIn(manager: EntityManager, name: string): Promise<SignInAccount | undefined> {
    const [account] = await manager.query<SignInAccount[]>(
      `select id, company_id as "companyId", authorization_level as "authorizationLevel",
              login_enabled as "loginEnabled", password_hash as "passwordHash"
         from user_account
        where kind = 'staff' and (email_key = lower($1) or username_key = lower($1))
        -- A username may look like somebody else's e-mail.
        order by email_key = lower($1) desc nulls last limit 1`,
      [name],
    );
    return account;
  }

  /** In the order in which they were created, after `afterId`. */
  list(manager: EntityManager, filter: UserFilter, limit: number, afterId?: Id): Promise<UserAccount[]> {
    const query = manager.createQueryBuilder(UserAccount, 'u').orderBy('u.id', 'ASC').limit(limit);
    if (afterId !== undefined) query.andWhere('u.id > :afterId', { afterId });
    for (const name of ['kind', 'authorizationLevel', 'hasOwnSchedule', 'loginEnabled'] as const) {
      if (filter[name] !== undefined) query.andWhere(`u.${name} = :${name}`, { [name]: filter[name] });
    }
    if (filter.withoutEmployeeNumber !== undefined) {
      query.andWhere(`u.employeeNumber is ${filter.withoutEmployeeNumber ? '' : 'not '}null`);
    }
    if (filter.holdsLicence !== undefined) {
      query.andWhere(`(u.kind = 'staff' and u.hasOwnSchedule) = :holds`, { holds: filter.holdsLicence });
    }
    if (filter.q !== undefined) {
      // Any part of any name, so no index; the accounts of one company are few.
      query.andWhere(
        `strpos(lower(concat_ws(' ', u.displayName, u.email, u.username, u.employeeNumber)), lower(:q)) > 0`,
        { q: filter.q },
      );
    }
    return query.getMany();
  }

  /** How many licences of the company are in use; deactivated holders count. */
  async licencesInUse(manager: EntityManager, companyId: Id): Promise<number> {
    return manager.countBy(UserAccount, { companyId, kind: 'staff', hasOwnSchedule: true });
  }

  /** Those of `usernames` that an account of the company has, in any letter case; as they were asked. */
  async takenUsernames(manager: EntityManager, companyId: Id, usernames: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ username: string }[]>(
      `select a.username from unnest($2::text[]) as a(username)
        where exists (select 1 from user_account u where u.company_id = $1 and u.username_key = lower(a.username))`,
      [companyId, usernames],
    );
    return new Set(rows.map(({ username }) => username));
  }
}
