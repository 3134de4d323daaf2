import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importHeld, Problem, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { mayWrite, startAtOf, waitsBehind, type Others } from './turn.js';
import { WaitingRepository } from './waiting.repository.js';

/** Whether a run has its turn, and how it waits. Works on a locked import inside an open unit of work of its company. */
@Injectable()
export class Waiting {
  constructor(
    private readonly imports: ImportRepository,
    private readonly waiting: WaitingRepository,
    private readonly uploads: UploadRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Nobody else of the company and entity begins to write until the unit of work ends.
   * @returns behind whom it waits; undefined: it has its turn
   * @throws Problem import_running for a run that nobody keeps
   */
  async behindWhom(manager: EntityManager, job: ImportJob): Promise<Id | undefined> {
    const others = await this.others(manager, job);
    const behind = waitsBehind(job, others);
    if (behind !== undefined) return behind;
    // By night it waits for the other.
    if (others.running === null || startAtOf(job) === 'nightWindow') return undefined;
    throw new Problem('import_running', { params: { importId: others.running } });
  }

  /** For who is not kept: an aborted run that a machine resumes. @throws Problem waits_behind */
  async requireTurn(manager: EntityManager, job: ImportJob): Promise<void> {
    const importId = waitsBehind(job, await this.others(manager, job));
    if (importId !== undefined) throw new Problem('waits_behind', { params: { importId } });
  }

  /** The next one goes on: those who still wait, wait for it. */
  async passOn(manager: EntityManager, job: ImportJob): Promise<void> {
    await this.waiting.nameFirst(manager, job);
  }

  async mayWrite(manager: EntityManager, job: ImportJob): Promise<boolean> {
    return mayWrite(job, await this.others(manager, job), new Date());
  }

  /** What awaits approval is decided first; see `HeldRuns`. Told once: it may have to wait for the next one, too. */
  async hold(manager: EntityManager, job: ImportJob, behind: Id): Promise<void> {
    const problem = { code: 'waits_behind', params: { importId: behind } };
    const isNew = !job.queued;
    await this.imports.change(manager, job, { state: 'awaitingApproval', queued: true, nextStep: null, problem });
    if (!isNew) return;
    const { id: importId, entity, createdBy, requestedBy } = job;
    const { fileName } = await this.uploads.get(manager, job.uploadId);
    const link = `/v1/imports/${behind}`;
    const held = { importId, entity, fileName, waitsBehind: behind, link, createdBy, requestedBy };
    await this.outbox.publish(importHeld, held);
  }

  /** Until the company's night; see `NightRuns`. */
  async schedule(manager: EntityManager, job: ImportJob): Promise<void> {
    const now = new Date();
    // One that had its night and could not use it is planned anew in the next.
    const scheduledFor = job.windowUntil === null ? null : now;
    const waits = { state: 'scheduled', queued: false, nextStep: null, windowUntil: null, problem: null } as const;
    await this.imports.change(manager, job, { ...waits, scheduledFor, lookAt: now });
  }

  private async others(manager: EntityManager, job: ImportJob): Promise<Others> {
    await this.imports.lockRuns(manager, job.companyId, job.entity);
    return this.waiting.others(manager, job);
  }
}
