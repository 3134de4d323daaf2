import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { requireScopeFor } from '../imports/account-scope.js';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { ImportViews } from '../imports/import-views.js';
import { NewImports } from '../imports/new-imports.js';
import { requireFile } from '../imports/open-as-configured.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { UploadsService } from '../uploads/uploads.service.js';
import { PartRepository } from './part.repository.js';
import type { NumberedPart } from './part-rules.js';
import {
  nextStepOf,
  partDto,
  partFacts,
  partsSummary,
  storedPartDto,
  type ClosePartsBody,
  type ImportPartsDto,
  type PutPartBody,
  type StoredPartDto,
} from './parts.dto.js';
import { ROW_OFFSET_PARTS, rowOffsetOf } from './row-offset.js';
import { SeriesSteps } from './series-steps.js';

/** The parts of an import that was opened for them, one by one. */
@Injectable()
export class PartsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly uploadsService: UploadsService,
    private readonly parts: PartRepository,
    private readonly newImports: NewImports,
    private readonly steps: SeriesSteps,
    private readonly companies: CompanyProfile,
    private readonly views: ImportViews,
  ) {}

  list(caller: Caller, importId: Id): Promise<ImportPartsDto> {
    return this.uow.run(caller, async (manager) => this.listOf(manager, await this.imports.get(manager, importId)));
  }

  /** Takes a part back. */
  remove(caller: Caller, importId: Id, part: number): Promise<ImportPartsDto> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      const series = this.steps.requireOpen(caller, job, await this.parts.find(manager, job.uploadId), part);
      await this.steps.takeBack(manager, job, series, part);
      return this.listOf(manager, job);
    });
  }

  /** Takes a file in as a part. What would refuse any file refuses this one before it is read. */
  async putFile(caller: Caller, importId: Id, part: number, request: IncomingMessage): Promise<StoredPartDto> {
    await this.uow.run(caller, (manager) => this.requireOpen(manager, caller, importId, part));
    const { upload, fields } = await this.uploadsService.accept(caller, request, ROW_OFFSET_PARTS);
    return this.uploadsService.keepFileIfKept(upload, async () =>
      this.put(caller, importId, { upload, part, rowOffset: await rowOffsetOf(fields) }, true),
    );
  }

  /** Makes an upload a part. @throws Problem upload_not_found, also for an upload that has parts itself */
  async putUpload(
    caller: Caller,
    importId: Id,
    part: number,
    { uploadId, rowOffset }: PutPartBody,
  ): Promise<StoredPartDto> {
    const upload = await this.uow.run(caller, async (manager) => {
      await this.requireOpen(manager, caller, importId, part);
      const found = await this.uploads.getReadable(manager, caller, uploadId);
      if (await this.parts.find(manager, uploadId)) throw new Problem('upload_not_found');
      return found;
    });
    requireFile(upload);
    return this.put(caller, importId, { upload, part, rowOffset }, false);
  }

  /** All parts are in: the import goes on with them. Once more with the same count is answered alike. */
  close(caller: Caller, importId: Id, { count, then }: ClosePartsBody): Promise<ImportDto> {
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      const series = await this.parts.find(manager, job.uploadId);
      const isRepeat = series !== null && series.closedAt !== null && series.partCount === count;
      if (isRepeat) requireScopeFor(job.entity, caller);
      else {
        const open = this.steps.requireOpen(caller, job, series, 1);
        await this.steps.close(manager, job, open, { count, nextStep: then && nextStepOf(then, job.configuration) });
      }
      return this.views.one(manager, caller, job);
    });
  }

  private async put(caller: Caller, importId: Id, given: NumberedPart, isNew: boolean): Promise<StoredPartDto> {
    const { configuration } = await this.uow.run(caller, (manager) => this.imports.get(manager, importId));
    const checked = await this.newImports.configurationFor(caller, [given], configuration);
    const { limits } = await this.companies.of(caller.companyId);
    return this.uow.run(caller, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      const series = this.steps.requireOpen(caller, job, await this.parts.find(manager, job.uploadId), given.part);
      const part = await this.steps.put(manager, { job, series, given, isNew, checked, limits });
      return storedPartDto(part, await this.uploads.earlierImports(manager, part.upload.sha256));
    });
  }

  private async listOf(manager: EntityManager, { uploadId }: ImportJob): Promise<ImportPartsDto> {
    const parts = await this.parts.parts(manager, uploadId);
    const facts = partFacts(await this.parts.find(manager, uploadId), parts);
    return { ...partsSummary(facts), items: parts.map(partDto) };
  }

  private async requireOpen(manager: EntityManager, caller: Caller, importId: Id, part: number): Promise<void> {
    const job = await this.imports.get(manager, importId);
    this.steps.requireOpen(caller, job, await this.parts.find(manager, job.uploadId), part);
  }
}
