import { Injectable } from '@nestjs/common';
import type { AbsenteeAnswer, AbsenteesRequest, Id } from '@muster/contracts';
import { AbsenteeRepository } from '@muster/import-owner';
import { newId, UnitOfWork } from '@muster/persistence';

interface Known {
  readonly id: Id;
  readonly name: string;
  readonly externalId: string | null;
  readonly email: string | null;
}

/** Which accounts are absent from the file of a sync, for people to look at. */
@Injectable()
export class AbsenteeList {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly absentees: AbsenteeRepository,
  ) {}

  /** As they are now: one that is deleted has no name any more. */
  list(request: AbsenteesRequest): Promise<{ items: AbsenteeAnswer[] }> {
    const scope = { companyId: request.companyId, actor: 'system', cause: `request:${newId()}` };
    return this.uow.run(scope, async (manager) => {
      const noted = await this.absentees.list(manager, request);
      const rows = await manager.query<Known[]>(
        `select id, display_name as name, employee_number as "externalId", email from user_account where id = any($1::uuid[])`,
        [noted.map(({ recordId }) => recordId)],
      );
      const known = new Map(rows.map((row) => [row.id, row]));
      return {
        items: noted.map((one) => {
          const { name = null, externalId = null, email = null } = known.get(one.recordId) ?? {};
          return { ...one, name, externalId, email };
        }),
      };
    });
  }
}
