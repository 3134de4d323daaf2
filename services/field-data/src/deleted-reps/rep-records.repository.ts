import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { RecordTable } from '../records/record-table.js';

/** All records of a rep, those in the recycle bin among them. */
@Injectable()
export class RepRecordsRepository {
  /** Deletes up to `limit` of them, not into the recycle bin. */
  async remove(manager: EntityManager, { table }: RecordTable, companyId: Id, repId: Id, limit: number): Promise<Id[]> {
    const [rows] = await manager.query<[{ id: Id }[], number]>(
      `delete from ${table} where id = any(array(
         select id from ${table} where company_id = $1 and rep_id = $2 order by id limit $3 for update))
       returning id`,
      [companyId, repId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Empties the change log of records that are gone, so that no restore brings them back. */
  async forget(manager: EntityManager, { table }: RecordTable, ids: readonly Id[]): Promise<void> {
    await manager.query(`select forget_${table}($1::uuid[])`, [[...ids]]);
  }
}
