import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, userCreated, type Id, type Language } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId } from '@muster/persistence';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { Company } from '../companies/company.entity.js';
import { completeNames, type Names } from './display-name.js';
import { isBeyondLicences, usesLicence } from './licence-rule.js';
import { takenValue } from './taken-value.js';
import type { AccountKind, AuthorizationLevel } from './account-kinds.js';
import { UserAccount } from './user-account.entity.js';
import { usernameCandidates } from './username.js';
import { UsersRepository } from './users.repository.js';

const TRIED_AT_ONCE = 50;

/** An account as it is wished for; what is left out is made. */
export interface AccountDraft extends Partial<Names> {
  readonly kind: AccountKind;
  readonly email: string;
  readonly employeeNumber?: string;
  readonly username?: string;
  readonly authorizationLevel: AuthorizationLevel;
  readonly hasOwnSchedule: boolean;
  /** Preset: that of the company. */
  readonly language?: Language;
  readonly passwordHash?: string;
}

/** The one place where accounts come into being. */
@Injectable()
export class Accounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Creates an account in the open unit of work, which is to call this before it reads any account.
   * Publishes `user.created.v1`; it is released when the unit of work commits.
   * @param at JSON pointer to the account in the request body
   * @throws Problem value_taken, licence_exceeded
   */
  async create(manager: EntityManager, companyId: Id, draft: AccountDraft, at?: string): Promise<UserAccount> {
    await this.users.lockAccounts(manager, companyId);
    const company = await this.companies.find(manager, companyId);
    if (!company) throw new Problem('company_not_found');
    if (usesLicence(draft)) await this.checkLicences(manager, company);
    const account = await this.accountOf(manager, company, draft);
    await this.users.insert(manager, account).catch((error: unknown) => {
      throw takenValue(error, at);
    });
    const { id: userId, version, kind, hasOwnSchedule, employeeNumber } = account;
    await this.outbox.publish(userCreated, { userId, version, kind, hasOwnSchedule, employeeNumber });
    return account;
  }

  private async checkLicences(manager: EntityManager, { id, licences }: Company): Promise<void> {
    const inUse = await this.users.licencesInUse(manager, id);
    if (isBeyondLicences({ licences, inUse })) throw new Problem('licence_exceeded', { params: { licences } });
  }

  private async accountOf(manager: EntityManager, company: Company, draft: AccountDraft): Promise<UserAccount> {
    const now = new Date();
    const given: Omit<UserAccount, 'emailKey' | 'usernameKey'> = {
      id: newId(),
      companyId: company.id,
      kind: draft.kind,
      employeeNumber: draft.employeeNumber ?? null,
      email: draft.email,
      username: draft.username ?? (await this.freeUsername(manager, company.id, draft.email)),
      ...completeNames(draft),
      authorizationLevel: draft.authorizationLevel,
      hasOwnSchedule: draft.hasOwnSchedule,
      loginEnabled: true,
      language: draft.language ?? company.language,
      passwordHash: draft.passwordHash ?? null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return Object.assign(new UserAccount(), given);
  }

  private async freeUsername(manager: EntityManager, companyId: Id, email: string): Promise<string> {
    for (let from = 1; ; from += TRIED_AT_ONCE) {
      const candidates = usernameCandidates(email, from, TRIED_AT_ONCE);
      const taken = await this.users.takenUsernames(manager, companyId, candidates);
      const free = candidates.find((candidate) => !taken.has(candidate));
      if (free !== undefined) return free;
    }
  }
}
