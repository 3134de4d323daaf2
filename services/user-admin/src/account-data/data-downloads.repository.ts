import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { DataDownload } from './data-download.entity.js';

@Injectable()
export class DataDownloadsRepository {
  /** The digest of the records that were downloaded last; undefined: none ever were. */
  async digestOf(manager: EntityManager, userId: Id): Promise<string | undefined> {
    return (await manager.findOneBy(DataDownload, { userId }))?.digest;
  }

  /** Unless the account was deleted while its data was on the way. */
  async note(manager: EntityManager, { userId, companyId, digest, sentAt }: DataDownload): Promise<void> {
    await manager.query(
      `insert into data_download (user_id, company_id, digest, sent_at)
       select u.id, $2, $3, $4 from user_account u where u.id = $1 for key share
       on conflict (user_id) do update set digest = excluded.digest, sent_at = excluded.sent_at`,
      [userId, companyId, digest, sentAt],
    );
  }
}
