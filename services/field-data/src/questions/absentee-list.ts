import { Injectable } from '@nestjs/common';
import type { AbsenteeAnswer, AbsenteesRequest, Id } from '@muster/contracts';
import { AbsenteeRepository } from '@muster/import-owner';
import { newId, UnitOfWork } from '@muster/persistence';
import { arrayLiteral } from '../records/array-literal.js';
import { kindOfEntity } from '../record-api/record-kind.js';
import { columnsOf, isPlain } from '../records/record-table.js';

interface Known {
  readonly id: Id;
  readonly name: string | null;
  readonly externalId: string | null;
}

/** Which records are absent from the file of a sync, for people to look at. */
@Injectable()
export class AbsenteeList {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly absentees: AbsenteeRepository,
  ) {}

  /** As they are now: one that is gone for good has no name any more. */
  list(request: AbsenteesRequest): Promise<{ items: AbsenteeAnswer[] }> {
    const { table, title } = kindOfEntity(request.entity);
    const [column] = columnsOf(table, [title]).filter(isPlain);
    const scope = { companyId: request.companyId, actor: 'system', cause: `request:${newId()}` };
    return this.uow.run(scope, async (manager) => {
      const noted = await this.absentees.list(manager, request);
      const rows = await manager.query<Known[]>(
        `select id, ${column?.column} as name, external_id as "externalId" from ${table.table} where id = any($1::uuid[])`,
        [arrayLiteral(noted.map(({ recordId }) => recordId))],
      );
      const known = new Map(rows.map((row) => [row.id, row]));
      return {
        items: noted.map((one) => {
          const { name = null, externalId = null } = known.get(one.recordId) ?? {};
          return { ...one, name, externalId };
        }),
      };
    });
  }
}
