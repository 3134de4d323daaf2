import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Scope } from '@muster/persistence';
import type { RecordTable } from '../records/record-table.js';
import { CustomFieldRemoval } from './custom-field-removal.entity.js';

/** Before every id. */
const FIRST: Id = '0'.repeat(32);

export interface DueRemoval extends Scope {
  readonly removalId: Id;
}

@Injectable()
export class CustomFieldRemovalRepository {
  /** For a unit of work of the worker. */
  due(manager: EntityManager, limit: number): Promise<DueRemoval[]> {
    return manager.query<DueRemoval[]>(
      `select id as "removalId", company_id as "companyId", actor, cause from custom_field_removal order by id limit $1`,
      [limit],
    );
  }

  /** Nobody else takes a step of it meanwhile; null when somebody does, or it has come to its end. */
  lock(manager: EntityManager, id: Id): Promise<CustomFieldRemoval | null> {
    const query = manager.createQueryBuilder(CustomFieldRemoval, 'r').where('r.id = :id', { id });
    return query.setLock('pessimistic_write').setOnLocked('skip_locked').getOne();
  }

  /** Looks at the next records in the order of their ids, and takes the value out of those that have one. */
  async next(
    manager: EntityManager,
    { table }: RecordTable,
    { companyId, name, atRecord }: CustomFieldRemoval,
    limit: number,
  ): Promise<{ looked: Id[]; changed: { id: Id; repId: Id }[] }> {
    const rows = await manager.query<{ id: Id; has: boolean }[]>(
      `select id, jsonb_exists(custom_fields, $3) as has from ${table} where company_id = $1 and id > $2
       order by id limit $4 for no key update`,
      [companyId, atRecord ?? FIRST, name, limit],
    );
    const ids = rows.flatMap(({ id, has }) => (has ? [id] : []));
    const [changed] = await manager.query<[{ id: Id; repId: Id }[], number]>(
      `update ${table} set custom_fields = custom_fields - $2::text, version = version + 1, updated_at = clock_timestamp()
       where id = any($1::uuid[]) returning id, rep_id as "repId"`,
      [ids, name],
    );
    return { looked: rows.map(({ id }) => id), changed };
  }

  async advance(manager: EntityManager, id: Id, atRecord: Id): Promise<void> {
    await manager.update(CustomFieldRemoval, { id }, { atRecord });
  }

  async end(manager: EntityManager, id: Id): Promise<void> {
    await manager.delete(CustomFieldRemoval, { id });
  }
}
