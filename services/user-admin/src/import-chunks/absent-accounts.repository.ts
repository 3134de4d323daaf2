import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';

@Injectable()
export class AbsentAccountsRepository {
  /**
   * Active staff accounts that no row of the import stands for, and that were there at the restore point; in the order of
   * their ids.
   */
  async find(manager: EntityManager, companyId: Id, importId: Id, restorePointId: Id): Promise<Id[]> {
    const rows = await manager.query<{ id: Id }[]>(
      `with absent as materialized (
         select u.id from user_account u
          where u.company_id = $1 and u.kind = 'staff' and u.login_enabled
            and u.id not in (select p.id from chunk_result r, unnest(r.record_ids) p(id)
                              where r.company_id = $1 and r.import_id = $2))
       select a.id from absent a
        where not exists (select 1 from user_account_change c, mark m
                           where c.record_id = a.id and c.op = 'I' and m.company_id = $1 and m.restore_point_id = $3
                             and not pg_visible_in_snapshot(c.xid, m.snapshot))
        order by a.id`,
      [companyId, importId, restorePointId],
    );
    return rows.map(({ id }) => id);
  }

  /** How many accounts for which no row stands the import has deactivated. */
  async countDeactivated(manager: EntityManager, companyId: Id, importId: Id, restorePointId: Id): Promise<number> {
    const [row] = await manager.query<{ n: number }[]>(
      `select count(distinct c.record_id)::integer as n from user_account_change c join user_account u on u.id = c.record_id
        where c.company_id = $1 and c.cause = $2 and c.op = 'U' and not u.login_enabled
          and (c.old ->> 'login_enabled')::boolean
          and c.xid >= (select pg_snapshot_xmin(m.snapshot) from mark m where m.company_id = $1 and m.restore_point_id = $4)
          and c.record_id not in (select p.id from chunk_result r, unnest(r.record_ids) p(id)
                                   where r.company_id = $1 and r.import_id = $3)`,
      [companyId, `import:${importId}`, importId, restorePointId],
    );
    return row?.n ?? 0;
  }

  async countActive(manager: EntityManager, companyId: Id, ids: readonly Id[]): Promise<number> {
    const [row] = await manager.query<{ active: number }[]>(
      `select count(*)::integer as active from user_account u
        where u.company_id = $1 and u.kind = 'staff' and u.login_enabled and u.id = any($2::uuid[])`,
      [companyId, ids],
    );
    return row?.active ?? 0;
  }
}
