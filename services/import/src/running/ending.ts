import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importFinished, Problem, type ImportCounters } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { addOutcomes, initialCounters } from '../imports/counters.js';
import type { ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf, type FinalState } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import type { Absentees } from './absentees.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { PhasesRepository } from './phases.repository.js';

/** How an import comes to its end. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Ending {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly dispatcher: ChunkDispatcher,
  ) {}

  /** Sets the final state and tells the world. */
  async end(manager: EntityManager, job: ImportJob, state: FinalState, problem: StoredProblem | null): Promise<void> {
    const done = { state, problem, nextStep: null, abortRequested: false, finishedAt: new Date(), leaseUntil: null };
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
      await this.end(manager, job, 'failed', { code: error.code, params: error.params });
    }
  }

  /** All or nothing was asked for, and not all can be had. */
  async refuse(manager: EntityManager, job: ImportJob, plan: ImportCounters): Promise<void> {
    const counters = addOutcomes(initialCounters(plan.read), { invalid: plan.invalid, ignored: plan.ignored });
    await this.imports.change(manager, job, { counters });
    const problem = { code: 'rows_invalid', params: { count: errorsOf(plan) } };
    await this.end(manager, job, 'failed', problem);
  }

  /** Ends the run when nothing of it is under way any more: all chunks answered, or aborted and the sent ones answered. */
  async endIfDone(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.finishRun(manager, job);
    if (!job.abortRequested || (await this.chunks.countSent(manager, job.id)) > 0) return;
    const ended = job.problem ? 'refused' : 'aborted';
    await this.end(manager, job, finalStateOf(job.counters, ended), job.problem);
  }

  /** Ends a sync; where nobody went who could have, it says why. */
  async endSync(manager: EntityManager, job: ImportJob, absentees: Absentees): Promise<void> {
    const { withheld } = absentees;
    await this.imports.change(manager, job, { absentees });
    const problem = withheld === null ? null : { code: 'removals_withheld', params: { reason: withheld } };
    await this.end(manager, job, finalStateOf(job.counters, 'atEnd'), problem);
  }

  /** Every row has its answer: those who are absent from the file of a sync are next. */
  private async finishRun(manager: EntityManager, job: ImportJob): Promise<void> {
    const { absentees, restorePointId } = job;
    // The answer to the order ends the run.
    if (absentees?.orderedAt) return;
    if (!absentees || job.abortRequested) return this.end(manager, job, finalStateOf(job.counters, 'atEnd'), null);
    const withheld = job.counters.failed > 0 ? 'unreadable_rows' : absentees.withheld;
    if (withheld !== null || absentees.planned === 0 || restorePointId === null) {
      return this.endSync(manager, job, { ...absentees, withheld });
    }
    // The dispatcher sends it, again and again until it is answered.
    await this.imports.change(manager, job, { absentees: { ...absentees, orderedAt: new Date(0).toISOString() } });
    this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
  }
}
