import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { companyDeleted, isId, Problem, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId, type Scope, UnitOfWork, violatedConstraint } from '@muster/persistence';
import { checkVersion, decodeCursor, Idempotency, toPage, type Caller } from '@muster/platform';
import { PasswordsService } from '../passwords/passwords.service.js';
import { Accounts } from '../users/accounts.js';
import { requireFaultless } from '../users/plan-account.js';
import { UsersRepository } from '../users/users.repository.js';
import { given } from '../validation/given.js';
import { CompaniesRepository } from './companies.repository.js';
import { companyIdFor } from './company-id.js';
import { companyDto } from './company-answer.js';
import type {
  ChangeCompanyBody,
  CompanyDto,
  CompanyPage,
  CreateCompanyBody,
  OperatorChangeCompanyBody,
} from './company.dto.js';
import { Company } from './company.entity.js';
import { planSettings, SETTING_PRESETS } from './plan-settings.js';
import { noUserImport } from './user-import.js';

/** A resource with its version, for the entity tag. */
export interface Versioned<T> {
  readonly version: number;
  readonly body: T;
}

@Injectable()
export class CompaniesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly accounts: Accounts,
    private readonly users: UsersRepository,
    private readonly outbox: Outbox,
    private readonly idempotency: Idempotency,
    private readonly passwords: PasswordsService,
  ) {}

  /**
   * For operators: a company with its first administrator, or neither.
   * @throws Problem company_name_taken, licence_exceeded
   */
  async create(caller: Caller, body: CreateCompanyBody, key: string | undefined): Promise<CompanyDto> {
    const company = companyOf(companyIdFor(caller.actor, key), body);
    const passwordHash = await this.passwords.hashOf(
      body.administrator.password,
      { email: body.administrator.email, username: null, company: body.name },
      '/administrator/password',
    );
    // In the new company, as whose writing it is recorded.
    const scope = { ...caller, companyId: company.id };
    return this.idempotency.run(scope, key, fingerprintOf(body), () =>
      this.uow.run(scope, async (manager) => {
        await this.companies.insert(manager, company).catch((error: unknown) => {
          throw notCreated(error, company.name);
        });
        const { email, firstName, lastName, hasOwnSchedule = false } = given(body.administrator);
        const draft = {
          kind: 'staff',
          email,
          firstName,
          lastName,
          authorizationLevel: 2,
          hasOwnSchedule,
          passwordHash,
        } as const;
        await this.accounts.create(manager, company.id, draft, '/administrator');
        return companyDto(company);
      }),
    );
  }

  /** For operators, by name. */
  async list(query: { limit: number; cursor?: string }): Promise<CompanyPage> {
    const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, 1)[0]);
    const rows = await this.uow.runAsWorker((manager) => this.companies.list(manager, query.limit + 1, after));
    const { items, nextCursor } = toPage(rows, query.limit, ({ nameKey }) => [nameKey]);
    return { items: items.map(companyDto), nextCursor };
  }

  /** @throws Problem company_not_found */
  get(scope: Scope, id: Id): Promise<Versioned<CompanyDto>> {
    if (!isId(id)) throw new Problem('company_not_found');
    return this.uow.run({ ...scope, companyId: id }, async (manager) => {
      const company = await this.companies.find(manager, id);
      if (!company) throw new Problem('company_not_found');
      return versioned(company);
    });
  }

  /** What other services ask of a company. @throws Problem company_not_found */
  async describe(id: Id) {
    const scope = { companyId: id, actor: 'system', cause: `request:${newId()}` };
    const { body } = await this.get(scope, id);
    const obstacle = noUserImport(body);
    return { ...body, ...(obstacle && { noUserImport: obstacle }) };
  }

  /**
   * Changes the caller's company. When nothing changes, nothing is written.
   * @throws Problem version_conflict, validation_failed
   */
  change(caller: Caller, body: ChangeCompanyBody, expected: number | undefined): Promise<Versioned<CompanyDto>> {
    return this.uow.run(caller, (manager) => this.changeIn(manager, caller.companyId, body, expected));
  }

  /**
   * For operators: changes any company, its name and licences too.
   * @throws Problem company_not_found, company_name_taken, version_conflict, validation_failed
   */
  changeAny(
    caller: Caller,
    id: Id,
    body: OperatorChangeCompanyBody,
    expected: number | undefined,
  ): Promise<Versioned<CompanyDto>> {
    if (!isId(id)) throw new Problem('company_not_found');
    return this.uow.run({ ...caller, companyId: id }, (manager) => this.changeIn(manager, id, body, expected));
  }

  private async changeIn(
    manager: EntityManager,
    id: Id,
    body: OperatorChangeCompanyBody,
    expected: number | undefined,
  ): Promise<Versioned<CompanyDto>> {
    // Whoever creates an account must see the licences that there are in the end.
    if (body.licences !== undefined) await this.users.lockAccounts(manager, id);
    const company = await this.companies.findLocked(manager, id);
    if (!company) throw new Problem('company_not_found');
    checkVersion(expected, company.version);
    const { changes, faults } = planSettings(company, body);
    requireFaultless(faults);
    if (Object.keys(changes).length === 0) return versioned(company);
    const written = { ...changes, version: company.version + 1 };
    await this.companies.change(manager, id, written).catch((error: unknown) => {
      throw nameTaken(error, changes.name ?? company.name);
    });
    return versioned(Object.assign(company, written));
  }

  /**
   * For operators: a deleted company is no more to be found, nobody of it can sign in, and its name is free.
   * Publishes `company.deleted.v1`.
   * @param name of the company, as a confirmation
   * @throws Problem company_not_found, company_deletion_not_confirmed, version_conflict
   */
  async remove(caller: Caller, id: Id, name: string | undefined, expected: number | undefined): Promise<void> {
    if (!isId(id)) throw new Problem('company_not_found');
    await this.uow.run({ ...caller, companyId: id }, async (manager) => {
      const company = await this.companies.findLocked(manager, id);
      if (!company) throw new Problem('company_not_found');
      checkVersion(expected, company.version);
      if (name !== company.name) throw new Problem('company_deletion_not_confirmed');
      // Of the company nothing stays but its id.
      const deleted = { deletedAt: new Date(), version: company.version + 1, name: id };
      await this.companies.change(manager, id, deleted);
      await this.companies.endAccess(manager, id);
      await this.outbox.publish(companyDeleted, { companyId: id });
    });
  }
}

function versioned(company: Company): Versioned<CompanyDto> {
  return { version: company.version, body: companyDto(company) };
}

/** @throws Problem validation_failed */
function companyOf(id: Id, body: CreateCompanyBody): Company {
  const { administrator: _administrator, name, language, timeZone, country, licences, ...settings } = body;
  const basis = { ...SETTING_PRESETS, name: name.trim(), language, timeZone, country, licences };
  const { changes, faults } = planSettings(basis, settings);
  requireFaultless(faults);
  const given = { id, version: 1, createdAt: new Date(), deletedAt: null };
  return Object.assign(new Company(), basis, changes, given);
}

/** The password is left out: a plain digest of it must not lie in the database. */
function fingerprintOf({ administrator, ...body }: CreateCompanyBody): string {
  const { password: _password, ...visible } = administrator;
  return createHash('sha256')
    .update(JSON.stringify([body, visible]))
    .digest('hex');
}

function notCreated(error: unknown, name: string): unknown {
  // The id follows from the key; its stored answer is gone after a day.
  if (violatedConstraint(error) === 'PK_company') return new Problem('idempotency_key_reused', { cause: error });
  return nameTaken(error, name);
}

function nameTaken(error: unknown, name: string): unknown {
  if (violatedConstraint(error) !== 'UQ_company_name') return error;
  return new Problem('company_name_taken', { params: { name }, cause: error });
}
