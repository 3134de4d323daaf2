import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importAwaitsApproval } from '@muster/contracts';
import { beyondGuard, type GuardFinding } from '@muster/import-model';
import { Outbox } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { NO_PLAN, NOT_APPROVED, type ImportJob } from '../imports/import-job.entity.js';
import { errorsOf } from '../imports/import-state.js';
import { ImportRepository, type ImportChange } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { AbsenteeQueueRepository } from '../absentees/absentee-queue.repository.js';
import { isSync, newAbsentees, repsInReach } from '../absentees/absentee-rules.js';
import { Waiting } from '../waiting/waiting.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { Ending } from './ending.js';
import { RowQueue } from './row-queue.js';
import { needsSums } from '../plans/needs-sums.js';
import { Writing } from './writing.js';

/**
 * Which step of an import comes next after its staging: plan, approval, run. Every method works on a locked import inside
 * an open unit of work of its company, so that the change of state and what it sets off commit together.
 */
@Injectable()
export class Phases {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly rows: RowQueue,
    private readonly assignment: AssignmentRepository,
    private readonly absent: AbsenteeQueueRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly dispatcher: ChunkDispatcher,
    private readonly writing: Writing,
    private readonly ending: Ending,
    private readonly waiting: Waiting,
  ) {}

  /** Asks the owners what would become of each row. @throws Problem no_known_rep */
  startPlan(manager: EntityManager, job: ImportJob, nextStep: 'run' | null): Promise<void> {
    return this.plan(manager, job, nextStep, NOT_APPROVED);
  }

  private async plan(
    manager: EntityManager,
    job: ImportJob,
    nextStep: 'run' | null,
    { approvedBy, approvedGuard }: Pick<ImportJob, 'approvedBy' | 'approvedGuard'>,
  ): Promise<void> {
    const { counters, openChunks } = await this.rows.enqueue(manager, job, 'plan', null);
    const state: ImportChange = {
      state: 'planning',
      nextStep,
      ...NO_PLAN,
      plan: counters,
      absentees: isSync(job) ? newAbsentees(newId()) : null,
      approvedBy,
      approvedGuard,
      warnings: [],
      openChunks,
      abortRequested: false,
      problem: null,
    };
    await this.imports.change(manager, job, state);
    await this.absent.reset(manager, job.id);
    if (openChunks === 0) await this.endOfRows(manager, job);
    else this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
  }

  /** Every row of a plan has its answer. What they mean together is summed up, and of a sync who is absent. */
  async endOfRows(manager: EntityManager, job: ImportJob): Promise<void> {
    if (!needsSums(job)) return this.finishPlan(manager, job);
    if (!isSync(job) || job.openChunks > 0) return;
    const reps = repsInReach(await this.assignment.reps(manager, job.id), job.configuration.options.unknownReps);
    await this.absent.enqueuePlan(manager, job.id, reps.map(({ no }) => no)); // prettier-ignore
    this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
  }

  async finishPlan(manager: EntityManager, job: ImportJob): Promise<void> {
    const next = job.nextStep;
    await this.imports.change(manager, job, { state: 'planned', plannedAt: new Date(), nextStep: null });
    if (next !== 'run') return;
    await this.ending.orFail(manager, job, () => this.startRun(manager, job));
  }

  /**
   * Begins to write: asks for the restore point; chunks go out once it is ready. `allOrNothing` is planned first.
   * @throws Problem no_known_rep, import_running
   */
  async startRun(manager: EntityManager, job: ImportJob): Promise<void> {
    const { errorPolicy, validateOnly } = job.configuration.options;
    if (validateOnly) return this.startPlan(manager, job, null);
    const behind = await this.waiting.behindWhom(manager, job);
    if (behind !== undefined) return this.waiting.hold(manager, job, behind);
    if (needsPlan(job) && job.plan === null) return this.startPlan(manager, job, 'run');
    if (errorPolicy === 'allOrNothing' && job.plan && errorsOf(job.plan) > 0) {
      return this.ending.refuse(manager, job, job.plan);
    }
    const beyond = beyondGuard(job.guard ?? [], job.approvedGuard);
    if (beyond) return this.awaitApproval(manager, job, beyond);
    if (!(await this.waiting.mayWrite(manager, job))) return this.waiting.schedule(manager, job);
    await this.writing.begin(manager, job);
  }

  /**
   * Goes on with a run that waited for others or for its night. What its plan said may no longer hold; what of it was
   * approved still is.
   * @throws Problem no_known_rep, import_running
   */
  goOnAfterWaiting(manager: EntityManager, job: ImportJob): Promise<void> {
    const hasWaited = job.queued || job.scheduledFor !== null;
    return needsPlan(job) && hasWaited ? this.plan(manager, job, 'run', job) : this.startRun(manager, job);
  }

  /** Nothing was written; somebody has to say that it is meant. */
  private async awaitApproval(manager: EntityManager, job: ImportJob, beyond: GuardFinding): Promise<void> {
    const { effect, planned, base, limit } = beyond;
    const problem = { code: 'guard_exceeded', params: { effect, planned, base, limit } };
    const waits = { state: 'awaitingApproval', queued: false, nextStep: null, ...NOT_APPROVED, problem } as const;
    await this.imports.change(manager, job, waits);
    const { id: importId, entity, plan, createdBy, requestedBy } = job;
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    await this.outbox.publish(importAwaitsApproval, {
      importId,
      entity,
      fileName,
      effect,
      planned,
      limit,
      base,
      ...(plan && { plan }),
      link: `/v1/imports/${importId}`,
      createdBy,
      requestedBy,
    });
  }
}

/** What many accounts mean together, all rows do, or a sync takes away, is known by a plan only. */
function needsPlan(job: ImportJob): boolean {
  return job.configuration.options.errorPolicy === 'allOrNothing' || needsSums(job);
}
