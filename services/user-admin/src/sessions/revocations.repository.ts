import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Revocation } from '@muster/contracts';

export interface RevocationsAnswer {
  /** What had been committed: a snapshot, because rows of slow transactions come late with low numbers. */
  cursor: string;
  revocations: Revocation[];
}

const REVOCATION = `jsonb_build_object('kind', kind, 'id', replace(subject_id::text, '-', ''), 'minVersion', min_version,
  'exceptSession', replace(except_session::text, '-', ''))`;

/** For units of work of the worker. Rows are written by triggers, see the migration. */
@Injectable()
export class RevocationsRepository {
  /** Those in force that `cursor` has not seen; all without one. */
  async since(manager: EntityManager, cursor: string | null): Promise<RevocationsAnswer> {
    const unseen =
      cursor === null
        ? '$1::text is null'
        : 'xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)';
    const [answer] = await manager.query<RevocationsAnswer[]>(
      `select pg_current_snapshot()::text as cursor,
              (select coalesce(jsonb_agg(${REVOCATION}), '[]') from "revocation"
                where until > clock_timestamp() and ${unseen}) as revocations`,
      [cursor],
    );
    if (!answer) throw new Error('A statement without rows');
    return answer;
  }

  async deleteExpired(manager: EntityManager): Promise<void> {
    await manager.query(`delete from "revocation" where until < clock_timestamp()`);
  }
}
