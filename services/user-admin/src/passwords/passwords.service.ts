import { Injectable } from '@nestjs/common';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { clientAddress, type Caller } from '@muster/platform';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { Attempts } from '../sign-in/attempts.js';
import { PasswordChecks } from '../sign-in/password-checks.js';
import { SignInAccountsRepository } from '../sign-in/sign-in-accounts.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { passwordFaults, type KnownOfPerson } from './password-faults.js';
import type { ChangePasswordBody } from './password.dto.js';

@Injectable()
export class PasswordsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly users: UsersRepository,
    private readonly accounts: SignInAccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly attempts: Attempts,
    private readonly checks: PasswordChecks,
  ) {}

  /**
   * The hash of a new password. To be called outside of a unit of work: it takes its time.
   * @param pointer where the password stands in the request body
   * @throws Problem validation_failed when the password may not be set
   */
  async hashOf(password: string, known: KnownOfPerson, pointer: string): Promise<string> {
    const errors = passwordFaults(password, known, pointer);
    if (errors.length > 0) throw new Problem('validation_failed', { params: { count: errors.length }, errors });
    return this.checks.hash(password);
  }

  /**
   * Sets the caller's password and ends all other sessions. Whoever has got hold of a session alone cannot do so.
   * @throws Problem password_not_right, too_many_attempts, validation_failed
   */
  async change(caller: Caller, { currentPassword, newPassword }: ChangePasswordBody): Promise<void> {
    const { userId } = caller;
    const { account, company } = await this.uow.run(caller, async (manager) => ({
      account: userId === null ? undefined : await this.accounts.byId(manager, userId),
      company: await this.companies.find(manager, caller.companyId),
    }));
    if (!account || !company) throw new Problem('unauthenticated');
    const attempt = await this.attempts.begin(company.id, account.username, clientAddress());
    if (!(await this.checks.fits(currentPassword, account.passwordHash))) throw new Problem('password_not_right');
    await attempt.succeeded();
    const known = { email: account.email, username: account.username, company: company.name };
    const hash = await this.hashOf(newPassword, known, '/newPassword');
    await this.replace(caller, account.id, account.passwordHash, hash);
  }

  private replace(caller: Caller, id: Id, from: string | null, to: string): Promise<void> {
    return this.uow.run(caller, async (manager) => {
      await this.users.lockAccounts(manager, caller.companyId);
      // Of two changes at once the second had another password in mind.
      if (!(await this.accounts.changePassword(manager, id, from, to))) throw new Problem('password_not_right');
      await this.sessions.endAll(manager, id, new Date(), caller.sessionId);
      await this.sessions.renewAccess(manager, id, caller.sessionId);
    });
  }
}
