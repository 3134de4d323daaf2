import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AccountState } from './account-state.js';
import { UserAccount } from './user-account.entity.js';

@Injectable()
export class UsersRepository {
  /** One writer of accounts per company, until the unit of work ends: first statement of whatever changes accounts. */
  async lockAccounts(manager: EntityManager, companyId: Id): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`user-admin accounts ${companyId}`]);
  }

  async insert(manager: EntityManager, account: UserAccount): Promise<void> {
    await manager.insert(UserAccount, account);
  }

  /** Of values that stay as they are nothing is said. */
  async change(
    manager: EntityManager,
    id: Id,
    changes: Partial<AccountState> & Pick<UserAccount, 'version' | 'updatedAt'>,
  ): Promise<void> {
    await manager.update(UserAccount, { id }, changes);
  }

  find(manager: EntityManager, id: Id): Promise<UserAccount | null> {
    return manager.findOneBy(UserAccount, { id });
  }

  /** How many licences of the company are in use; deactivated holders count. */
  async licencesInUse(manager: EntityManager, companyId: Id): Promise<number> {
    const [use] = await manager.query<{ inUse: number }[]>(
      `select in_use as "inUse" from licence_use where company_id = $1`,
      [companyId],
    );
    return use?.inUse ?? 0;
  }

  /** Whether the company has an active administrator beside this account. */
  hasOtherAdministrator(manager: EntityManager, except: Id): Promise<boolean> {
    return manager.existsBy(UserAccount, { id: Not(except), kind: 'staff', authorizationLevel: 2, loginEnabled: true });
  }

  /** As what usernames are compared, letter case left aside, and whether an account of the company has them. */
  async usernameKeys(
    manager: EntityManager,
    companyId: Id,
    usernames: readonly string[],
  ): Promise<Map<string, { readonly key: string; readonly taken: boolean }>> {
    const rows = await manager.query<{ username: string; key: string; taken: boolean }[]>(
      // The keys are made first: beside a function row-level security keeps a condition from its index.
      `with a as materialized (select n.username, lower(n.username) as key from unnest($2::text[]) as n(username))
       select a.username, a.key, u.id is not null as taken
         from a left join lateral (
           select id from user_account where company_id = $1 and username_key = a.key offset 0) u on true`,
      [companyId, usernames],
    );
    return new Map(rows.map(({ username, key, taken }) => [username, { key, taken }]));
  }
}
