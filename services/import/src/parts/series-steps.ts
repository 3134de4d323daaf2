import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import type { ImportConfiguration } from '@muster/import-model';
import { UnitOfWork } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { asStored } from '../configurations/as-stored.js';
import { requireScopeFor } from '../imports/account-scope.js';
import type { ImportJob, NextStep } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { Stager } from '../staging/stager.js';
import { UploadReader, type FileLimits } from '../uploads/upload-reader.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import { PartRepository } from './part.repository.js';
import { isSamePart, requireComplete, requirePartOf, requireRoom, wholeOf, type NumberedPart } from './part-rules.js';
import type { UploadSeries } from './upload-series.entity.js';
import { Waiting } from '../waiting/waiting.js';

/** What may be said of a series when it is opened. */
export type NewSeries = Pick<UploadSeries, 'seriesId' | 'partCount' | 'nextStep'>;

/** The steps of a series of parts. Every method works on a locked import inside an open unit of work of its company. */
@Injectable()
export class SeriesSteps {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly reader: UploadReader,
    private readonly stager: Stager,
    private readonly waiting: Waiting,
  ) {}

  /** Opens an import for parts. @param prepared names an upload that there is not yet */
  async open(manager: EntityManager, prepared: ImportJob, said: NewSeries): Promise<UploadSeries> {
    const { id: importId, companyId, uploadId, createdBy, createdAt } = prepared;
    const series = { ...said, uploadId, companyId, importId, closedAt: null };
    const upload = { ...wholeOf([]), id: uploadId, companyId, createdBy, createdAt, fileRemovedAt: null };
    await this.uploads.insert(manager, upload);
    await this.parts.open(manager, series);
    await this.imports.insert(manager, Object.assign(prepared, { state: 'draft', nextStep: null }));
    return series;
  }

  /** @throws Problem parts_closed, import_state, part_out_of_range when a file cannot become this part, whatever is in it */
  requireOpen(caller: Caller, { entity, state }: ImportJob, series: UploadSeries | null, part: number): UploadSeries {
    requireScopeFor(entity, caller);
    if (!series || series.closedAt) throw new Problem('parts_closed');
    if (state !== 'draft') throw new Problem('import_state', { params: { command: 'parts', state } });
    requirePartOf(series.partCount, part);
    return series;
  }

  /**
   * Takes an upload for a part of an open series, in place of the one that was it. The same file once more changes nothing.
   * @param given its upload is stored here if it `isNew`, unless it is the same file
   * @param checked the configuration that the columns of the file were found to fit; reading it may take long
   * @throws Problem series_too_large, series_too_many_rows, version_conflict
   */
  async put(manager: EntityManager, { job, series, given, isNew, checked, limits }: PutPart): Promise<NumberedPart> {
    if (!isDeepStrictEqual(job.configuration, asStored(checked))) throw new Problem('version_conflict');
    const parts = await this.parts.parts(manager, job.uploadId);
    const present = parts.find(({ part }) => part === given.part);
    if (present && isSamePart(present, given)) return present;
    const others = parts.filter((one) => one !== present);
    requireRoom([...others, given], limits);
    if (isNew) await this.uploads.insert(manager, given.upload);
    this.discard(series, await this.parts.put(manager, series, given, others, isNew));
    // Who watches the import sees it, and it is no idle draft.
    await this.imports.change(manager, job, {});
    return given;
  }

  /** Takes a part out of an open series; one that is not in changes nothing. */
  async takeBack(manager: EntityManager, job: ImportJob, series: UploadSeries, part: number): Promise<void> {
    this.discard(series, await this.parts.remove(manager, series, part));
    await this.imports.change(manager, job, {});
  }

  /** Should the process die before: retention looks for files that were given up of late. */
  private discard({ companyId }: UploadSeries, givenUp: readonly Id[]): void {
    for (const id of givenUp)
      this.uow.afterCommit(() => void this.reader.discard(companyId, id).catch(() => undefined));
  }

  /** Nothing is put any more: the parts are staged as one file. @throws Problem parts_missing and others, import_running */
  async close(manager: EntityManager, job: ImportJob, series: UploadSeries, close: CloseSeries): Promise<void> {
    const { count, nextStep = series.nextStep } = close;
    requireComplete({ ...series, parts: await this.parts.parts(manager, job.uploadId) }, count);
    if (nextStep === 'run') await this.waiting.behindWhom(manager, job);
    await this.parts.change(manager, series, { partCount: count, nextStep, closedAt: new Date() });
    await this.stager.begin(manager, job, nextStep);
  }
}

export interface PutPart {
  readonly job: ImportJob;
  readonly series: UploadSeries;
  readonly given: NumberedPart;
  readonly isNew: boolean;
  readonly checked: ImportConfiguration;
  /** Of a file of the company; asked for before anything is locked. */
  readonly limits: FileLimits;
}

export interface CloseSeries {
  readonly count: number;
  /** Preset: what was said when the series was opened. */
  readonly nextStep?: NextStep | null | undefined;
}
