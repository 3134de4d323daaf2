import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { Idempotency, type Caller, type Versioned } from '@muster/platform';
import { PartRepository } from '../parts/part.repository.js';
import type { SourceFile } from '../parts/part-rules.js';
import { partOfForm } from '../parts/part-of-series.dto.js';
import { SeriesService } from '../parts/series.service.js';
import { AssignmentService } from '../assignment/assignment.service.js';
import { Ending } from '../running/ending.js';
import { Phases } from '../running/phases.js';
import { Writing } from '../running/writing.js';
import { Stager } from '../staging/stager.js';
import { SavedConfigurations } from '../configurations/saved-configurations.service.js';
import { formFingerprint } from '../uploads/form-fingerprint.js';
import type { Upload } from '../uploads/upload.entity.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { UploadsService, type AcceptedUpload } from '../uploads/uploads.service.js';
import { approvedFindings } from './approved-findings.js';
import { requireFile } from './open-as-configured.js';
import type { NewImportBody } from './create-body.js';
import type { ApproveImportBody } from './import-commands.dto.js';
import type { RunImportBody } from '../reps/run-import.dto.js';
import type { ImportDto } from './import.dto.js';
import { isUnattended } from './unattended.js';
import { choiceOfForm, thenOfForm, UNATTENDED_PARTS, type UnattendedCall } from './unattended-form.js';
import type { ImportJob } from './import-job.entity.js';
import { Waiting } from '../waiting/waiting.js';
import { mayResume, type ImportCommand } from './import-state.js';
import { ImportRepository } from './import.repository.js';
import { ImportViews } from './import-views.js';
import { NewImports } from './new-imports.js';
import { notIn, requireCommand } from './require-command.js';

/** The version of the import that a command means; undefined: whichever there is. */
type Shown = number | undefined;

@Injectable()
export class ImportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly uploadsService: UploadsService,
    private readonly assignments: AssignmentService,
    private readonly parts: PartRepository,
    private readonly newImports: NewImports,
    private readonly series: SeriesService,
    private readonly views: ImportViews,
    private readonly stager: Stager,
    private readonly phases: Phases,
    private readonly writing: Writing,
    private readonly ending: Ending,
    private readonly idempotency: Idempotency,
    private readonly configurations: SavedConfigurations,
    private readonly waiting: Waiting,
  ) {}

  /** Makes an import of an uploaded file and goes as far as asked. */
  async create(caller: Caller, body: NewImportBody, key: string | undefined): Promise<ImportDto> {
    const { then = 'stage' } = body;
    const chosen = await this.configurations.chosen(caller, body);
    if (body.parts) return this.series.open(caller, body.parts, chosen, then, key);
    const { uploadId } = body;
    const { upload, files } = await this.uow.run(caller, async (manager) => {
      const found = await this.fileOf(manager, caller, uploadId);
      await this.parts.requireClosed(manager, uploadId);
      return found;
    });
    const job = await this.newImports.of(caller, upload.id, files, chosen, then);
    return this.idempotency.run(caller, key, `import ${JSON.stringify(body)}`, () =>
      this.uow.run(caller, (manager) => this.insert(manager, caller, job)),
    );
  }

  /**
   * One call with file and configuration: all of it, with `validateOnly` as far as the plan, or as far as `then` says. The
   * same file and configuration sent again meanwhile is answered with the import that is under way.
   */
  async createUnattended(caller: Caller, request: IncomingMessage, key: string | undefined): Promise<ImportDto> {
    const accepted = await this.uploadsService.accept(caller, request, UNATTENDED_PARTS);
    const choose: UnattendedCall['choose'] = async (fields) => this.configurations.chosen(caller, choiceOfForm(fields));
    const call = { key, origin: 'api', choose, partOf: partOfForm, thenOf: thenOfForm } as const;
    return this.startUnattended(caller, accepted, call);
  }

  /** As {@link createUnattended}, of a file that was taken in. */
  startUnattended(caller: Caller, accepted: AcceptedUpload, call: UnattendedCall): Promise<ImportDto> {
    const { upload, fields } = accepted;
    return this.uploadsService.keepFileIfKept(upload, async () => {
      const part = await call.partOf(fields);
      if (part) return this.series.arrive(caller, accepted, part, call);
      const { key, said, origin } = call;
      const [chosen, then] = [await call.choose(fields), await call.thenOf(fields)];
      const job = await this.newImports.of(caller, upload.id, [{ upload }], chosen, then);
      Object.assign(job, { unattended: true, origin });
      return this.idempotency.run(caller, key, formFingerprint(upload, fields, said), () =>
        this.uow.run(caller, async (manager) => {
          await this.imports.lockRuns(manager, job.companyId, job.entity);
          // One that goes all the way is not what somebody asks for who wants to look first.
          const same =
            then === 'run' && (await this.imports.findSame(manager, job.companyId, upload.sha256, job.configuration));
          if (same) return this.views.one(manager, caller, same);
          await this.uploads.insert(manager, upload);
          return this.insert(manager, caller, job);
        }),
      );
    });
  }

  get(caller: Caller, id: Id): Promise<Versioned<ImportDto>> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, id);
      return { version: job.version, body: await this.views.one(manager, caller, job) };
    });
  }

  stage(caller: Caller, id: Id, shown: Shown): Promise<Versioned<ImportDto>> {
    return this.command(caller, id, 'stage', shown, (manager, job) => this.stager.begin(manager, job, null));
  }

  /** Plans what is staged, or stages first. */
  async plan(caller: Caller, id: Id, shown: Shown): Promise<Versioned<ImportDto>> {
    const reps = await this.assignments.resolveAnew(caller, id);
    return this.command(caller, id, 'plan', shown, async (manager, job) => {
      await this.assignments.saveAnew(manager, job, reps);
      if (job.staged) await this.phases.startPlan(manager, job, null);
      else await this.stager.begin(manager, job, 'plan');
    });
  }

  /**
   * Runs what is staged, or stages first: the chosen reps, or all that are left. A scheduled import stays so, unless it is
   * told to begin now.
   */
  async run(
    caller: Caller,
    id: Id,
    { reps: chosen, startAt }: RunImportBody,
    shown: Shown,
  ): Promise<Versioned<ImportDto>> {
    const reps = await this.assignments.resolveAnew(caller, id);
    return this.command(caller, id, 'run', shown, async (manager, job) => {
      const isScheduled = job.state === 'scheduled';
      if (isScheduled && startAt !== 'now') return;
      await this.assignments.saveAnew(manager, job, reps);
      if (chosen || !isScheduled) await this.assignments.choose(manager, job, chosen ?? null);
      await this.imports.change(manager, job, { startAt: startAt ?? null, unattended: isUnattended(caller) });
      if (isScheduled) await this.phases.goOnAfterWaiting(manager, job);
      else if (job.staged) await this.phases.startRun(manager, job);
      else await this.stager.begin(manager, job, 'run');
    });
  }

  /** Stops after the chunks in flight. */
  async abort(caller: Caller, id: Id): Promise<ImportDto> {
    const { body } = await this.command(caller, id, 'abort', undefined, async (manager, job) => {
      if (job.state !== 'running') return this.ending.giveUp(manager, job, 'aborted', null);
      await this.imports.change(manager, job, { abortRequested: true });
      await this.ending.endIfDone(manager, job);
    });
    return body;
  }

  /**
   * Lets the run go beyond the limits of the guard, this once: as far as its plan does, or as the higher limits say.
   * @throws Problem guard_exceeded when the plan goes beyond those too
   */
  async approve(
    caller: Caller,
    id: Id,
    { guard: raised }: ApproveImportBody,
    shown: Shown,
  ): Promise<Versioned<ImportDto>> {
    await this.assignments.requireAvailable(caller, id);
    return this.command(caller, id, 'approve', shown, async (manager, job) => {
      if (job.queued) throw new Problem('waits_behind', { params: job.problem?.params ?? {} });
      const approvedGuard = approvedFindings(job.guard ?? [], raised);
      await this.imports.change(manager, job, { approvedBy: caller.actor, approvedGuard, problem: null });
      await this.phases.startRun(manager, job);
    });
  }

  /** Runs the rows that were not tried. */
  async resume(caller: Caller, id: Id, shown: Shown): Promise<Versioned<ImportDto>> {
    await this.assignments.requireAvailable(caller, id);
    return this.command(caller, id, 'resume', shown, async (manager, job) => {
      if (!mayResume(job)) throw notIn(job, 'resume');
      requireFile(await this.uploads.get(manager, job.uploadId));
      await this.imports.change(manager, job, { unattended: isUnattended(caller) });
      await this.waiting.requireTurn(manager, job);
      await this.writing.resume(manager, job);
    });
  }

  cancel(caller: Caller, id: Id, shown: Shown): Promise<Versioned<ImportDto>> {
    return this.command(caller, id, 'cancel', shown, (manager, job) =>
      this.ending.end(manager, job, 'cancelled', null),
    );
  }

  /** Gives an import a command, as far as its state allows it, and if it is as the caller was shown it. */
  command(
    caller: Caller,
    id: Id,
    command: ImportCommand,
    shown: Shown,
    work: (manager: EntityManager, job: ImportJob) => Promise<void>,
  ): Promise<Versioned<ImportDto>> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, id);
      requireCommand(caller, job, command, shown);
      await work(manager, job);
      return { version: job.version, body: await this.views.one(manager, caller, job) };
    });
  }

  private async insert(manager: EntityManager, caller: Caller, job: ImportJob): Promise<ImportDto> {
    // Refused at once where it would be in the end; one that may wait is taken.
    if (job.nextStep === 'run') await this.waiting.behindWhom(manager, job);
    await this.imports.insert(manager, job);
    this.uow.afterCommit(() => this.stager.wake());
    return this.views.one(manager, caller, job);
  }

  /** An upload and what it is made of. @throws Problem upload_not_found, forbidden */
  private async fileOf(
    manager: EntityManager,
    caller: Caller,
    uploadId: Id,
  ): Promise<{ upload: Upload; files: SourceFile[] }> {
    const upload = await this.uploads.getReadable(manager, caller, uploadId);
    return { upload, files: await this.parts.filesOf(manager, upload) };
  }
}
