import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { clientAddress, NO_COMPANY } from '@muster/platform';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import type { Client } from '../sessions/client.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { Attempts } from '../sign-in/attempts.js';
import { subjectOf } from '../sign-in/credentials.js';
import { signInScope } from '../sign-in/sign-in-scope.js';
import { RefreshTokens, type SignedIn } from '../sign-in/refresh-tokens.js';
import { hashSecret, secretFits } from '../sign-in/secret.js';
import { SignInAccountsRepository, type SignInAccount } from '../sign-in/sign-in-accounts.repository.js';
import { SignInService } from '../sign-in/sign-in.service.js';
import type { TokenDto } from '../sign-in/token.dto.js';
import { UsersRepository } from '../users/users.repository.js';
import type { AccessLink } from './access-link.entity.js';
import type { AccessLinkDto } from './access-link.dto.js';
import { AccessLinksRepository } from './access-links.repository.js';
import { linkRefusal } from './link-state.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A link that lets its person in, with what is known of the person. */
interface OpenLink {
  readonly link: AccessLink;
  readonly account: SignInAccount;
  readonly companyName: string;
}

/** What people do with the links that they were sent. */
@Injectable()
export class AccessLinksService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly links: AccessLinksRepository,
    private readonly companies: CompaniesRepository,
    private readonly users: UsersRepository,
    private readonly accounts: SignInAccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordsService,
    private readonly attempts: Attempts,
    private readonly refreshTokens: RefreshTokens,
    private readonly signIn: SignInService,
  ) {}

  /** Changes nothing: programs that scan mail open links too. @throws Problem as {@link linkRefusal}, too_many_attempts */
  async describe(token: string, now: Date): Promise<AccessLinkDto> {
    const companyId = await this.companyOf(token);
    return this.uow.run(signInScope(companyId), async (manager) => {
      const { link, account, companyName } = await this.open(manager, token, now);
      const person = await this.users.find(manager, account.id);
      if (!person || !link.expiresAt) throw new Problem('access_link_not_found');
      const { displayName, language } = person;
      return { companyName, displayName, language, state: link.state, expiresAt: link.expiresAt };
    });
  }

  /**
   * Sets the password and begins a session; all others of the account end. Of many who try at once one succeeds.
   * @throws Problem as {@link describe}, validation_failed when the password may not be set
   */
  async accept(token: string, password: string, client: Client, now: Date): Promise<TokenDto> {
    const companyId = await this.companyOf(token);
    const scope = signInScope(companyId);
    const { account, companyName } = await this.uow.run(scope, (manager) => this.open(manager, token, now));
    const { id, email, username } = account;
    const hash = await this.passwords.hashOf(password, { email, username, company: companyName }, '/password');
    const signedIn = await this.uow.run({ ...scope, actor: `user:${id}` }, async (manager) => {
      await this.users.lockAccounts(manager, companyId);
      const open = await this.open(manager, token, now);
      return this.letIn(manager, open, hash, client, now);
    });
    return this.signIn.tokenOfPerson(signedIn);
  }

  private async letIn(
    manager: EntityManager,
    { link, account: { id, passwordHash } }: OpenLink,
    newHash: string,
    client: Client,
    now: Date,
  ): Promise<SignedIn> {
    if (!(await this.links.use(manager, link.id, link.tokenHash ?? '', now))) throw new Problem('access_link_used');
    await this.replacePassword(manager, id, passwordHash, newHash);
    await this.sessions.endAll(manager, id, now);
    await this.sessions.renewAccess(manager, id);
    const account = await this.accounts.byId(manager, id);
    if (!account) throw new Problem('access_link_not_found');
    return this.refreshTokens.begin(subjectOf(account), 'accessLink', client);
  }

  private async replacePassword(manager: EntityManager, id: Id, from: string | null, to: string): Promise<void> {
    if (await this.accounts.changePassword(manager, id, from, to)) return;
    // A sign-in in between has renewed the hash, which needs no lock.
    const account = await this.accounts.byId(manager, id);
    if (!account) throw new Problem('access_link_not_found');
    return this.replacePassword(manager, id, account.passwordHash, to);
  }

  /**
   * The company of a token; for tokens that nobody has as much is looked up. Only those are counted: nobody can guess one,
   * but whoever tries shall not keep the database busy.
   * @throws Problem access_link_not_found, too_many_attempts
   */
  private async companyOf(token: string): Promise<Id> {
    const found = await this.uow.runAsWorker((manager) => this.links.companyOf(manager, hashSecret(token)));
    if (found !== undefined && TOKEN.test(token)) return found;
    await this.uow.run(signInScope(NO_COMPANY), (manager) => this.links.findByHash(manager, hashSecret(token)));
    await this.attempts.begin('access links', hashSecret(token), clientAddress());
    throw new Problem('access_link_not_found');
  }

  private async open(manager: EntityManager, token: string, now: Date): Promise<OpenLink> {
    const link = await this.links.findByHash(manager, hashSecret(token));
    const account = link && (await this.accounts.byId(manager, link.userId));
    const company = link && (await this.companies.find(manager, link.companyId));
    if (!account || !company || !secretFits(token, link.tokenHash ?? '')) throw new Problem('access_link_not_found');
    const refusal = linkRefusal(link, account, now);
    if (refusal) throw new Problem(refusal);
    return { link, account, companyName: company.name };
  }
}
