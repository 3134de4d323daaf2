import { Injectable } from '@nestjs/common';
import { isStorable, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { NO_COMPANY } from '@muster/platform';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { isKeyValid } from '../api-keys/key-validity.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { roleOf } from '../users/role.js';
import { UsersRepository, type SignInAccount } from '../users/users.repository.js';
import type { TokenSubject } from './access-token.js';
import { passwordFits } from './password-hash.js';
import { secretFits } from './secret.js';

/** Whom credentials belong to. Whether nobody, or somebody who may not, is never told apart. */
@Injectable()
export class Credentials {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly users: UsersRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  /**
   * The person behind a name and password; takes as long for names that nobody has.
   * @param company name or id
   * @param username e-mail or username
   */
  async ofPerson(company: string, username: string, password: string): Promise<TokenSubject | undefined> {
    if (![company, username].every(isStorable)) return undefined;
    const companyId = await this.uow.runAsWorker((manager) => this.companies.idOf(manager, company));
    const account = await this.uow.run(signInScope(companyId ?? NO_COMPANY), (manager) =>
      this.users.findForSignIn(manager, username),
    );
    const fits = await passwordFits(password, account?.passwordHash ?? null);
    return fits && account?.loginEnabled ? subjectOf(account) : undefined;
  }

  /** The connector or operator behind a key. Notes that the key was used. */
  async ofKey(id: Id, secret: string): Promise<TokenSubject | undefined> {
    return this.uow.runAsWorker(async (manager) => {
      const key = await this.keys.credential(manager, id);
      if (!key || !secretFits(secret, key.secretHash) || !isKeyValid(key, new Date())) return undefined;
      await this.keys.touch(manager, id);
      if (key.companyId === null) return { typ: 'operator', id, company: NO_COMPANY, role: 'operator', scopes: [] };
      return { typ: 'key', id, company: key.companyId, role: 'key', scopes: key.scopes };
    });
  }
}

export function subjectOf({ id, companyId, authorizationLevel }: Omit<SignInAccount, 'passwordHash'>): TokenSubject {
  return { typ: 'user', id, company: companyId, role: roleOf(authorizationLevel), scopes: [] };
}

/** Nobody is signed in yet. */
export function signInScope(companyId: Id) {
  return { companyId, actor: 'system', cause: `request:${newId()}` };
}
