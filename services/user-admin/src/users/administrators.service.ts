import { Injectable } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';

/** Who is told what an administrator has to decide. */
@Injectable()
export class Administrators {
  constructor(private readonly uow: UnitOfWork) {}

  /** Those who can sign in. */
  async of(companyId: Id): Promise<Id[]> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` } as const;
    const found = await this.uow.run(scope, (manager) =>
      manager.query<{ id: Id }[]>(
        `select id from user_account
          where company_id = $1 and kind = 'staff' and authorization_level = 2 and login_enabled order by id`,
        [companyId],
      ),
    );
    return found.map(({ id }) => id);
  }
}
