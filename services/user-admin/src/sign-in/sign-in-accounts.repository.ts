import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { permissionsOf, presetList, type Permission } from '../code-lists/code-list.js';
import { codesOf } from '../code-lists/code-lists.repository.js';
import type { StoredCodeList } from '../code-lists/code-list.entity.js';
import type { AccountKind, AuthorizationLevel } from '../users/account-kinds.js';
import { isOfRole1 } from '../users/role.js';

/** What it takes to let a person in. */
export interface SignInAccount {
  readonly id: Id;
  readonly companyId: Id;
  readonly kind: AccountKind;
  readonly authorizationLevel: AuthorizationLevel;
  /** Of people of role 1: what their role options permit. */
  readonly permissions: readonly Permission[];
  readonly loginEnabled: boolean;
  /** `ver` of the access tokens that are given now. */
  readonly accessVersion: number;
  readonly email: string | null;
  readonly username: string;
  readonly passwordHash: string | null;
}

/** What a company's own issuer may name a person by. */
export const IDENTITY_CLAIMS = ['email', 'employeeNumber', 'username'] as const;
export type IdentityClaim = (typeof IDENTITY_CLAIMS)[number];

type Row = Omit<SignInAccount, 'permissions'> & {
  readonly roleOptions: readonly string[];
  /** null: the company has written none. */
  readonly optionList: Pick<StoredCodeList, 'codes' | 'sequence'> | null;
};

const SELECT = `select u.id, u.company_id as "companyId", u.kind, u.authorization_level as "authorizationLevel",
    u.login_enabled as "loginEnabled", u.password_hash as "passwordHash", u.email, u.username,
    coalesce((select a.version from user_access a where a.user_id = u.id), 0) as "accessVersion",
    u.role_options as "roleOptions", (
      select jsonb_build_object('codes', c.codes, 'sequence', c.sequence) from code_list c
       where u.kind = 'person' and c.company_id = u.company_id and c.list = 'role-options') as "optionList"
  from user_account u`;

const NAMED: Record<IdentityClaim, string> = {
  email: 'u.email_key = lower($1)',
  employeeNumber: 'u.employee_number = $1',
  username: 'u.username_key = lower($1)',
};

@Injectable()
export class SignInAccountsRepository {
  /** The account that a person of the company means who types its e-mail or username, in any letter case. */
  byName(manager: EntityManager, name: string): Promise<SignInAccount | undefined> {
    return first(
      manager,
      `${SELECT} where u.email_key = lower($1) or u.username_key = lower($1)
       -- A username may look like somebody else's e-mail.
       order by u.email_key = lower($1) desc nulls last limit 1`,
      name,
    );
  }

  /** Of staff: the issuer of a company knows its own people, and those only by what it says of them. */
  byClaim(manager: EntityManager, claim: IdentityClaim, value: string): Promise<SignInAccount | undefined> {
    return first(manager, `${SELECT} where u.kind = 'staff' and ${NAMED[claim]}`, value);
  }

  byId(manager: EntityManager, id: Id): Promise<SignInAccount | undefined> {
    return first(manager, `${SELECT} where u.id = $1`, id);
  }

  /** Waits for whoever changes the account. Nobody does so until the unit of work ends. */
  enabledLocked(manager: EntityManager, id: Id): Promise<SignInAccount | undefined> {
    return first(manager, `${SELECT} where u.id = $1 and u.login_enabled for share of u`, id);
  }

  /** @returns whether the account still had the hash `from` */
  async changePassword(manager: EntityManager, id: Id, from: string | null, to: string): Promise<boolean> {
    const changed = await manager.query<unknown[]>(
      `with changed as (
         update user_account set password_hash = $3 where id = $1 and password_hash is not distinct from $2 returning 1)
       select 1 from changed`,
      [id, from, to],
    );
    return changed.length === 1;
  }
}

async function first(manager: EntityManager, statement: string, parameter: string): Promise<SignInAccount | undefined> {
  const [row] = await manager.query<Row[]>(statement, [parameter]);
  return row && withPermissions(row);
}

function withPermissions({ roleOptions, optionList, ...account }: Row): SignInAccount {
  if (!isOfRole1(account.kind, account.authorizationLevel)) return { ...account, permissions: [] };
  const list = optionList ? codesOf(optionList) : presetList('role-options');
  return { ...account, permissions: [...permissionsOf(roleOptions, list)] };
}
