import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Referred } from './references.js';
import { arrayLiteral } from './array-literal.js';
import type { RecordTable } from './record-table.js';

/** Records that other records refer to. */
@Injectable()
export class ReferenceRepository {
  /** Those of a rep with these external ids or ids; what is in the recycle bin is not to be referred to. */
  find(
    manager: EntityManager,
    { table }: RecordTable,
    repId: Id,
    externalIds: readonly string[],
    ids: readonly Id[],
  ): Promise<Referred[]> {
    // Two look-ups: with `or` between them no index would do for both.
    const select = `select id, external_id as "externalId" from ${table} where rep_id = $1 and deleted_at is null`;
    return manager.query(`${select} and external_id = any($2::text[]) union ${select} and id = any($3::uuid[])`, [
      repId,
      arrayLiteral(externalIds),
      arrayLiteral(ids),
    ]);
  }

  /** What records are called by whose ids others refer to them, whosever they are. */
  async externalIds(manager: EntityManager, { table }: RecordTable, ids: readonly Id[]): Promise<Map<Id, string>> {
    const rows = await manager.query<{ id: Id; externalId: string }[]>(
      `select id, external_id as "externalId" from ${table} where id = any($1::uuid[]) and external_id is not null`,
      [arrayLiteral(ids)],
    );
    return new Map(rows.map(({ id, externalId }) => [id, externalId]));
  }
}
