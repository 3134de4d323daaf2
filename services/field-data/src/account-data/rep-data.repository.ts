import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { readList } from '../records/record-statements.js';
import { columnsOf, type RecordTable } from '../records/record-table.js';
import type { StoredRow } from '../records/stored-row.js';

/** Before every id. */
const FIRST: Id = '0'.repeat(32);

/** Records of one kind, and which versions of them. */
export interface RecordsState {
  readonly entity: string;
  readonly count: number;
  readonly sum: string;
}

/** All records of a rep as they are, those in the recycle bin among them. */
@Injectable()
export class RepDataRepository {
  /** @throws Error for a field that the entity does not have */
  page(
    manager: EntityManager,
    table: RecordTable,
    rep: { readonly companyId: Id; readonly repId: Id },
    fields: readonly string[],
    { after, limit }: { readonly after: Id | null; readonly limit: number },
  ): Promise<StoredRow[]> {
    // The id is read in any case, and has no column of its own.
    const columns = columnsOf(table, new Set(fields.filter((field) => field !== 'id')));
    return manager.query<StoredRow[]>(
      `select ${readList(columns)} from ${table.table} r
        where r.company_id = $1 and r.rep_id = $2 and r.id > $3 order by r.id limit $4`,
      [rep.companyId, rep.repId, after ?? FIRST, limit],
    );
  }

  /** The sum of a hash of each, so that no order and no memory is needed. Every change of a record counts its version up. */
  async state(manager: EntityManager, { table, schema }: RecordTable, companyId: Id, repId: Id): Promise<RecordsState> {
    const [row] = await manager.query<Omit<RecordsState, 'entity'>[]>(
      `select count(*)::int as count,
              coalesce(sum(hashtextextended(concat_ws(' ', id, version, extract(epoch from updated_at)), 0)), 0)::text as sum
         from ${table} where company_id = $1 and rep_id = $2`,
      [companyId, repId],
    );
    return { entity: schema.name, count: 0, sum: '0', ...row };
  }
}
