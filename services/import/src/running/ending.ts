import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importFinished, importPaused, Problem, type ImportCounters } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { addOutcomes } from '../imports/counters.js';
import type { Absentees } from '../imports/import-absentees.js';
import { NOT_WAITING, type ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf, type FinalState } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { RepProgressRepository } from '../reps/rep-progress.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { AbsenteeQueueRepository } from '../absentees/absentee-queue.repository.js';
import { withheldProblem } from '../absentees/absentee-rules.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { errorStop } from './error-stop.js';
import { PhasesRepository } from './phases.repository.js';

/** Nothing of it is under way. */
const RESTING = { state: 'paused', nextStep: null, abortRequested: false, runReps: null, ...NOT_WAITING } as const;

/** What another choice of the rep column mends. */
const COLUMN_PROBLEMS: ReadonlySet<string> = new Set(['no_known_rep', 'too_many_rep_values']);

/** A person has got no further than to choose columns: nothing has ended that they have not ended. */
function mayChooseAnew({ unattended, nextStep }: ImportJob, problem: StoredProblem | null): boolean {
  return !unattended && nextStep !== 'run' && problem !== null && COLUMN_PROBLEMS.has(problem.code);
}

function beforeRun({ staged }: ImportJob): Pick<ImportJob, 'state'> {
  return { state: staged ? 'staged' : 'draft' };
}

/** How an import comes to its end. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Ending {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly absent: AbsenteeQueueRepository,
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

  /**
   * A step came to nothing. Where rows were written before, or somebody chooses columns still, the import waits for them to
   * go on differently.
   */
  async giveUp(
    manager: EntityManager,
    job: ImportJob,
    state: 'failed' | 'aborted',
    problem: StoredProblem | null,
  ): Promise<void> {
    if (job.startedAt === null && !mayChooseAnew(job, problem)) return this.end(manager, job, state, problem);
    const plan = job.state === 'planned' ? job.plan : null;
    const rests = { ...RESTING, ...(job.startedAt === null && beforeRun(job)) };
    await this.imports.change(manager, job, { ...rests, plan, openChunks: 0, problem, leaseUntil: null });
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
        counters: addOutcomes(job.counters, { invalid, ignored }),
      });
    }
    await this.giveUp(manager, job, 'failed', problem);
  }

  /** Ends the run when nothing of it is under way any more: all chunks answered, or aborted and the sent ones answered. */
  async endIfDone(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.finishRun(manager, job);
    if (!job.abortRequested || (await this.chunks.countSent(manager, job.id)) > 0) return;
    // Who resumes it means the absentees of all its reps.
    await this.reps.settle(manager, job.id, job.absentees?.withheld === null);
    const ended = job.problem ? 'refused' : 'aborted';
    await this.end(manager, job, finalStateOf(job.counters, ended), job.problem ?? errorStop(job));
  }

  /**
   * Every row has its answer: those who are absent from the file of a sync are next, and what becomes of them ends the run.
   * Whoever aborts it now stops that between two steps.
   */
  private async finishRun(manager: EntityManager, job: ImportJob): Promise<void> {
    const { absentees } = job;
    if (!absentees) return this.endRows(manager, job);
    if ((await this.absent.open(manager, job.id)).all > 0) return this.endSync(manager, job);
    const withheld = absentees.withheld ?? reasonToWithhold(job);
    await this.imports.change(manager, job, { absentees: { ...absentees, withheld } });
    const ordered = withheld === null && job.runPointId !== null ? await this.absent.enqueueRun(manager, job.id) : 0;
    // The dispatcher sends the orders, again and again until they are answered.
    if (ordered > 0) this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
    else await this.endRows(manager, job);
  }

  /** Ends a sync once no order about those who are absent is under way any more. */
  async endSync(manager: EntityManager, job: ImportJob): Promise<void> {
    const open = await this.absent.open(manager, job.id);
    if (open.all > 0 && job.abortRequested && job.absentees) {
      if (open.sent > 0) return;
      await this.absent.drop(manager, job.id);
      await this.imports.change(manager, job, { absentees: { ...job.absentees, withheld: 'aborted' } });
    } else if (open.all > 0) return;
    await this.endRows(manager, job);
  }

  /** Ends the run; where somebody stayed who could have gone, it says why. */
  private async endRows(manager: EntityManager, job: ImportJob): Promise<void> {
    const problem = job.absentees && withheldProblem(job.absentees);
    if (!job.abortRequested) return this.conclude(manager, job, problem);
    await this.reps.settle(manager, job.id);
    const stop = errorStop(job);
    await this.end(manager, job, finalStateOf(job.counters, stop ? 'stopped' : 'aborted'), stop ?? problem);
  }
}

/** Why nobody goes at the end of a run whose plan said that they may. */
function reasonToWithhold(job: ImportJob): Absentees['withheld'] {
  // Of all its runs: whoever resumes it lets rows pass, not what is absent.
  if (errorStop({ ...job, errorsBefore: 0 })) return 'too_many_errors';
  if (job.abortRequested) return 'aborted';
  return job.counters.failed > 0 ? 'unreadable_rows' : null;
}
