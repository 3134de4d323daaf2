import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller, type PageQuery } from '@muster/platform';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { licenceFigures } from './licence-figures.js';
import type { LicenceHolderPage, LicencesDto } from './licences.dto.js';
import { LicencesRepository } from './licences.repository.js';

@Injectable()
export class LicencesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly users: UsersRepository,
    private readonly licences: LicencesRepository,
  ) {}

  get(caller: Caller): Promise<LicencesDto> {
    const { companyId } = caller;
    return this.uow.run(caller, async (manager) => {
      const company = await this.companies.find(manager, companyId);
      if (!company) throw new Problem('company_not_found');
      const inUse = await this.users.licencesInUse(manager, companyId);
      const deactivatedHolders = await this.licences.countDeactivatedHolders(manager, companyId);
      return { ...licenceFigures(company.licences, inUse), deactivatedHolders };
    });
  }

  /** @throws Problem invalid_cursor */
  deactivatedHolders(caller: Caller, { cursor, limit }: PageQuery): Promise<LicenceHolderPage> {
    const after = decodeIdCursor(cursor);
    return this.uow.run(caller, async (manager) => {
      const rows = await this.licences.deactivatedHolders(manager, caller.companyId, limit + 1, after);
      const { items, nextCursor } = toPage(rows, limit, ({ id }) => [id]);
      const holders = items.map(({ id, displayName, email, employeeNumber, updatedAt }) => ({
        id,
        displayName,
        email,
        employeeNumber,
        updatedAt,
      }));
      return { items: holders, nextCursor };
    });
  }
}
