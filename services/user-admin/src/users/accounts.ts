import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id, type ProblemDetail } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { checkVersion } from '@muster/platform';
import { AccountReferences } from '../code-lists/account-references.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { Company } from '../companies/company.entity.js';
import { OwnRestorePoints } from '../restore-points/own-restore-points.js';
import { AccountEvents } from './account-events.js';
import type { AccountKind } from './account-kinds.js';
import { consequencesOf } from './account-rules.js';
import type { AccountWishes } from './account-state.js';
import { isBeyondLicences, usesLicence } from './licence-rule.js';
import { planChange, planContext, planCreation, requireFaultless } from './plan-account.js';
import { takenValue } from './taken-value.js';
import { UserAccount } from './user-account.entity.js';
import { Usernames } from './usernames.js';
import { UsersRepository } from './users.repository.js';

/** An account as it is wished for; what is left out is made. */
export interface AccountDraft extends AccountWishes {
  readonly kind: AccountKind;
  readonly passwordHash?: string;
}

export interface ChangeOptions {
  /** The version that the client has read. */
  readonly expected?: number | undefined;
  readonly confirmScheduleRemoval?: boolean | undefined;
}

/** An account after a write, with what is worth a look. */
export interface WrittenAccount {
  readonly account: UserAccount;
  readonly company: Company;
  readonly warnings: readonly ProblemDetail[];
}

/** The one place where accounts come into being and are changed. */
@Injectable()
export class Accounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly references: AccountReferences,
    private readonly usernames: Usernames,
    private readonly events: AccountEvents,
    private readonly ownPoints: OwnRestorePoints,
  ) {}

  /**
   * Creates an account in the open unit of work, which is to call this before it reads any account.
   * Publishes `user.created.v1`; it is released when the unit of work commits.
   * @param at JSON pointer to the account in the request body
   * @throws Problem validation_failed, value_taken, licence_exceeded
   */
  async create(manager: EntityManager, companyId: Id, draft: AccountDraft, at?: string): Promise<WrittenAccount> {
    const company = await this.lockedCompany(manager, companyId);
    const { kind, passwordHash = null, ...wishes } = draft;
    const { after, faults, warnings } = planCreation(kind, wishes, planContext(company, new Date()));
    requireFaultless([...faults, ...(await this.references.faults(manager, companyId, undefined, after))], at);
    if (usesLicence(after)) await this.checkLicences(manager, company);
    const [made = ''] = after.username
      ? [after.username]
      : await this.usernames.free(manager, companyId, [after.email ?? '']);
    const now = new Date();
    const given = { id: newId(), companyId, passwordHash, version: 1, createdAt: now, updatedAt: now };
    const account = Object.assign(new UserAccount(), after, given, { username: made });
    await this.users.insert(manager, account).catch((error: unknown) => {
      throw takenValue(error, at);
    });
    await this.events.createdAll([account]);
    return { account, company, warnings };
  }

  /**
   * Changes an account in the open unit of work, which is to call this before it reads any account. When nothing
   * changes, nothing is written and nobody told. Publishes what has become of it; see {@link AccountEvents}.
   * @throws Problem user_not_found, version_conflict, validation_failed, value_taken, licence_exceeded,
   *   last_administrator, schedule_removal_not_confirmed
   */
  async change(
    manager: EntityManager,
    companyId: Id,
    id: Id,
    wishes: AccountWishes,
    { expected, confirmScheduleRemoval = false }: ChangeOptions = {},
  ): Promise<WrittenAccount> {
    const company = await this.lockedCompany(manager, companyId);
    const before = await this.users.find(manager, id);
    if (!before) throw new Problem('user_not_found');
    checkVersion(expected, before.version);
    const { after, changes, faults, warnings } = planChange(before, wishes, planContext(company, new Date()));
    requireFaultless([...faults, ...(await this.references.faults(manager, companyId, before, after))]);
    if (Object.keys(changes).length === 0) return { account: before, company, warnings };
    const consequences = consequencesOf(before, after);
    if (consequences.losesSchedule && !confirmScheduleRemoval)
      throw new Problem('schedule_removal_not_confirmed', { params: { count: 0 } });
    if (consequences.losesAdministrator) await this.checkLastAdministrator(manager, id);
    if (consequences.takesLicence) await this.checkLicences(manager, company);
    const written = { ...changes, version: before.version + 1, updatedAt: new Date() };
    await this.users.change(manager, id, written).catch((error: unknown) => {
      throw takenValue(error);
    });
    const account = Object.assign(new UserAccount(), before, written);
    const point = consequences.losesSchedule ? await this.takePoint(manager, account) : undefined;
    await this.events.changed({ account, properties: Object.keys(changes), consequences }, point);
    return { account, company, warnings };
  }

  private takePoint(manager: EntityManager, { id: userId, companyId, displayName }: UserAccount): Promise<Id> {
    return this.ownPoints.take(manager, { companyId }, { occasion: 'schedule-removal', name: displayName, userId });
  }

  /** The company of whatever changes accounts; nobody else changes accounts of it until the unit of work ends. */
  private async lockedCompany(manager: EntityManager, companyId: Id): Promise<Company> {
    await this.users.lockAccounts(manager, companyId);
    const company = await this.companies.find(manager, companyId);
    if (!company) throw new Problem('company_not_found');
    return company;
  }

  private async checkLicences(manager: EntityManager, { id, licences }: Company): Promise<void> {
    const inUse = await this.users.licencesInUse(manager, id);
    if (isBeyondLicences({ licences, inUse })) throw new Problem('licence_exceeded', { params: { licences } });
  }

  private async checkLastAdministrator(manager: EntityManager, except: Id): Promise<void> {
    if (!(await this.users.hasOtherAdministrator(manager, except))) throw new Problem('last_administrator');
  }
}
