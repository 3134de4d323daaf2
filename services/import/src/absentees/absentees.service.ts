import { Injectable } from '@nestjs/common';
import { absentAccounts, absentRecords, isId, ownerOfEntity } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, Questions, toPage, type Caller } from '@muster/platform';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { requireScopeFor } from '../imports/account-scope.js';
import { ImportRepository } from '../imports/import.repository.js';
import { absenteeDto, repsToCome, type AbsenteesQuery, type ImportAbsenteePage } from './absentee.dto.js';

const NONE: ImportAbsenteePage = { items: [], nextCursor: null };

/** Who is absent from the file of a sync, as their owner has noted it. */
@Injectable()
export class AbsenteesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly questions: Questions,
  ) {}

  /** @throws Problem import_not_found, invalid_cursor */
  async list(caller: Caller, importId: string, query: AbsenteesQuery): Promise<ImportAbsenteePage> {
    const after = decodeIdCursor(query.cursor) ?? null;
    const { job, reps } = await this.uow.run(caller, async (manager) => ({
      job: await this.imports.get(manager, importId),
      reps: await this.assignment.reps(manager, importId),
    }));
    requireScopeFor(job.entity, caller);
    const planId = job.absentees?.planId;
    if (planId === undefined || job.absentees?.planned === null) return NONE;
    if (query.rep !== undefined && !isId(query.rep)) return NONE;
    const { companyId, entity } = job;
    const question = ownerOfEntity(entity) === 'user-admin' ? absentAccounts : absentRecords;
    const request = { companyId, importId, entity, planId, repId: query.rep ?? null, after, limit: query.limit + 1 };
    const { items } = await this.questions.ask(question, request);
    const toCome = repsToCome(job, reps);
    const page = toPage(items, query.limit, ({ recordId }) => [recordId]);
    return { items: page.items.map((one) => absenteeDto(one, toCome, caller.language)), nextCursor: page.nextCursor };
  }
}
