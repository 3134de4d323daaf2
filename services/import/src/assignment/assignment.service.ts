import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, resolveReps, type Id } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { Questions, type Caller, type Versioned } from '@muster/platform';
import { NO_PLAN, type ImportJob } from '../imports/import-job.entity.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { ImportRepository } from '../imports/import.repository.js';
import { requireCommand, requireStaged } from '../imports/require-command.js';
import { ReadingRepository } from '../reps/readings.js';
import { requireWaiting } from '../reps/reps-of-run.js';
import { RowPlaces } from '../results/row-places.js';
import {
  assignmentDto,
  repPage,
  type AssignmentDto,
  type ChangeAssignmentBody,
  type ImportRepPage,
} from './assignment.dto.js';
import { AssignmentRepository, type RepsPage } from './assignment.repository.js';
import { repOfCursor, type AssignmentQuery, type RepsQuery } from './reps-query.dto.js';
import { ofCompany, resolveAssignment, type ResolvedRep } from './resolve-assignment.js';
import type { DataOfAnswer } from './resolve-reps-answer.js';

/** What {@link AssignmentService.resolveAnew} found out, and of which staging. */
export interface NewAssignment {
  readonly attempt: number;
  readonly reps: readonly ResolvedRep[];
}

const NOBODY: DataOfAnswer = { found: [], caseOnly: [], notNamed: [] };

@Injectable()
export class AssignmentService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly readings: ReadingRepository,
    private readonly questions: Questions,
    private readonly companies: CompanyProfile,
  ) {}

  /** Asks whom the values of the rep column name now. */
  async resolve(job: ImportJob, reps: readonly { no: number; value: string }[]): Promise<ResolvedRep[]> {
    const { userMapping } = job.configuration;
    if (!userMapping) return reps.map(ofCompany);
    return resolveAssignment(reps, await this.ask(job, reps), userMapping.by);
  }

  /** Asks anew for an import whose chunks are staged, before a command takes it; a run never trusts an old assignment. */
  async resolveAnew(scope: Scope, importId: Id): Promise<NewAssignment> {
    const { job, reps } = await this.load(scope, importId);
    await this.companies.requireImportOf(job.companyId, job.entity);
    const waiting = reps.filter(({ progress }) => progress === 'waiting');
    return { attempt: job.attempt, reps: job.staged ? await this.resolve(job, waiting) : [] };
  }

  /** Before a command that goes on with the assignment as it is. @throws Problem import_not_found, user_import_not_available */
  async requireAvailable(caller: Caller, importId: Id): Promise<void> {
    const { companyId, entity } = await this.uow.run(caller, (manager) => this.imports.get(manager, importId));
    await this.companies.requireImportOf(companyId, entity);
  }

  /** @throws Problem version_conflict when the import was staged anew since the question was asked */
  async saveAnew(manager: EntityManager, job: ImportJob, { attempt, reps }: NewAssignment): Promise<void> {
    if (job.attempt !== attempt) throw new Problem('version_conflict');
    await this.save(manager, job.id, reps);
  }

  /** Says whom the next run is of; null: all that are left. @throws Problem import_state, as {@link requireWaiting} */
  async choose(manager: EntityManager, job: ImportJob, chosen: readonly Id[] | null): Promise<void> {
    if (chosen) {
      requireStaged(job, 'run');
      requireWaiting(await this.assignment.reps(manager, job.id), chosen, job.configuration.options.unknownReps);
    }
    await this.imports.change(manager, job, { runReps: chosen && [...chosen] });
  }

  save(manager: EntityManager, importId: Id, reps: readonly ResolvedRep[]): Promise<void> {
    return this.assignment.saveResolution(manager, importId, reps);
  }

  async read(caller: Caller, importId: Id, query: AssignmentQuery): Promise<Versioned<AssignmentDto>> {
    const { job, reps, places } = await this.load(caller, importId);
    const { notNamed } = await this.ask(job, reps);
    return { version: job.version, body: assignmentDto(job, reps, notNamed, places, query) };
  }

  /** Leaves reps out or takes them in again. */
  async change(
    caller: Caller,
    importId: Id,
    body: ChangeAssignmentBody,
    ifMatch: number | undefined,
    query: AssignmentQuery,
  ): Promise<Versioned<AssignmentDto>> {
    await this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      requireCommand(caller, job, 'assign', ifMatch);
      requireStaged(job, 'assign');
      const malformed = [...(body.exclude ?? []), ...(body.include ?? [])].find((id) => !isId(id));
      if (malformed !== undefined) throw new Problem('unknown_rep_in_request', { params: { rep: malformed } });
      for (const [userIds, excluded] of [
        [body.exclude ?? [], true],
        [body.include ?? [], false],
      ] as const) {
        await this.setExcluded(manager, importId, userIds, excluded);
      }
      // What a plan said no longer holds.
      await this.imports.change(manager, job, { state: 'staged', ...NO_PLAN, problem: null });
    });
    return this.read(caller, importId, query);
  }

  /** @throws Problem unknown_rep_in_request, rep_not_waiting for one that was imported or skipped */
  private async setExcluded(manager: EntityManager, id: Id, userIds: readonly Id[], excluded: boolean): Promise<void> {
    const [rep] = await this.assignment.setExcluded(manager, id, userIds, excluded);
    if (rep === undefined) return;
    const known = (await this.assignment.reps(manager, id)).find(({ userId }) => userId === rep);
    if (!known) throw new Problem('unknown_rep_in_request', { params: { rep } });
    throw new Problem('rep_not_waiting', { params: { rep, standing: known.progress } });
  }

  /** @throws Problem import_not_found, invalid_cursor */
  async reps(caller: Caller, importId: Id, { cursor, limit, status }: RepsQuery): Promise<ImportRepPage> {
    const page = { after: repOfCursor(cursor), status, limit: limit + 1 };
    const { job, reps, places } = await this.load(caller, importId, page);
    return repPage(job, reps, places, limit);
  }

  private load(scope: Scope, importId: Id, page?: RepsPage) {
    return this.uow.run(scope, async (manager) => {
      const job = await this.imports.get(manager, importId);
      const { files } = await this.readings.of(manager, job);
      const reps = await (page
        ? this.assignment.page(manager, importId, page)
        : this.assignment.reps(manager, importId));
      return { job, reps, places: new RowPlaces(...files) };
    });
  }

  private async ask(
    { companyId, configuration }: ImportJob,
    reps: readonly { value: string }[],
  ): Promise<DataOfAnswer> {
    const { userMapping } = configuration;
    if (!userMapping) return NOBODY;
    const values = reps.map(({ value }) => value).filter((value) => value !== '');
    return this.questions.ask(resolveReps, { companyId, by: userMapping.by, values });
  }
}
