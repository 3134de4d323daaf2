import { Injectable } from '@nestjs/common';
import { isStorable, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { NO_COMPANY } from '@muster/platform';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { keyEnd } from '../api-keys/key-end.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { roleOf } from '../users/role.js';
import type { TokenSubject } from './access-token.js';
import { Attempts } from './attempts.js';
import { PasswordChecks } from './password-checks.js';
import { isOutdated } from './password-hash.js';
import { signInScope } from './sign-in-scope.js';
import { SignInNotes } from './sign-in-notes.js';
import { SignInAccountsRepository, type SignInAccount } from './sign-in-accounts.repository.js';

/** A name and password, as a person typed them. */
export interface PersonCredentials {
  /** Name or id. */
  readonly company: string;
  /** E-mail or username. */
  readonly username: string;
  readonly password: string;
  /** From where they came. */
  readonly address?: string | undefined;
}

/** Whom credentials belong to. Whether nobody, or somebody who may not, is never told apart. */
@Injectable()
export class Credentials {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly accounts: SignInAccountsRepository,
    private readonly keys: ApiKeysRepository,
    private readonly attempts: Attempts,
    private readonly passwords: PasswordChecks,
    private readonly notes: SignInNotes,
  ) {}

  /**
   * The person behind a name and password. The same is done for names that nobody has.
   * @throws Problem too_many_attempts
   */
  async ofPerson({ company, username, password, address }: PersonCredentials): Promise<TokenSubject | undefined> {
    if (![company, username].every(isStorable)) return undefined;
    const companyId = await this.uow.runAsWorker((manager) => this.companies.idOf(manager, company));
    const attempt = await this.attempts.begin(companyId ?? company, username, address);
    const account = await this.uow.run(signInScope(companyId ?? NO_COMPANY), (manager) =>
      this.accounts.byName(manager, username),
    );
    const fits = await this.passwords.fits(password, account?.passwordHash ?? null);
    if (!fits || !account?.loginEnabled) {
      await this.notes.failed(companyId ?? NO_COMPANY, account, { address, locked: attempt.isLast });
      return undefined;
    }
    await attempt.succeeded();
    await this.renewHash(account, password);
    return subjectOf(account);
  }

  /** The connector or operator behind a key. Notes that the key was used. */
  async ofKey(id: Id, secret: string): Promise<TokenSubject | undefined> {
    return this.uow.runAsWorker(async (manager) => {
      const key = await this.keys.credential(manager, id);
      const until = key ? keyEnd(secret, key, new Date()) : undefined;
      if (!key || until === undefined) return undefined;
      await this.keys.touch(manager, id);
      const { version, companyId, scopes } = key;
      const common = { id, version, until };
      if (companyId === null) return { ...common, typ: 'operator', company: NO_COMPANY, role: 'operator', scopes: [] };
      return { ...common, typ: 'key', company: companyId, role: 'key', scopes };
    });
  }

  /** Keeps up with what hashes cost. No key or name changes, so the lock of those who change accounts is not needed. */
  private async renewHash({ id, companyId, passwordHash }: SignInAccount, password: string): Promise<void> {
    if (passwordHash === null || !isOutdated(passwordHash)) return;
    const renewed = await this.passwords.hash(password);
    await this.uow.run(signInScope(companyId), (manager) =>
      this.accounts.changePassword(manager, id, passwordHash, renewed),
    );
  }
}

type Subject = Omit<SignInAccount, 'loginEnabled' | 'email' | 'username' | 'passwordHash'>;

export function subjectOf(account: Subject): TokenSubject {
  const { id, companyId: company, kind, authorizationLevel, permissions: scopes, accessVersion: version } = account;
  return { typ: 'user', id, company, role: roleOf(kind, authorizationLevel), scopes, version };
}
