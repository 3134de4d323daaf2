import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';

/** A rep of a company. */
export interface Rep {
  readonly companyId: Id;
  readonly repId: Id;
}

const LOCK = `hashtextextended('field-data schedule ' || $1, 0)`;

/**
 * Whether reps still have their own schedule, as far as records are concerned. Whoever adds records of a rep holds its
 * schedule first; whoever ends a schedule waits for all of them, and none of those who come later finds it open.
 */
@Injectable()
export class RepSchedulesRepository {
  /** Until the unit of work ends, the schedule does not end. To be called before {@link isOver}. */
  async hold(manager: EntityManager, { repId }: Rep): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock_shared(${LOCK})`, [repId]);
  }

  /** {@link hold} for many reps, in the order of their ids. To be called before {@link whichAreOver}. */
  async holdAll(manager: EntityManager, repIds: readonly Id[]): Promise<void> {
    await manager.query(
      `select count(pg_advisory_xact_lock_shared(${LOCK.replace('$1', 'r.id')}))
         from (select id from unnest($1::text[]) u(id) order by id) r`,
      [[...repIds]],
    );
  }

  /** Of which of these reps records are not to be written; see {@link isOver}. */
  async whichAreOver(manager: EntityManager, companyId: Id, repIds: readonly Id[]): Promise<Id[]> {
    const rows = await manager.query<{ id: Id }[]>(
      `select rep_id as id from rep_schedule where company_id = $1 and rep_id = any($2::uuid[]) and ended
       union
       select rep_id from record_order
        where company_id = $1 and rep_id = any($2::uuid[]) and kind = 'removal' and state = 'running'`,
      [companyId, [...repIds]],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether records of the rep are not to be written: its schedule ended, or records of one before are still being removed. */
  async isOver(manager: EntityManager, { companyId, repId }: Rep): Promise<boolean> {
    const [row] = await manager.query<{ over: boolean }[]>(
      `select exists (select 1 from rep_schedule where company_id = $1 and rep_id = $2 and ended)
           or exists (select 1 from record_order
                       where company_id = $1 and rep_id = $2 and kind = 'removal' and state = 'running') as over`,
      [companyId, repId],
    );
    return row?.over ?? false;
  }

  /**
   * Ends the schedule, or lets it begin again, once nobody holds it.
   * @returns false when a later version of the account is known: what this one says is over
   */
  async set(manager: EntityManager, { companyId, repId }: Rep, version: number, ended: boolean): Promise<boolean> {
    await manager.query(`select pg_advisory_xact_lock(${LOCK})`, [repId]);
    const set = await manager.query<unknown[]>(
      `insert into rep_schedule as known (company_id, rep_id, version, ended) values ($1, $2, $3, $4)
       on conflict (company_id, rep_id) do update
          set version = excluded.version, ended = excluded.ended, at = excluded.at where known.version < excluded.version
       returning 1`,
      [companyId, repId, version, ended],
    );
    return set.length > 0;
  }
}
