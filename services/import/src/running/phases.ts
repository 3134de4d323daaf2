import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  importAwaitsApproval,
  importFinished,
  importRestorePointRequested,
  Problem,
  type ImportCounters,
} from '@muster/contracts';
import { entitySchema, type GuardFinding } from '@muster/import-model';
import { Outbox } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { repVerdict } from '../assignment/rep-verdict.js';
import { addOutcomes, initialCounters } from '../imports/counters.js';
import type { ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf, tooManyErrors, type FinalState } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import type { Absentees } from './absentees.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { PhasesRepository } from './phases.repository.js';

/**
 * The steps of an import after its staging. Every method works on a locked import inside an open unit of work of its
 * company, so that the change of state and what it sets off commit together.
 */
@Injectable()
export class Phases {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly chunks: PhasesRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly dispatcher: ChunkDispatcher,
  ) {}

  /** Asks the owners what would become of each row. @throws Problem no_known_rep */
  async startPlan(manager: EntityManager, job: ImportJob, nextStep: 'run' | null): Promise<void> {
    const { counters, openChunks } = await this.enqueue(manager, job, 'plan');
    const state = {
      state: 'planning',
      nextStep,
      plan: counters,
      guard: null,
      absentees: null,
      approvedBy: null,
      openChunks,
      abortRequested: false,
      problem: null,
    } as const;
    await this.imports.change(manager, job, state);
    if (openChunks === 0) await this.finishPlan(manager, job);
    else this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
  }

  /**
   * Begins to write: asks for the restore point; chunks go out once it is ready. `allOrNothing` is planned first.
   * @throws Problem no_known_rep, import_running
   */
  async startRun(manager: EntityManager, job: ImportJob): Promise<void> {
    const { errorPolicy, maxErrors, validateOnly } = job.configuration.options;
    if (validateOnly) return this.startPlan(manager, job, null);
    await this.imports.requireNoOtherRunning(manager, job.companyId, job.entity);
    const allOrNothing = errorPolicy === 'allOrNothing';
    const isPlanned = job.state === 'planned' || job.state === 'awaitingApproval';
    // What many accounts mean together is known by a plan only.
    const needsPlan = allOrNothing || entitySchema(job.entity).ofCompany === true;
    if (needsPlan && !isPlanned) return this.startPlan(manager, job, 'run');
    if (allOrNothing && job.plan && errorsOf(job.plan) > 0) return this.refuse(manager, job, job.plan);
    const beyond = job.guard?.find(({ exceeded }) => exceeded);
    if (beyond && job.approvedBy === null) return this.awaitApproval(manager, job, beyond);
    const { counters, openChunks } = await this.enqueue(manager, job, 'counters');
    // The assignment may have changed since the plan.
    if (allOrNothing && errorsOf(counters) > 0) return this.refuse(manager, job, counters);
    await this.imports.change(manager, job, {
      counters,
      openChunks,
      errorsBefore: 0,
      startedAt: new Date(),
      problem: null,
    });
    if (tooManyErrors(counters, 0, maxErrors)) return this.end(manager, job, finalStateOf(counters, 'aborted'), null);
    await this.goOn(manager, job);
  }

  /** Runs the rows that were not tried, after an abort or a stop. @throws Problem import_running */
  async resume(manager: EntityManager, job: ImportJob): Promise<void> {
    await this.imports.requireNoOtherRunning(manager, job.companyId, job.entity);
    const openChunks = await this.chunks.requeueSent(manager, job.id);
    const errorsBefore = errorsOf(job.counters);
    await this.imports.change(manager, job, { openChunks, errorsBefore, problem: null, finishedAt: null });
    await this.goOn(manager, job);
  }

  async finishPlan(manager: EntityManager, job: ImportJob): Promise<void> {
    const next = job.nextStep;
    await this.imports.change(manager, job, { state: 'planned', nextStep: null });
    if (next !== 'run') return;
    await this.orFail(manager, job, () => this.startRun(manager, job));
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

  /** Ends the run when nothing of it is under way any more: all chunks answered, or aborted and the sent ones answered. */
  async endIfDone(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.finishRun(manager, job);
    if (!job.abortRequested || (await this.chunks.countSent(manager, job.id)) > 0) return;
    const ended = job.problem ? 'refused' : 'aborted';
    await this.end(manager, job, finalStateOf(job.counters, ended), job.problem);
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

  /** Ends a sync; where nobody went who could have, it says why. */
  async endSync(manager: EntityManager, job: ImportJob, absentees: Absentees): Promise<void> {
    const { withheld } = absentees;
    await this.imports.change(manager, job, { absentees });
    const problem = withheld === null ? null : { code: 'removals_withheld', params: { reason: withheld } };
    await this.end(manager, job, finalStateOf(job.counters, 'atEnd'), problem);
  }

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

  private async goOn(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.end(manager, job, finalStateOf(job.counters, 'atEnd'), null);
    const runPointId = newId();
    await this.imports.change(manager, job, {
      state: 'running',
      nextStep: null,
      abortRequested: false,
      runPointId,
      restorePointId: job.restorePointId ?? runPointId,
      pointReady: false,
      pointAskedAt: new Date(),
    });
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    const request = { importId: job.id, restorePointId: runPointId, entity: job.entity, fileName };
    await this.outbox.publish(importRestorePointRequested, request);
  }

  /** Nothing was written; somebody has to say that it is meant. */
  private async awaitApproval(manager: EntityManager, job: ImportJob, beyond: GuardFinding): Promise<void> {
    const { effect, planned, base, limit } = beyond;
    const problem = { code: 'guard_exceeded', params: { effect, planned, base, limit } };
    await this.imports.change(manager, job, { state: 'awaitingApproval', nextStep: null, problem });
    const { id: importId, entity, requestedBy } = job;
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    await this.outbox.publish(importAwaitsApproval, {
      importId,
      entity,
      fileName,
      effect,
      planned,
      limit,
      requestedBy,
    });
  }

  /** All or nothing was asked for, and not all can be had. */
  private async refuse(manager: EntityManager, job: ImportJob, plan: ImportCounters): Promise<void> {
    const counters = addOutcomes(initialCounters(plan.read), { invalid: plan.invalid, ignored: plan.ignored });
    await this.imports.change(manager, job, { counters });
    const problem = { code: 'rows_invalid', params: { count: errorsOf(plan) } };
    await this.end(manager, job, 'failed', problem);
  }

  /** Queues what the owners must answer; what is decided already is counted at once. */
  private async enqueue(
    manager: EntityManager,
    job: ImportJob,
    column: 'plan' | 'counters',
  ): Promise<{ counters: ImportCounters; openChunks: number }> {
    const reps = await this.assignment.reps(manager, job.id);
    const { unknownReps } = job.configuration.options;
    const verdicts = new Map(reps.map((rep) => [rep.no, repVerdict(rep, unknownReps)]));
    const open = reps.filter(({ no }) => !verdicts.get(no)).map(({ no }) => no);
    const by = job.configuration.userMapping?.by ?? '';
    if (open.length === 0) throw new Problem('no_known_rep', { params: { by } });

    const rows = await this.chunks.rowsOfReps(manager, job.id);
    const perRep = rows.map(({ no, rows: waiting, settled }) => {
      const all = initialCounters(waiting + settled);
      const verdict = verdicts.get(no);
      const decided = verdict ? { [verdict.outcome]: waiting + settled } : { invalid: settled };
      return { no, counters: addOutcomes(all, decided) };
    });
    await this.imports.setRepCounters(manager, job.id, column, perRep);
    const openChunks = await this.chunks.enqueue(manager, job.id, open, column);
    return { counters: sum(perRep.map((rep) => rep.counters)), openChunks };
  }
}

function sum(parts: readonly ImportCounters[]): ImportCounters {
  const total = initialCounters(0);
  for (const part of parts) {
    for (const name of Object.keys(total) as (keyof ImportCounters)[]) total[name] += part[name];
  }
  return total;
}
