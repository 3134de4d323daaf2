import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importFinished, importPaused, Problem, type ImportCounters } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { addOutcomes, initialCounters } from '../imports/counters.js';
import type { ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf, type FinalState } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { RepProgressRepository } from '../reps/rep-progress.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import type { Absentees } from './absentees.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { PhasesRepository } from './phases.repository.js';

/** Nothing of it is under way. */
const RESTING = { state: 'paused', nextStep: null, abortRequested: false, runReps: null } as const;

/** How an import comes to its end. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Ending {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly reps: RepProgressRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly dispatcher: ChunkDispatcher,
  ) {}

  /**
   * Ends a run whose rows all have their outcomes: the import waits for what comes next while reps are left.
   * @param problem what did not come out as wished, though the rows did
   */
  async conclude(manager: EntityManager, job: ImportJob, problem: StoredProblem | null): Promise<void> {
    const isLast = await this.reps.settle(manager, job.id);
    if (isLast) return this.end(manager, job, finalStateOf(job.counters, 'atEnd'), problem);
    await this.imports.change(manager, job, { ...RESTING, problem });
    const { id: importId, entity, counters, runPointId: restorePointId } = job;
    await this.outbox.publish(importPaused, { importId, entity, counters, restorePointId });
  }

  /** A step came to nothing. Where rows were written before, the import waits for somebody to go on differently. */
  async giveUp(
    manager: EntityManager,
    job: ImportJob,
    state: 'failed' | 'aborted',
    problem: StoredProblem | null,
  ): Promise<void> {
    if (job.startedAt === null) return this.end(manager, job, state, problem);
    const plan = job.state === 'planned' ? job.plan : null;
    await this.imports.change(manager, job, { ...RESTING, plan, openChunks: 0, problem, leaseUntil: null });
  }

  /** Sets the final state and tells the world. */
  async end(manager: EntityManager, job: ImportJob, state: FinalState, problem: StoredProblem | null): Promise<void> {
    const done = { ...RESTING, state, problem, finishedAt: new Date(), leaseUntil: null };
    await this.imports.change(manager, job, done);
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    await this.outbox.publish(importFinished, {
      importId: job.id,
      entity: job.entity,
      fileName,
      state,
      counters: job.counters,
      restorePointId: job.runPointId,
      requestedBy: job.requestedBy,
    });
  }

  /**
   * Takes a step that nobody waits for: what forbids it ends the import. Phases find out what forbids them before they
   * write, so the unit of work goes on.
   */
  async orFail(manager: EntityManager, job: ImportJob, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.giveUp(manager, job, 'failed', { code: error.code, params: error.params });
    }
  }

  /** All or nothing was asked for, and not all can be had. */
  async refuse(manager: EntityManager, job: ImportJob, plan: ImportCounters): Promise<void> {
    const isRest = job.startedAt !== null;
    const problem = { code: 'rows_invalid', params: { count: errorsOf(plan), part: isRest ? 'rest' : 'all' } };
    if (!isRest) {
      const { invalid, ignored } = plan;
      await this.imports.change(manager, job, {
        counters: addOutcomes(initialCounters(plan.read), { invalid, ignored }),
      });
    }
    await this.giveUp(manager, job, 'failed', problem);
  }

  /** Ends the run when nothing of it is under way any more: all chunks answered, or aborted and the sent ones answered. */
  async endIfDone(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.finishRun(manager, job);
    if (!job.abortRequested || (await this.chunks.countSent(manager, job.id)) > 0) return;
    await this.reps.settle(manager, job.id);
    const ended = job.problem ? 'refused' : 'aborted';
    await this.end(manager, job, finalStateOf(job.counters, ended), job.problem);
  }

  /** Ends a sync; where nobody went who could have, it says why. */
  async endSync(manager: EntityManager, job: ImportJob, absentees: Absentees): Promise<void> {
    const { withheld } = absentees;
    await this.imports.change(manager, job, { absentees });
    const problem = withheld === null ? null : { code: 'removals_withheld', params: { reason: withheld } };
    await this.conclude(manager, job, problem);
  }

  /** Every row has its answer: those who are absent from the file of a sync are next. */
  private async finishRun(manager: EntityManager, job: ImportJob): Promise<void> {
    const { absentees, restorePointId } = job;
    // The answer to the order ends the run.
    if (absentees?.orderedAt) return;
    if (job.abortRequested) {
      await this.reps.settle(manager, job.id);
      return this.end(manager, job, finalStateOf(job.counters, 'aborted'), null);
    }
    if (!absentees) return this.conclude(manager, job, null);
    const withheld = job.counters.failed > 0 ? 'unreadable_rows' : absentees.withheld;
    if (withheld !== null || absentees.planned === 0 || restorePointId === null) {
      return this.endSync(manager, job, { ...absentees, withheld });
    }
    // The dispatcher sends it, again and again until it is answered.
    await this.imports.change(manager, job, { absentees: { ...absentees, orderedAt: new Date(0).toISOString() } });
    this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
  }
}
