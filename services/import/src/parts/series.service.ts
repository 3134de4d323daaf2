import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { Idempotency, type Caller } from '@muster/platform';
import { asStored } from '../configurations/as-stored.js';
import type { ChosenConfiguration } from '../configurations/saved-configurations.service.js';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { ImportViews } from '../imports/import-views.js';
import { NewImports } from '../imports/new-imports.js';
import type { Then, UnattendedCall } from '../imports/unattended-form.js';
import { Ending } from '../running/ending.js';
import { formFingerprint } from '../uploads/form-fingerprint.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { UploadRepository } from '../uploads/upload.repository.js';
import type { AcceptedUpload } from '../uploads/uploads.service.js';
import { PartRepository } from './part.repository.js';
import { isSamePart, missingParts } from './part-rules.js';
import type { PartOfSeries } from './part-of-series.dto.js';
import { nextStepOf, type OpenPartsBody } from './parts.dto.js';
import { SeriesSteps, type NewSeries } from './series-steps.js';
import type { UploadSeries } from './upload-series.entity.js';

/** Opens imports for files that come in parts, by the name that their senders give the series. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly uploads: UploadRepository,
    private readonly parts: PartRepository,
    private readonly newImports: NewImports,
    private readonly steps: SeriesSteps,
    private readonly companies: CompanyProfile,
    private readonly ending: Ending,
    private readonly idempotency: Idempotency,
    private readonly views: ImportViews,
  ) {}

  /** Opens an import for parts, or answers with the one that is open under the name. */
  async open(
    caller: Caller,
    { seriesId, count }: OpenPartsBody,
    chosen: ChosenConfiguration,
    then: Then,
    key: string | undefined,
  ): Promise<ImportDto> {
    const prepared = await this.newImports.of(caller, newId(), [], chosen, null);
    const said = {
      seriesId: seriesId ?? null,
      partCount: count ?? null,
      nextStep: nextStepOf(then, prepared.configuration),
    };
    const fingerprint = `parts ${JSON.stringify([prepared.configuration, said])}`;
    return this.idempotency.run(caller, key, fingerprint, () =>
      this.uow.run(caller, async (manager) => {
        const { job, series } = await this.openOrJoin(manager, prepared, said);
        if (series.closedAt) throw seriesClosed(series);
        return this.views.one(manager, caller, job);
      }),
    );
  }

  /**
   * One call of an unattended import in parts: takes the file in as a part, and starts the run with the last one that comes.
   * A part that is sent again is answered as it was, also after that.
   */
  async arrive(
    caller: Caller,
    { upload, fields }: AcceptedUpload,
    { seriesId, part, parts: partCount }: PartOfSeries,
    { key, choose, thenOf, said, origin }: UnattendedCall,
  ): Promise<ImportDto> {
    const given = { upload, part };
    const prepared = await this.newImports.of(caller, newId(), [given], await choose(fields), null);
    Object.assign(prepared, { unattended: true, origin });
    const nextStep = nextStepOf(await thenOf(fields), prepared.configuration);
    const { limits } = await this.companies.of(caller.companyId);
    return this.idempotency.run(caller, key, formFingerprint(upload, fields, said), () =>
      this.uow.run(caller, async (manager) => {
        const { job, series } = await this.openOrJoin(manager, prepared, { seriesId, partCount, nextStep });
        if (series.closedAt) {
          await this.requireRepeat(manager, series, given);
          return this.views.one(manager, caller, job);
        }
        this.steps.requireOpen(caller, job, series, part);
        const { configuration: checked } = prepared;
        await this.steps.put(manager, { job, series, given, isNew: true, checked, limits });
        return this.views.one(manager, caller, await this.startIfComplete(manager, job, series));
      }),
    );
  }

  /** Whoever comes first opens the series; the others find it. @throws Problem series_in_use */
  private async openOrJoin(
    manager: EntityManager,
    prepared: ImportJob,
    said: NewSeries,
  ): Promise<{ job: ImportJob; series: UploadSeries }> {
    const { seriesId, partCount } = said;
    const { companyId, configuration } = prepared;
    if (seriesId !== null) {
      await this.parts.lockName(manager, companyId, seriesId);
      const series = await this.parts.findByName(manager, companyId, seriesId);
      if (series) {
        const job = await this.imports.getLocked(manager, series.importId);
        const isSame = isDeepStrictEqual(job.configuration, asStored(configuration));
        const differs = partCount !== null && series.partCount !== null && partCount !== series.partCount;
        if (!isSame || differs || job.uploadId !== series.uploadId) throw seriesInUse(series);
        if (partCount !== null && series.partCount === null) {
          await this.parts.change(manager, series, { partCount });
        }
        return { job, series };
      }
    }
    return { job: prepared, series: await this.steps.open(manager, prepared, said) };
  }

  /** @returns the import that goes on: this one, or one of the same content that does already */
  private async startIfComplete(manager: EntityManager, job: ImportJob, series: UploadSeries): Promise<ImportJob> {
    const { partCount: count } = series;
    const parts = await this.parts.parts(manager, series.uploadId);
    if (count === null || missingParts({ partCount: count, parts }).length > 0) return job;
    await this.imports.lockRuns(manager, job.companyId, job.entity);
    const { sha256 } = await this.uploads.get(manager, series.uploadId);
    const same = await this.imports.findSame(manager, job.companyId, sha256, job.configuration);
    if (!same) {
      await this.steps.close(manager, job, series, { count });
      return job;
    }
    await this.parts.change(manager, series, { closedAt: new Date() });
    await this.ending.end(manager, job, 'cancelled', { code: 'import_running', params: { importId: same.id } });
    return same;
  }

  /** @throws Problem series_closed when it is not what came in as this part */
  private async requireRepeat(
    manager: EntityManager,
    series: UploadSeries,
    given: { upload: AcceptedUpload['upload']; part: number },
  ): Promise<void> {
    const present = (await this.parts.parts(manager, series.uploadId)).find(({ part }) => part === given.part);
    if (!present || !isSamePart(present, given)) throw seriesClosed(series);
  }
}

function seriesInUse({ seriesId, importId }: UploadSeries): Problem {
  return new Problem('series_in_use', { params: { seriesId: seriesId ?? '', importId } });
}

function seriesClosed({ seriesId, importId }: UploadSeries): Problem {
  return new Problem('series_closed', { params: { seriesId: seriesId ?? '', importId } });
}
