import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { parseConfiguration } from '@muster/import-model';
import { newId, UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, Idempotency, toPage, type Caller, type Versioned } from '@muster/platform';
import { AssignmentService } from '../assignment/assignment.service.js';
import { Ending } from '../running/ending.js';
import { Phases } from '../running/phases.js';
import { Writing } from '../running/writing.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { Stager } from '../staging/stager.js';
import { parseDocument, readConfiguration } from '../configurations/read-configuration.js';
import {
  SavedConfigurations,
  type ChosenConfiguration,
  type ConfigurationChoice,
} from '../configurations/saved-configurations.service.js';
import { formFingerprint } from '../uploads/form-fingerprint.js';
import { UploadReader } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { UploadsService, type AcceptedUpload } from '../uploads/uploads.service.js';
import { requireScopeFor } from './account-scope.js';
import { approvedFindings } from './approved-findings.js';
import { initialCounters } from './counters.js';
import { columnsAsConfigured, requireFile } from './open-as-configured.js';
import {
  importDto,
  type ApproveImportBody,
  type CreateImportBody,
  type ImportDto,
  type ImportListQuery,
  type ImportPage,
} from './import.dto.js';
import { ImportJob, NO_PLAN, type NextStep } from './import-job.entity.js';
import { mayResume, type ImportCommand } from './import-state.js';
import { ImportRepository } from './import.repository.js';
import { notIn, requireCommand } from './require-command.js';

type FormFields = AcceptedUpload['fields'];

const CONFIGURATION_FIELDS = ['configuration', 'importConfig'];

@Injectable()
export class ImportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly uploadsService: UploadsService,
    private readonly assignments: AssignmentService,
    private readonly reader: UploadReader,
    private readonly stager: Stager,
    private readonly phases: Phases,
    private readonly writing: Writing,
    private readonly ending: Ending,
    private readonly idempotency: Idempotency,
    private readonly schemas: EntitySchemas,
    private readonly configurations: SavedConfigurations,
  ) {}

  /** Makes an import of an uploaded file and goes as far as asked. */
  async create(caller: Caller, body: CreateImportBody, key: string | undefined): Promise<ImportDto> {
    const { uploadId, then = 'stage' } = body;
    const chosen = await this.configurations.chosen(caller, body);
    const upload = await this.uow.run(caller, (manager) => this.uploads.get(manager, uploadId));
    const job = await this.jobOf(caller, upload, chosen, then === 'stage' ? null : then);
    return this.idempotency.run(caller, key, `import ${JSON.stringify(body)}`, () =>
      this.uow.run(caller, (manager) => this.insert(manager, caller, job, upload)),
    );
  }

  /**
   * One call with file and configuration: all of it, or with `validateOnly` as far as the plan. The same file and
   * configuration sent again meanwhile is answered with the import that is under way.
   */
  async createUnattended(caller: Caller, request: IncomingMessage, key: string | undefined): Promise<ImportDto> {
    const accepted = await this.uploadsService.accept(caller, request);
    const choose = (fields: FormFields) => this.configurations.chosen(caller, choiceOf(fields));
    return this.startUnattended(caller, accepted, key, choose);
  }

  /** As {@link createUnattended}, of a file that was taken in. @param choose reads the other parts of its form */
  startUnattended(
    caller: Caller,
    { upload, fields }: AcceptedUpload,
    key: string | undefined,
    choose: (fields: FormFields) => Promise<ChosenConfiguration>,
  ): Promise<ImportDto> {
    return this.uploadsService.keepFileIfKept(upload, async () => {
      const job = await this.jobOf(caller, upload, await choose(fields), 'run');
      const unattended = { ...job, nextStep: job.configuration.options.validateOnly ? 'plan' : job.nextStep } as const;
      return this.idempotency.run(caller, key, formFingerprint(upload, fields), () =>
        this.uow.run(caller, async (manager) => {
          await this.imports.lockRuns(manager, job.companyId, job.entity);
          const same = await this.imports.findSame(manager, job.companyId, upload.sha256, job.configuration);
          if (same) return this.dto(manager, caller, same);
          await this.uploads.insert(manager, upload);
          return this.insert(manager, caller, Object.assign(new ImportJob(), unattended), upload);
        }),
      );
    });
  }

  get(caller: Caller, id: Id): Promise<Versioned<ImportDto>> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, id);
      return { version: job.version, body: await this.dto(manager, caller, job) };
    });
  }

  list(caller: Caller, query: ImportListQuery): Promise<ImportPage> {
    const before = decodeIdCursor(query.cursor);
    return this.uow.run(caller, async (manager) => {
      const jobs = await this.imports.list(manager, query, query.limit + 1, before);
      const page = toPage(jobs, query.limit, ({ id }) => [id]);
      return { items: await this.dtos(manager, caller, page.items), nextCursor: page.nextCursor };
    });
  }

  /**
   * Replaces the configuration; what was staged with the former one no longer holds. The file is read before anything is
   * locked: it may take long.
   */
  async configure(
    caller: Caller,
    id: Id,
    document: unknown,
    ifMatch: number | undefined,
  ): Promise<Versioned<ImportDto>> {
    const upload = await this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, id);
      requireCommand(caller, job, 'configure', ifMatch);
      return this.uploads.get(manager, job.uploadId);
    });
    const configuration = await this.configurationFor(caller, upload, document);
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, id);
      requireCommand(caller, job, 'configure', ifMatch);
      // The configuration was checked against the columns of this file.
      if (job.uploadId !== upload.id) throw new Problem('version_conflict');
      const { entity } = configuration;
      await this.imports.change(manager, job, {
        configuration,
        configurationId: null,
        configurationVersion: null,
        entity,
        state: 'draft',
        staged: false,
        ...NO_PLAN,
        problem: null,
      });
      return { version: job.version, body: await this.dto(manager, caller, job) };
    });
  }

  stage(caller: Caller, id: Id): Promise<ImportDto> {
    return this.command(caller, id, 'stage', (manager, job) => this.startStaging(manager, job, null));
  }

  /** Plans what is staged, or stages first. */
  async plan(caller: Caller, id: Id): Promise<ImportDto> {
    const reps = await this.assignments.resolveAnew(caller, id);
    return this.command(caller, id, 'plan', async (manager, job) => {
      await this.assignments.saveAnew(manager, job, reps);
      if (job.staged) await this.phases.startPlan(manager, job, null);
      else await this.startStaging(manager, job, 'plan');
    });
  }

  /** Runs what is staged, or stages first. */
  async run(caller: Caller, id: Id): Promise<ImportDto> {
    const reps = await this.assignments.resolveAnew(caller, id);
    return this.command(caller, id, 'run', async (manager, job) => {
      await this.assignments.saveAnew(manager, job, reps);
      if (job.staged) await this.phases.startRun(manager, job);
      else await this.startStaging(manager, job, 'run');
    });
  }

  /** Stops after the chunks in flight. */
  abort(caller: Caller, id: Id): Promise<ImportDto> {
    return this.command(caller, id, 'abort', async (manager, job) => {
      if (job.state !== 'running') return this.ending.giveUp(manager, job, 'aborted', null);
      await this.imports.change(manager, job, { abortRequested: true });
      await this.ending.endIfDone(manager, job);
    });
  }

  /**
   * Lets the run go beyond the limits of the guard, this once: as far as its plan does, or as the higher limits say.
   * @throws Problem guard_exceeded when the plan goes beyond those too
   */
  approve(caller: Caller, id: Id, { guard: raised }: ApproveImportBody): Promise<ImportDto> {
    return this.command(caller, id, 'approve', async (manager, job) => {
      const approvedGuard = approvedFindings(job.guard ?? [], raised);
      await this.imports.change(manager, job, { approvedBy: caller.actor, approvedGuard, problem: null });
      await this.phases.startRun(manager, job);
    });
  }

  /** Runs the rows that were not tried. */
  resume(caller: Caller, id: Id): Promise<ImportDto> {
    return this.command(caller, id, 'resume', async (manager, job) => {
      if (!mayResume(job)) throw notIn(job, 'resume');
      requireFile(await this.uploads.get(manager, job.uploadId));
      await this.writing.resume(manager, job);
    });
  }

  cancel(caller: Caller, id: Id): Promise<ImportDto> {
    return this.command(caller, id, 'cancel', (manager, job) => this.ending.end(manager, job, 'cancelled', null));
  }

  private command(
    caller: Caller,
    id: Id,
    command: ImportCommand,
    work: (manager: EntityManager, job: ImportJob) => Promise<void>,
  ): Promise<ImportDto> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, id);
      requireCommand(caller, job, command);
      await work(manager, job);
      return this.dto(manager, caller, job);
    });
  }

  private async startStaging(manager: EntityManager, job: ImportJob, nextStep: NextStep | null): Promise<void> {
    const state = {
      state: 'staging',
      nextStep,
      staged: false,
      ...NO_PLAN,
      bytesRead: 0,
      stagingTries: 0,
      leaseUntil: null,
      problem: null,
    } as const;
    await this.imports.change(manager, job, state);
    this.uow.afterCommit(() => this.stager.wake());
  }

  private async insert(manager: EntityManager, caller: Caller, job: ImportJob, upload: Upload): Promise<ImportDto> {
    if (job.nextStep === 'run') await this.imports.requireNoOtherRunning(manager, job.companyId, job.entity);
    await this.imports.insert(manager, job);
    this.uow.afterCommit(() => this.stager.wake());
    return importDto(job, { ...upload, fileRows: upload.rowCount, ofRun: null, reps: [] }, caller.language);
  }

  private async jobOf(
    caller: Caller,
    upload: Upload,
    { document, configurationId, configurationVersion }: ChosenConfiguration,
    nextStep: NextStep | null,
  ): Promise<ImportJob> {
    const configuration = await this.configurationFor(caller, upload, document);
    const given = {
      id: newId(), companyId: caller.companyId, entity: configuration.entity, state: 'staging', uploadId: upload.id,
      configuration, configurationId, configurationVersion, nextStep, layout: null, attempt: 0, stagingTries: 0, leaseUntil: null, staged: false, bytesRead: 0,
      counters: initialCounters(0), ...NO_PLAN, pace: null, approvedBy: null, approvedGuard: null, warnings: [], unattended: caller.role === 'key', queued: false,
      startAt: null, scheduledFor: null, windowUntil: null, lookAt: null, openChunks: 0, abortRequested: false, restorePointId: null,
      runPointId: null, pointReady: false, pointAskedAt: null, errorsBefore: 0, problem: null, createdBy: caller.actor, requestedBy: caller.userId,
      runReps: null, runs: 0, runPointAt: null, reading: 1, rowOffset: 0,
      version: 1, createdAt: new Date(), changedAt: new Date(), startedAt: null, finishedAt: null,
    } as const; // prettier-ignore
    return Object.assign(new ImportJob(), given);
  }

  /** Checks a configuration against the columns that the file has when it is read as the configuration says. */
  private async configurationFor(caller: Caller, upload: Upload, document: unknown) {
    const schemaOf = await this.schemas.forDocument(upload.companyId, document);
    const parsed = parseConfiguration(document, undefined, schemaOf);
    // With the columns, so that every fault is listed at once.
    if (!parsed.ok) return readConfiguration(document, schemaOf, upload.source.columns);
    requireScopeFor(parsed.configuration.entity, caller);
    const columns = await columnsAsConfigured(this.reader, upload, parsed.configuration);
    return readConfiguration(document, schemaOf, columns);
  }

  private async dto(manager: EntityManager, caller: Caller, job: ImportJob): Promise<ImportDto> {
    const [dto] = await this.dtos(manager, caller, [job]);
    if (!dto) throw new Problem('upload_not_found');
    return dto;
  }

  private async dtos(manager: EntityManager, caller: Caller, jobs: readonly ImportJob[]): Promise<ImportDto[]> {
    const factsOf = await this.imports.facts(manager, jobs.map(({ id }) => id)); // prettier-ignore
    return jobs.flatMap((job) => {
      const facts = factsOf.get(job.id);
      return facts ? [importDto(job, facts, caller.language)] : [];
    });
  }
}

/** What the parts of a form say about the configuration. */
function choiceOf(fields: FormFields): ConfigurationChoice {
  const text = CONFIGURATION_FIELDS.map((name) => fields.get(name)).find((value) => value !== undefined);
  const [configurationId, configurationName] = [fields.get('configurationId'), fields.get('configurationName')];
  const saved = { configurationId, configurationName };
  if (text === undefined && (configurationId ?? configurationName) !== undefined) return saved;
  return { configuration: parseDocument(text ?? '{}'), ...saved };
}
