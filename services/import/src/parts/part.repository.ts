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
      .addSelect('part.row_offset', 'row_offset')
      .where('part.upload_id = :uploadId', { uploadId })
      .orderBy('part.no')
      .getRawAndEntities<{ part_no: number; row_offset: number | null }>();
    return entities.map((upload, i) => ({
      upload,
      part: raw[i]?.part_no ?? 0,
      rowOffset: raw[i]?.row_offset ?? undefined,
    }));
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

  /**
   * Takes a file for a part, in place of the one that was it, and sums the parts up.
   * @param others all parts that are in but for this one
   * @param isOwn the file came as this part, and goes with it
   * @returns uploads whose files are given up
   */
  async put(
    manager: EntityManager,
    series: UploadSeries,
    part: NumberedPart,
    others: readonly NumberedPart[],
    isOwn: boolean,
  ): Promise<Id[]> {
    const { uploadId, companyId } = series;
    const { upload, part: no, rowOffset = null } = part;
    const givenUp = await this.takeOut(manager, uploadId, no);
    await manager.insert(UploadPart, { uploadId, companyId, no, partUploadId: upload.id, rowOffset, isOwn });
    await this.sumUp(
      manager,
      uploadId,
      [...others, part].sort((a, b) => a.part - b.part),
    );
    return givenUp;
  }

  /** Takes a part out of a series, and sums the others up. @returns uploads whose files are given up */
  async remove(manager: EntityManager, { uploadId }: UploadSeries, no: number): Promise<Id[]> {
    const givenUp = await this.takeOut(manager, uploadId, no);
    await this.sumUp(manager, uploadId, await this.parts(manager, uploadId));
    return givenUp;
  }

  /** A file that came as the part is given up, unless somebody else has come to use it. */
  private async takeOut(manager: EntityManager, uploadId: Id, no: number): Promise<Id[]> {
    const [givenUp] = await manager.query<[{ id: Id }[], number]>(
      `with part as (delete from upload_part where upload_id = $1 and no = $2 returning part_upload_id, is_own)
       update upload u set file_removed_at = clock_timestamp() from part p
        where u.id = p.part_upload_id and p.is_own and u.file_removed_at is null
          and not exists (select 1 from import_job j where j.company_id = u.company_id and j.upload_id = u.id)
          and not exists (select 1 from import_reading r where r.company_id = u.company_id and r.upload_id = u.id)
          and not exists (select 1 from upload_part o where o.part_upload_id = u.id and (o.upload_id, o.no) <> ($1, $2))
        returning u.id`,
      [uploadId, no],
    );
    return givenUp.map(({ id }) => id);
  }

  private async sumUp(manager: EntityManager, uploadId: Id, parts: readonly NumberedPart[]): Promise<void> {
    await manager.update(Upload, { id: uploadId }, wholeOf(parts));
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
