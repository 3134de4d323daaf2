import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { Upload } from '../uploads/upload.entity.js';
import { missingParts, wholeOf, type NumberedPart, type SourceFile } from './part-rules.js';
import { UploadPart } from './upload-part.entity.js';
import { UploadSeries } from './upload-series.entity.js';

/** Uploads that are sent in parts. */
export class PartRepository {
  /** Opens a series whose upload, with nothing in it, is inserted beside. */
  async open(manager: EntityManager, series: UploadSeries): Promise<void> {
    await manager.insert(UploadSeries, series);
  }

  /** null: the upload is one file. */
  async find(manager: EntityManager, uploadId: Id): Promise<UploadSeries | null> {
    return isId(uploadId) ? manager.findOneBy(UploadSeries, { uploadId }) : null;
  }

  /** Nobody else opens or finds a series of this name until the unit of work ends. */
  async lockName(manager: EntityManager, companyId: Id, seriesId: string): Promise<void> {
    const name = JSON.stringify(['muster.import.series', companyId, seriesId]);
    await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [name]);
  }

  /** The series of this name; one that was given up before all of its parts were in gave the name free. */
  findByName(manager: EntityManager, companyId: Id, seriesId: string): Promise<UploadSeries | null> {
    return manager
      .createQueryBuilder(UploadSeries, 'series')
      .where('series.companyId = :companyId and series.seriesId = :seriesId', { companyId, seriesId })
      .andWhere(
        `(series.closedAt is not null or exists (
        select 1 from import_job j where j.id = series.import_id and j.state <> 'cancelled'))`,
      )
      .orderBy('series.uploadId', 'DESC')
      .getOne();
  }

  /** Those that are in, in the order of their numbers. */
  async parts(manager: EntityManager, uploadId: Id): Promise<NumberedPart[]> {
    const { entities, raw } = await manager
      .createQueryBuilder(Upload, 'upload')
      .innerJoin(UploadPart, 'part', 'part.part_upload_id = upload.id')
      .addSelect('part.no', 'part_no')
      .where('part.upload_id = :uploadId', { uploadId })
      .orderBy('part.no')
      .getRawAndEntities<{ part_no: number }>();
    const numbers = raw.map(({ part_no }) => part_no);
    return entities.map((upload, i) => ({ upload, part: numbers[i] ?? 0 }));
  }

  /** The files that an upload is made of: itself, or the parts that are in. */
  async filesOf(manager: EntityManager, upload: Upload): Promise<SourceFile[]> {
    const isSeries = await manager.existsBy(UploadSeries, { uploadId: upload.id });
    return isSeries ? this.parts(manager, upload.id) : [{ upload }];
  }

  /** The file that stands for an upload where one is enough: itself, or the first part that is in. @throws Problem parts_missing */
  async firstFile(manager: EntityManager, upload: Upload): Promise<Upload> {
    const [first] = await this.filesOf(manager, upload);
    if (!first) throw new Problem('parts_missing', { params: { count: 1, missing: '1' } });
    return first.upload;
  }

  /** Takes a file for a part, in place of the one that was it, and sums the parts up. */
  async put(manager: EntityManager, series: UploadSeries, part: NumberedPart): Promise<void> {
    const { uploadId, companyId } = series;
    const row = { uploadId, companyId, no: part.part, partUploadId: part.upload.id };
    await manager.upsert(UploadPart, row, ['uploadId', 'no']);
    await manager.update(Upload, { id: uploadId }, wholeOf(await this.parts(manager, uploadId)));
  }

  /** Applies a change to the series of a locked import. */
  async change(
    manager: EntityManager,
    series: UploadSeries,
    change: Partial<Pick<UploadSeries, 'partCount' | 'nextStep' | 'closedAt'>>,
  ): Promise<void> {
    await manager.update(UploadSeries, { uploadId: series.uploadId }, change);
    Object.assign(series, change);
  }

  /** @throws Problem parts_open while parts of the upload may still come */
  async requireClosed(manager: EntityManager, uploadId: Id): Promise<void> {
    const series = await this.find(manager, uploadId);
    if (!series || series.closedAt) return;
    const parts = await this.parts(manager, uploadId);
    const missing = missingParts({ partCount: series.partCount, parts }).length;
    throw new Problem('parts_open', { params: { received: parts.length, missing } });
  }
}
