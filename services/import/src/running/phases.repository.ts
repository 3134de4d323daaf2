import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { OutcomeCounts } from '../imports/counters.js';
import type { ImportRep } from '../imports/import-rep.entity.js';

export interface RepRows {
  readonly no: number;
  /** Rows for the owner. */
  readonly rows: number;
  /** Rows that were found invalid while staging. */
  readonly settled: number;
}

/** What an answer adds to what its rep counts. */
export interface CountedAnswers {
  readonly field: 'plan' | 'counters';
  readonly counts: OutcomeCounts;
  /** Rows that are otherwise than the plan showed. */
  readonly changedSincePlan: number;
}

export interface ChunkBefore extends Pick<ImportRep, 'plannedStatus' | 'excluded'> {
  /** The answers that were counted before its last ones come. */
  readonly counted: Buffer | null;
  /** What the plan showed that the run follows. */
  readonly planned: Buffer | null;
}

export class PhasesRepository {
  rowsOfReps(manager: EntityManager, importId: Id, repNos: readonly number[]): Promise<RepRows[]> {
    return manager.query(
      `select rep_no as no, sum(row_count)::integer as rows, sum(settled_count)::integer as settled
       from import_chunk where import_id = $1 and rep_no = any($2::integer[]) group by rep_no order by rep_no`,
      [importId, repNos],
    );
  }

  /**
   * Puts the chunks of these reps into the queue and all others out of it; what was answered of those stays.
   * @returns how many are in the queue
   */
  async enqueue(
    manager: EntityManager,
    importId: Id,
    repNos: readonly number[],
    phase: 'plan' | 'counters',
  ): Promise<number> {
    const [row] = await manager.query<{ open: number }[]>(
      `with changed as (
         update import_chunk set sent_at = null, planned = case when $3 and rep_no = any($2::integer[]) then null else planned end,
                state = case when (row_count > 0 or standing is not null) and rep_no = any($2::integer[]) then 'staged' else 'answered' end
         where import_id = $1 and (rep_no = any($2::integer[]) or state <> 'answered') returning state)
       select count(*) filter (where state = 'staged')::integer as open from changed`,
      [importId, repNos, phase === 'plan'],
    );
    return row?.open ?? 0;
  }

  /**
   * Stores an answer, and adds what became of its rows to what their rep counts. Of a run it counts also when the sending
   * of its chunk was rolled back: the owner has done it.
   * @param postponed rows of the chunk wait for the last order
   * @returns false when the chunk was not waiting for one: a repeat, or of an earlier staging or plan
   */
  async saveAnswer(
    manager: EntityManager,
    importId: Id,
    seq: number,
    { column, packed, postponed }: { column: 'planned' | 'answers'; packed: Buffer; postponed: boolean },
    { field, counts, changedSincePlan }: CountedAnswers,
  ): Promise<boolean> {
    const [, updated] = await manager.query<[unknown, number]>(
      `with answered as (
         update import_chunk set state = '${postponed ? 'postponed' : 'answered'}', ${column} = $3, sent_at = null,
                changed_since_plan = changed_since_plan + $6
         where import_id = $1 and seq = $2 and state = any($4::text[]) returning rep_no)
       update import_rep r set ${field} = r.${field} || (
         select jsonb_object_agg(c.key, (r.${field} ->> c.key)::integer + c.value::integer)
           || jsonb_build_object('unprocessed', (r.${field} ->> 'unprocessed')::integer - sum(c.value::integer))
         from jsonb_each_text($5::jsonb) c), changed_since_plan = r.changed_since_plan + $6
       from answered where r.import_id = $1 and r.no = answered.rep_no`,
      [importId, seq, packed, waitingStates(column, postponed), JSON.stringify(counts), changedSincePlan],
    );
    return updated > 0;
  }

  /** Rows of a plan that come to something else than was answered; of an import that has no reps. */
  async movePlanned(manager: EntityManager, importId: Id, moved: Partial<OutcomeCounts>): Promise<void> {
    await manager.query(
      `update import_rep r set plan = r.plan || coalesce((
         select jsonb_object_agg(c.key, (r.plan ->> c.key)::integer + c.value::integer) from jsonb_each_text($2::jsonb) c), '{}')
       where r.import_id = $1 and r.plan is not null`,
      [importId, JSON.stringify(moved)],
    );
  }

  /** What is known of a chunk that is answered in a run; undefined: there is no such chunk. */
  async chunkBefore(manager: EntityManager, importId: Id, seq: number): Promise<ChunkBefore | undefined> {
    const [chunk] = await manager.query<ChunkBefore[]>(
      `select case when c.state = 'postponed' then c.answers end as counted,
              case when r.changed_since_plan is not null then c.planned end as planned,
              r.planned_status as "plannedStatus", r.excluded
       from import_chunk c join import_rep r on r.import_id = c.import_id and r.no = c.rep_no
       where c.import_id = $1 and c.seq = $2`,
      [importId, seq],
    );
    return chunk;
  }

  /** Notes as whose the plan shows the rows. */
  async notePlanned(manager: EntityManager, importId: Id, repNos: readonly number[]): Promise<void> {
    await manager.query(
      `update import_rep set planned_status = status where import_id = $1 and no = any($2::integer[])`,
      [importId, repNos],
    );
  }

  /** Begins to count what is otherwise than the plan showed. @param changed null: there is no plan to follow */
  async followPlan(
    manager: EntityManager,
    importId: Id,
    reps: readonly { no: number; changed: number | null }[],
  ): Promise<void> {
    await manager.query(
      `update import_rep r set changed_since_plan = v.changed from jsonb_to_recordset($2::jsonb) v (no integer, changed integer)
       where r.import_id = $1 and r.no = v.no`,
      [importId, JSON.stringify(reps)],
    );
  }

  /** Takes a refused chunk back into the queue, or what waits for a refused last order. */
  async takeBack(manager: EntityManager, importId: Id, seq: number): Promise<boolean> {
    const [, updated] = await manager.query<[unknown, number]>(
      `update import_chunk set state = case state when 'sent' then 'staged' else state end, sent_at = null
       where import_id = $1 and sent_at is not null and ((seq = $2 and state = 'sent') or state = 'postponed')`,
      [importId, seq],
    );
    return updated > 0;
  }

  async countSent(manager: EntityManager, importId: Id): Promise<number> {
    const [row] = await manager.query<{ sent: number }[]>(
      `select count(*)::integer as sent from import_chunk
       where import_id = $1 and (state = 'sent' or (state = 'postponed' and sent_at is not null))`,
      [importId],
    );
    return row?.sent ?? 0;
  }

  /** Puts chunks whose answers never came into the queue again. @returns how many are in the queue */
  async requeueSent(manager: EntityManager, importId: Id): Promise<number> {
    await manager.query(
      `update import_chunk set state = 'staged', sent_at = null where import_id = $1 and state = 'sent'`,
      [importId],
    );
    const [row] = await manager.query<{ staged: number }[]>(
      `select count(*)::integer as staged from import_chunk where import_id = $1 and state in ('staged', 'postponed')`,
      [importId],
    );
    return row?.staged ?? 0;
  }
}

/** In which states a chunk takes such an answer: of a run also when the sending of its chunk was rolled back. */
function waitingStates(column: 'planned' | 'answers', postponed: boolean): string[] {
  if (column === 'planned') return ['sent'];
  return postponed ? ['sent', 'staged'] : ['sent', 'staged', 'postponed'];
}
