import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importRestorePointRequested } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId } from '@muster/persistence';
import { withOutcomesOf } from '../imports/counters.js';
import type { Absentees } from '../imports/import-absentees.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { AbsenteeQueueRepository } from '../absentees/absentee-queue.repository.js';
import { withheldProblem } from '../absentees/absentee-rules.js';
import { Ending } from './ending.js';
import { errorStop } from './error-stop.js';
import { PhasesRepository } from './phases.repository.js';
import { RowQueue } from './row-queue.js';
import { anotherPoint, pointOfRun, type RunPoint } from './run-point.js';

/** The part of a run in which rows are written. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Writing {
  constructor(
    private readonly imports: ImportRepository,
    private readonly rows: RowQueue,
    private readonly chunks: PhasesRepository,
    private readonly absent: AbsenteeQueueRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly ending: Ending,
  ) {}

  /** Nothing forbids the run any more. @throws Problem no_known_rep */
  async begin(manager: EntityManager, job: ImportJob): Promise<void> {
    const { errorPolicy } = job.configuration.options;
    // The assignment may have changed since the plan.
    const refused = errorPolicy === 'allOrNothing' ? await this.rows.decidedErrors(manager, job) : undefined;
    if (refused) return this.ending.refuse(manager, job, refused);
    const absentees = await this.absenteesOfRun(manager, job);
    const queued = await this.rows.enqueue(manager, job, 'counters', job.runReps);
    const counters = withOutcomesOf(job.counters, queued.counters);
    const { openChunks } = queued;
    const startedAt = job.startedAt ?? new Date();
    await this.imports.change(manager, job, {
      counters,
      openChunks,
      absentees,
      startedAt,
      queued: false,
      problem: null,
    });
    const stop = errorStop(job);
    if (stop) return this.ending.end(manager, job, finalStateOf(counters, 'stopped'), stop);
    await this.goOn(manager, job, pointOfRun(job, new Date(), newId()));
  }

  /** What the plan of a sync said of those who are absent, unless the file names somebody whom nobody knows any more. */
  private async absenteesOfRun(manager: EntityManager, job: ImportJob): Promise<Absentees | null> {
    const { absentees } = job;
    if (!absentees || absentees.withheld !== null || !(await this.rows.namesUnknownRep(manager, job))) return absentees;
    return { ...absentees, withheld: 'unknown_rep' };
  }

  /** Runs the rows that were not tried, after an abort or a stop. @throws Problem import_running */
  async resume(manager: EntityManager, job: ImportJob): Promise<void> {
    await this.imports.requireNoOtherRunning(manager, job.companyId, job.entity);
    const openChunks = await this.chunks.requeueSent(manager, job.id);
    const errorsBefore = errorsOf(job.counters);
    await this.imports.change(manager, job, { openChunks, errorsBefore, problem: null, finishedAt: null });
    await this.goOn(manager, job, anotherPoint(new Date(), newId()));
  }

  /** Asks for the restore point; chunks go out once it is ready. */
  private async goOn(manager: EntityManager, job: ImportJob, point: RunPoint): Promise<void> {
    if (job.openChunks === 0 && !(await this.removes(manager, job))) {
      return this.ending.conclude(manager, job, job.absentees && withheldProblem(job.absentees));
    }
    await this.imports.change(manager, job, {
      state: 'running',
      nextStep: null,
      abortRequested: false,
      runs: job.runs + 1,
      ...point,
      restorePointId: job.restorePointId ?? point.runPointId,
      pointReady: false,
      pointAskedAt: new Date(),
    });
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    const { id: importId, entity, runs: run } = job;
    const request = { importId, restorePointId: point.runPointId, run, entity, fileName };
    await this.outbox.publish(importRestorePointRequested, request);
  }

  /** Whether a run without a row for anybody has something to do all the same: its plan found that somebody is absent. */
  private async removes(manager: EntityManager, { id, absentees }: ImportJob): Promise<boolean> {
    return absentees !== null && absentees.withheld === null && (await this.absent.isAwaitedByRun(manager, id));
  }
}
