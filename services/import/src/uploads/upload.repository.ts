import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import type { Caller } from '@muster/platform';
import { requireScopeFor } from '../imports/account-scope.js';
import { Upload } from './upload.entity.js';

export interface EarlierImport {
  readonly id: Id;
  readonly state: string;
  readonly createdAt: Date;
}

export class UploadRepository {
  async insert(manager: EntityManager, upload: Upload): Promise<void> {
    await this.lock(manager, upload.id);
    await manager.insert(Upload, upload);
  }

  /**
   * Whether an upload is stored for good, once the unit of work that inserts it, if there is one, has ended: its COMMIT may
   * be under way while its answer is lost already. Fails when that is not known within 10 s.
   */
  async isStored(manager: EntityManager, id: Id): Promise<boolean> {
    await manager.query(`select set_config('lock_timeout', '10s', true)`);
    await this.lock(manager, id);
    return manager.existsBy(Upload, { id });
  }

  async find(manager: EntityManager, id: Id): Promise<Upload | null> {
    return isId(id) ? manager.findOneBy(Upload, { id }) : null;
  }

  /** @throws Problem upload_not_found, also for an upload of another company */
  async get(manager: EntityManager, id: Id): Promise<Upload> {
    const upload = await this.find(manager, id);
    if (!upload) throw new Problem('upload_not_found');
    return upload;
  }

  /**
   * As {@link get}, for who wants to see its rows, or to make something of them that shows them.
   * @throws Problem forbidden when they are accounts, as an import of them says, and the caller may not see those
   */
  async getReadable(manager: EntityManager, caller: Caller, id: Id): Promise<Upload> {
    const upload = await this.get(manager, id);
    for (const entity of await this.entitiesOf(manager, id)) requireScopeFor(entity, caller);
    return upload;
  }

  /** What imports made of its rows, also as a part, and before they went on with another file. */
  private async entitiesOf(manager: EntityManager, id: Id): Promise<string[]> {
    const found = await manager.query<{ entity: string }[]>(
      `with files as (select $1::uuid as id union all select upload_id from upload_part where part_upload_id = $1)
       select entity from import_job
       where company_id = current_setting('muster.company')::uuid and upload_id in (select id from files)
       union
       select j.entity from import_reading r join import_job j on j.id = r.import_id where r.upload_id in (select id from files)`,
      [id],
    );
    return found.map(({ entity }) => entity);
  }

  private async lock(manager: EntityManager, id: Id): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('upload ' || $1, 0))`, [id]);
  }

  /** The latest imports of files with the same content, newest first; also as a part of what they imported. */
  earlierImports(manager: EntityManager, sha256: string): Promise<EarlierImport[]> {
    return manager.query<EarlierImport[]>(
      `select j.id, j.state, j.created_at as "createdAt"
       from import_job j
       where j.company_id = current_setting('muster.company')::uuid and j.upload_id in (
         select u.id from upload u where u.company_id = j.company_id and u.sha256 = $1
         union all
         select p.upload_id from upload u join upload_part p on p.part_upload_id = u.id
         where u.company_id = j.company_id and u.sha256 = $1)
       order by j.id desc limit 5`,
      [sha256],
    );
  }
}
