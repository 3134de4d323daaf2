import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import type { Caller, Versioned } from '@muster/platform';
import { PartRepository } from '../parts/part.repository.js';
import { isOfSameRows, readAnew, ReadingRepository } from '../reps/readings.js';
import { RestRepository } from '../staging/rest.repository.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { withGoneOf } from './counters.js';
import type { ChangeImportBody } from './import-request.dto.js';
import type { ImportDto } from './import.dto.js';
import type { ImportJob } from './import-job.entity.js';
import { ImportRepository } from './import.repository.js';
import { ImportViews } from './import-views.js';
import { NewImports } from './new-imports.js';
import { requireCommand } from './require-command.js';

/** Takes another configuration, or another file, for an import: for all of it, or for the reps that are left. */
@Injectable()
export class ImportChanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly readings: ReadingRepository,
    private readonly rest: RestRepository,
    private readonly newImports: NewImports,
    private readonly views: ImportViews,
  ) {}

  /**
   * What was staged with the former ones no longer holds. The file is read before anything is locked: it may take long.
   */
  async change(
    caller: Caller,
    id: Id,
    body: ChangeImportBody,
    ifMatch: number | undefined,
  ): Promise<Versioned<ImportDto>> {
    const seen = await this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, id);
      requireCommand(caller, job, 'configure', ifMatch);
      const { uploadId = job.uploadId } = body;
      if (uploadId !== job.uploadId) await this.parts.requireClosed(manager, uploadId);
      const upload = await this.uploads.getReadable(manager, caller, uploadId);
      return { job, upload, files: await this.parts.filesOf(manager, upload) };
    });
    const document = body.configuration ?? seen.job.configuration;
    const configuration = await this.newImports.configurationFor(caller, seen.files, document);
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, id);
      requireCommand(caller, job, 'configure', ifMatch);
      // The configuration was checked against the columns of this file, and of the parts that were in.
      const { id: uploadId, sha256 } = await this.uploads.get(manager, body.uploadId ?? job.uploadId);
      if (uploadId !== seen.upload.id || sha256 !== seen.upload.sha256) throw new Problem('version_conflict');
      // Without a document of its own the request means the one that was read.
      if (!body.configuration && job.version !== seen.job.version) throw new Problem('version_conflict');
      const saved = body.configuration ? NOT_SAVED : seen.job;
      const { configurationId, configurationVersion } = saved;
      await this.replace(manager, job, { uploadId, configuration, configurationId, configurationVersion });
      return { version: job.version, body: await this.views.one(manager, caller, job) };
    });
  }

  private async replace(manager: EntityManager, job: ImportJob, next: Parameters<typeof readAnew>[1]): Promise<void> {
    const written = await this.readings.written(manager, job);
    const isOther = job.entity !== next.configuration.entity;
    if (isOther && job.startedAt !== null) throw new Problem('import_entity_fixed', { params: { entity: job.entity } });
    if (written.byPresent) await this.readings.keep(manager, job);
    const changed = readAnew(job, next, written);
    if (isOfSameRows(job, next)) return void (await this.imports.change(manager, job, changed));
    const counters = withGoneOf(await this.rest.drop(manager, job.id), job.counters);
    await this.imports.change(manager, job, { ...changed, counters });
  }
}

const NOT_SAVED = { configurationId: null, configurationVersion: null };
