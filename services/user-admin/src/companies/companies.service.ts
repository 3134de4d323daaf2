import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId, Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { checkVersion, decodeCursor, Idempotency, toPage, type Caller } from '@muster/platform';
import { hashPassword } from '../sign-in/password-hash.js';
import { Accounts } from '../users/accounts.js';
import { violatedConstraint } from '../users/taken-value.js';
import { given } from '../validation/given.js';
import { CompaniesRepository } from './companies.repository.js';
import { companyIdFor } from './company-id.js';
import {
  companyDto,
  type ChangeCompanyBody,
  type CompanyDto,
  type CompanyPage,
  type CreateCompanyBody,
} from './company.dto.js';
import { Company } from './company.entity.js';

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
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * For operators: a company with its first administrator, or neither.
   * @throws Problem company_name_taken, licence_exceeded
   */
  async create(caller: Caller, body: CreateCompanyBody, key: string | undefined): Promise<CompanyDto> {
    const company = companyOf(companyIdFor(caller.actor, key), body);
    const passwordHash = await hashPassword(body.administrator.password);
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
  async describe(id: Id): Promise<CompanyDto> {
    const scope = { companyId: id, actor: 'system', cause: `request:${newId()}` };
    return (await this.get(scope, id)).body;
  }

  /** Changes the caller's company. @throws Problem version_conflict */
  change(caller: Caller, body: ChangeCompanyBody, expected: number | undefined): Promise<Versioned<CompanyDto>> {
    return this.uow.run(caller, async (manager) => {
      const company = await this.companies.findLocked(manager, caller.companyId);
      if (!company) throw new Problem('company_not_found');
      checkVersion(expected, company.version);
      const change = { ...given(body), version: company.version + 1 };
      await this.companies.change(manager, company.id, change);
      return versioned(Object.assign(company, change));
    });
  }
}

function versioned(company: Company): Versioned<CompanyDto> {
  return { version: company.version, body: companyDto(company) };
}

function companyOf(id: Id, body: CreateCompanyBody): Company {
  const { name, language, timeZone, country, licences, hostSystem = 'none' } = given(body);
  const { importRowLimit = 100_000, importByteLimit = 31_457_280 } = given(body);
  const createdAt = new Date();
  return Object.assign(new Company(), {
    id,
    name: name.trim(),
    language,
    timeZone,
    country,
    licences,
    hostSystem,
    importRowLimit,
    importByteLimit,
    version: 1,
    createdAt,
  });
}

/** The password is left out: a plain digest of it must not lie in the database. */
function fingerprintOf({ administrator, ...body }: CreateCompanyBody): string {
  const { password: _password, ...visible } = administrator;
  return createHash('sha256')
    .update(JSON.stringify([body, visible]))
    .digest('hex');
}

function notCreated(error: unknown, name: string): unknown {
  const constraint = violatedConstraint(error);
  if (constraint === 'UQ_company_name') return new Problem('company_name_taken', { params: { name }, cause: error });
  // The id follows from the key; its stored answer is gone after a day.
  return constraint === 'PK_company' ? new Problem('idempotency_key_reused', { cause: error }) : error;
}
