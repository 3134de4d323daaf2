import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { Company } from '../companies/company.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import type { MeDto, MyCompanyDto } from './me.dto.js';

@Injectable()
export class MeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Who the caller is. @throws Problem unauthenticated when the account, key or company is gone */
  get(caller: Caller): Promise<MeDto> {
    return caller.userId === null ? this.key(caller) : this.person(caller, caller.userId);
  }

  private person(caller: Caller, userId: string): Promise<MeDto> {
    const { role, scopes } = caller;
    return this.uow.run(caller, async (manager) => {
      const account = await this.users.find(manager, userId);
      const company = await this.companies.find(manager, caller.companyId);
      if (!account || !company) throw new Problem('unauthenticated');
      const { id, displayName, email, language } = account;
      return { id, type: 'user', displayName, email, role, scopes: [...scopes], language, company: myCompany(company) };
    });
  }

  private async key(caller: Caller): Promise<MeDto> {
    const [type, id = ''] = caller.actor.split(':');
    const displayName = await this.uow.runAsWorker((manager) => this.keys.nameOf(manager, id));
    if (displayName === undefined) throw new Problem('unauthenticated');
    const given = { id, displayName, email: null, role: caller.role, scopes: [...caller.scopes] };
    if (type === 'operator') return { ...given, type, language: caller.language, company: null };
    const company = await this.uow.run(caller, (manager) => this.companies.find(manager, caller.companyId));
    if (!company) throw new Problem('unauthenticated');
    return { ...given, type: 'key', language: company.language, company: myCompany(company) };
  }
}

function myCompany({ id, name, language, timeZone }: Company): MyCompanyDto {
  return { id, name, language, timeZone };
}
