import type { EntityManager } from 'typeorm';
import type { DataOf, Id, importAbsenteesAnswered } from '@muster/contracts';
import { IN_FLIGHT, RESEND_SECONDS } from '../imports/in-flight.js';

export interface AbsenteesToOrder {
  /** null: the rows are the company's. */
  readonly repId: Id | null;
  readonly most: number;
}

export interface AbsenteesSum {
  readonly absentees: number;
  readonly base: number;
  readonly removed: number;
}

/** The orders about who is absent, one for each rep of a sync; a table that is its own outbox, as that of chunks. */
export class AbsenteeQueueRepository {
  /** A plan begins: what an earlier one saw of reps that wait is over. */
  async reset(manager: EntityManager, importId: Id): Promise<void> {
    await manager.query(
      `update import_rep set absentees_state = null, absentees_sent_at = null, absentees = null, absentees_base = null
       where import_id = $1 and progress = 'waiting'`,
      [importId],
    );
  }

  /** Puts the orders of a plan into the queue. */
  async enqueuePlan(manager: EntityManager, importId: Id, repNos: readonly number[]): Promise<void> {
    await manager.query(
      `update import_rep set absentees_state = 'due' where import_id = $1 and no = any($2::integer[])`,
      [importId, repNos],
    );
  }

  /** Whether something is absent from the rows of the reps of a run. */
  async isAwaitedByRun(manager: EntityManager, importId: Id): Promise<boolean> {
    const found = await manager.query<unknown[]>(
      `select 1 from import_rep where import_id = $1 and progress = 'running' and absentees > 0 limit 1`,
      [importId],
    );
    return found.length > 0;
  }

  /** Puts the orders of a run into the queue: of its reps from whose rows something is absent. @returns how many they are */
  async enqueueRun(manager: EntityManager, importId: Id): Promise<number> {
    const [, updated] = await manager.query<[unknown, number]>(
      `update import_rep set absentees_state = 'due', absentees_sent_at = null
       where import_id = $1 and progress = 'running' and absentees > 0`,
      [importId],
    );
    return updated;
  }

  /** Marks orders as sent and hands them out: late ones again, and, unless it is aborting, new ones. Worker role. */
  send(manager: EntityManager, importId: Id, aborting: boolean): Promise<AbsenteesToOrder[]> {
    return manager.query(
      `with sent as materialized (select no, absentees_sent_at as at from import_rep where import_id = $1 and absentees_state = 'sent'),
            late as (select no from sent where at < now() - make_interval(secs => $3) order by at limit $2),
            fresh as (select no from import_rep where import_id = $1 and absentees_state = 'due' and not $4
                      order by no limit greatest(0, $2 - (select count(*) from sent))),
            chosen as (select no from late union all select no from fresh),
            marked as (update import_rep r set absentees_state = 'sent', absentees_sent_at = now() from chosen
                       where r.import_id = $1 and r.no = chosen.no returning r.no, r.user_id, r.absentees)
       select user_id as "repId", coalesce(absentees, 0) as most from marked order by no`,
      [importId, IN_FLIGHT.import, RESEND_SECONDS, aborting],
    );
  }

  /** @returns false when nobody waits for it: a repeat */
  async saveAnswer(
    manager: EntityManager,
    { importId, repId = null, dryRun, ...answer }: DataOf<typeof importAbsenteesAnswered>,
  ): Promise<boolean> {
    const removed = answer.removed ?? answer.deactivated;
    const [, updated] = await manager.query<[unknown, number]>(
      `update import_rep set absentees_state = $3, absentees_sent_at = null,
              absentees = case when $4 then $5 else absentees end, absentees_base = case when $4 then $6 else absentees_base end,
              removed = case when $4 then removed else greatest(removed, $7) end
       where import_id = $1 and absentees_state in ('sent', 'due') and (user_id = $2 or ($2::uuid is null and user_id is null))`,
      [
        importId,
        repId,
        answer.more ? 'due' : 'answered',
        dryRun === true,
        answer.planned ?? 0,
        answer.base ?? 0,
        removed,
      ],
    );
    return updated > 0;
  }

  /** Orders without an answer, and those of them that their owner has. */
  async open(manager: EntityManager, importId: Id): Promise<{ all: number; sent: number }> {
    const [counts] = await manager.query<{ all: number; sent: number }[]>(
      `select count(*)::integer as all, count(*) filter (where absentees_state = 'sent')::integer as sent
       from import_rep where import_id = $1 and absentees_state in ('due', 'sent')`,
      [importId],
    );
    return counts ?? { all: 0, sent: 0 };
  }

  /** Nothing of them is sent any more. */
  async drop(manager: EntityManager, importId: Id): Promise<void> {
    await manager.query(
      `update import_rep set absentees_state = 'answered' where import_id = $1 and absentees_state = 'due'`,
      [importId],
    );
  }

  /** Over all reps: of the last plan, and what is gone since the first. */
  async sum(manager: EntityManager, importId: Id): Promise<AbsenteesSum> {
    const [sum] = await manager.query<AbsenteesSum[]>(
      `select coalesce(sum(absentees) filter (where progress = 'waiting'), 0)::integer as absentees,
              coalesce(sum(absentees_base) filter (where progress = 'waiting'), 0)::integer as base,
              coalesce(sum(removed), 0)::integer as removed
       from import_rep where import_id = $1`,
      [importId],
    );
    return sum ?? { absentees: 0, base: 0, removed: 0 };
  }
}
