import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importRestorePointRequested } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId } from '@muster/persistence';
import type { ImportJob } from '../imports/import-job.entity.js';
import { errorsOf, finalStateOf, tooManyErrors } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { Ending } from './ending.js';
import { PhasesRepository } from './phases.repository.js';
import { RowQueue } from './row-queue.js';

/** The part of a run in which rows are written. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Writing {
  constructor(
    private readonly imports: ImportRepository,
    private readonly rows: RowQueue,
    private readonly chunks: PhasesRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
    private readonly ending: Ending,
  ) {}

  /** Nothing forbids the run any more. @throws Problem no_known_rep */
  async begin(manager: EntityManager, job: ImportJob): Promise<void> {
    const { errorPolicy, maxErrors } = job.configuration.options;
    const { counters, openChunks } = await this.rows.enqueue(manager, job, 'counters');
    // The assignment may have changed since the plan.
    if (errorPolicy === 'allOrNothing' && errorsOf(counters) > 0) return this.ending.refuse(manager, job, counters);
    await this.imports.change(manager, job, {
      counters,
      openChunks,
      errorsBefore: 0,
      startedAt: new Date(),
      problem: null,
    });
    if (tooManyErrors(counters, 0, maxErrors)) {
      return this.ending.end(manager, job, finalStateOf(counters, 'aborted'), null);
    }
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

  /** Asks for the restore point; chunks go out once it is ready. */
  private async goOn(manager: EntityManager, job: ImportJob): Promise<void> {
    if (job.openChunks === 0) return this.ending.end(manager, job, finalStateOf(job.counters, 'atEnd'), null);
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
}
