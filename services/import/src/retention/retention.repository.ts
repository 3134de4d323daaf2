import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';

export interface Expired {
  readonly id: Id;
  readonly companyId: Id;
}

const IS_FINAL = `state in ('completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled', 'undone')`;
/** Jobs of an upload, or of the series that it is a part of, that still need its file. */
const NEEDED = `exists (select 1 from import_job j where j.company_id = u.company_id
  and (j.upload_id in (select u.id union all select p.upload_id from upload_part p where p.part_upload_id = u.id)
    or j.id in (select r.import_id from import_reading r where r.upload_id in (
      select u.id union all select p.upload_id from upload_part p where p.part_upload_id = u.id)))
  and (not (j.${IS_FINAL}) or coalesce(j.finished_at, j.changed_at) >= $1))`;

export class RetentionRepository {
  /** For a unit of work of the worker: imports that wait for somebody who has not been seen since `before`. */
  idleDrafts(manager: EntityManager, before: Date, limit: number): Promise<Expired[]> {
    return manager.query<Expired[]>(
      `select id, company_id as "companyId" from import_job
        where state in ('draft', 'staged', 'planned', 'paused') and changed_at < $1 order by changed_at limit $2`,
      [before, limit],
    );
  }

  /** For a unit of work of the worker: uploads older than `before` whose imports have all ended before it. */
  expiredUploads(manager: EntityManager, before: Date, limit: number): Promise<Expired[]> {
    return manager.query<Expired[]>(
      `select u.id, u.company_id as "companyId" from upload u
        where u.file_removed_at is null and u.created_at < $1 and not ${NEEDED} order by u.created_at limit $2`,
      [before, limit],
    );
  }

  /** For a unit of work of the worker: files that were given up since `since`. */
  givenUp(manager: EntityManager, since: Date): Promise<Expired[]> {
    return manager.query<Expired[]>(`select id, company_id as "companyId" from upload where file_removed_at >= $1`, [
      since,
    ]);
  }

  /** Gives up the file and the rows of its imports, unless one has come to need it. @returns whether it did */
  async giveUp(manager: EntityManager, id: Id, before: Date, now: Date): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `update upload u set file_removed_at = $3 where u.id = $2 and u.file_removed_at is null and not ${NEEDED}`,
      [before, id, now],
    );
    if (count === 0) return false;
    await manager.query(
      `delete from import_chunk where import_id in (select id from import_job where upload_id = $1)`,
      [id],
    );
    return true;
  }
}
