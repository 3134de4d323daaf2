import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { BackgroundTask } from '@muster/messaging';
import { compileMapping } from '@muster/import-model';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { AssignmentService } from '../assignment/assignment.service.js';
import { filesAsConfigured } from '../imports/open-as-configured.js';
import { withGoneOf } from '../imports/counters.js';
import { NO_PLAN, type ImportJob, type NextStep } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { Ending } from '../running/ending.js';
import { PartRepository } from '../parts/part.repository.js';
import { offsetsInOneFile, requireRows, type SourceFile } from '../parts/part-rules.js';
import { mayPass } from '../running/may-pass.js';
import { Phases } from '../running/phases.js';
import { EntitySchemas } from '../schema/entity-schemas.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { UploadReader } from '../uploads/upload-reader.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { keepEntered } from './keep-entered.js';
import { RestRepository, type Before } from './rest.repository.js';
import { StagedFile } from './staged-file.js';
import { StagingPass } from './staging-pass.js';
import { LeaseLost, StagingRepository, type Lease } from './staging.repository.js';
import { takeDuplicatesOut } from './take-duplicates-out.js';

const POLL_MS = 2_000;
const LEASE_SECONDS = 30;
const MOST_TRIES = 5;

/**
 * Stages imports: one pass over the file that cuts it into chunks per rep. It runs outside of a transaction under a lease;
 * when its process dies, another takes the import over with the next attempt and begins anew.
 */
@Injectable()
export class Stager extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly staging: StagingRepository,
    private readonly rest: RestRepository,
    private readonly assignment: AssignmentService,
    private readonly phases: Phases,
    private readonly ending: Ending,
    private readonly reader: UploadReader,
    private readonly companies: CompanyProfile,
    private readonly schemas: EntitySchemas,
  ) {
    super('stager', POLL_MS);
  }

  /** Begins to stage an import. @throws Problem parts_open */
  async begin(manager: EntityManager, job: ImportJob, nextStep: NextStep | null): Promise<void> {
    await this.parts.requireClosed(manager, job.uploadId);
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
    this.uow.afterCommit(() => this.wake());
  }

  /** @returns whether there was one */
  protected async work(): Promise<boolean> {
    const lease = await this.uow.runAsWorker((manager) => this.staging.claim(manager, LEASE_SECONDS));
    if (!lease) return false;
    try {
      // Where the process itself went down each time, nobody was there to count.
      if (lease.tries > MOST_TRIES) throw new Problem('internal_error');
      await this.stage(lease);
    } catch (error) {
      await this.giveUp(lease, error);
    }
    return true;
  }

  /** What went wrong is the file's fault, or it may pass, or it would go wrong for ever. */
  private async giveUp(lease: Lease, error: unknown): Promise<void> {
    const { importId, tries } = lease;
    if (error instanceof LeaseLost) return this.logger.log({ importId, msg: 'Staging was taken over or aborted' });
    if (mayPass(error)) {
      await this.uow.runAsWorker((manager) => this.staging.forgetTry(manager, lease));
      throw error;
    }
    if (error instanceof Problem) return this.fail(lease, error);
    if (tries < MOST_TRIES) throw error;
    this.logger.error({ importId, msg: `Staging failed ${tries} times`, err: error });
    await this.fail(lease, new Problem('internal_error', { cause: error }));
  }

  private async stage(lease: Lease): Promise<void> {
    const scope = scopeOf(lease);
    const { job, upload, files, before } = await this.uow.run(scope, async (manager) => {
      await this.staging.clear(manager, lease);
      const found = await this.imports.get(manager, lease.importId);
      const whole = await this.uploads.get(manager, found.uploadId);
      const rest = await this.rest.before(manager, found);
      return { job: found, upload: whole, files: await this.parts.filesOf(manager, whole), before: rest };
    });
    const staged = await this.readFiles(lease, job, files, before);
    const stillOurs = () => this.renew(lease, upload.byteSize);
    await takeDuplicatesOut(this.uow, scope, this.staging, lease, staged, stillOurs);
    await stillOurs();
    const { userMapping = {} } = job.configuration;
    const found = staged.reps();
    const resolved = await this.assignment.resolve(job, found);
    const reps = keepEntered(found, resolved, before.reps, userMapping, job.rowOffset);
    await this.uow.run(scope, async (manager) => {
      await this.staging.hold(manager, lease);
      const counted = await this.rest.replace(manager, lease, job.reading, before, reps);
      const counters = withGoneOf(counted, job.counters);
      await this.assignment.save(manager, lease.importId, resolved);
      const isInParts = files.some(({ part }) => part !== undefined) && !offsetsInOneFile(files);
      const partOffsets = isInParts ? staged.offsets : null;
      const { layout } = staged;
      await this.staging.complete(manager, lease, { layout, counters, partOffsets, bytes: upload.byteSize });
      await this.goOn(manager, lease);
    });
  }

  /** One pass over the files, in their order. */
  private async readFiles(
    lease: Lease,
    job: ImportJob,
    files: readonly SourceFile[],
    before: Before,
  ): Promise<StagedFile> {
    const { timeZone, limits } = await this.companies.of(job.companyId);
    const schemaOf = await this.schemas.forDocument(job.companyId, job.configuration);
    const pass = new StagingPass(
      (first, cut) => this.uow.run(scopeOf(lease), (manager) => this.staging.insertChunks(manager, lease, first, cut)),
      (bytesRead) => this.renew(lease, bytesRead),
    );
    const offsets = offsetsInOneFile(files)?.map((offset) => job.rowOffset + offset) ?? [job.rowOffset];
    const isSync = job.configuration.mode === 'sync';
    let staged: StagedFile | undefined;
    let bytesBefore = 0;
    for await (const file of filesAsConfigured(this.reader, files, job.configuration)) {
      const format = { ...file.source, timeZone };
      const mapping = compileMapping(job.configuration, file.source.columns, schemaOf(job.entity), format);
      const offset = offsets.shift();
      if (staged) staged.nextPart(mapping, offset);
      else staged = new StagedFile(mapping, offset, before, isSync);
      let bytesRead = 0;
      for await (const batch of file.rows(limits.rows)) {
        await pass.write(staged.add(batch.rows));
        bytesRead = batch.bytesRead;
        await pass.beat(bytesBefore + bytesRead);
      }
      bytesBefore += bytesRead;
      requireRows(staged.rowsRead, limits);
    }
    // An upload has a file; a series is closed with its first part at least.
    if (!staged) throw new Problem('no_data_rows');
    await pass.write(staged.finish());
    return staged;
  }

  private renew(lease: Lease, bytesRead: number): Promise<void> {
    return this.uow.runAsWorker((manager) => this.staging.renew(manager, lease, LEASE_SECONDS, bytesRead));
  }

  /** The step that was asked for after the staging, in the same unit of work. */
  private async goOn(manager: EntityManager, lease: Lease): Promise<void> {
    const job = await this.imports.getLocked(manager, lease.importId);
    await this.ending.orFail(manager, job, async () => {
      if (job.nextStep === 'plan') await this.phases.startPlan(manager, job, null);
      if (job.nextStep === 'run') await this.phases.startRun(manager, job);
    });
  }

  private async fail(lease: Lease, problem: Problem): Promise<void> {
    await this.uow.run(scopeOf(lease), async (manager) => {
      const job = await this.imports.getLocked(manager, lease.importId);
      if (job.attempt !== lease.attempt || job.state !== 'staging') return;
      await this.ending.giveUp(manager, job, 'failed', { code: problem.code, params: problem.params });
    });
  }
}

function scopeOf({ companyId, actor, importId }: Lease): Scope {
  return { companyId, actor, cause: `import:${importId}` };
}
