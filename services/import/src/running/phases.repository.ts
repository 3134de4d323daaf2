import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { OutcomeCounts } from '../imports/counters.js';

export interface RepRows {
  readonly no: number;
  /** Rows for the owner. */
  readonly rows: number;
  /** Rows that were found invalid while staging. */
  readonly settled: number;
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
    { field, counts }: { field: 'plan' | 'counters'; counts: OutcomeCounts },
  ): Promise<boolean> {
    const [, updated] = await manager.query<[unknown, number]>(
      `with answered as (
         update import_chunk set state = '${postponed ? 'postponed' : 'answered'}', ${column} = $3, sent_at = null
         where import_id = $1 and seq = $2 and state = any($4::text[]) returning rep_no)
       update import_rep r set ${field} = r.${field} || (
         select jsonb_object_agg(c.key, (r.${field} ->> c.key)::integer + c.value::integer)
           || jsonb_build_object('unprocessed', (r.${field} ->> 'unprocessed')::integer - sum(c.value::integer))
         from jsonb_each_text($5::jsonb) c)
       from answered where r.import_id = $1 and r.no = answered.rep_no`,
      [importId, seq, packed, waitingStates(column, postponed), JSON.stringify(counts)],
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

  /** The answers of a chunk that were counted before its last ones came; none of any other chunk. */
  async countedAnswers(manager: EntityManager, importId: Id, seq: number): Promise<Buffer | null> {
    const [chunk] = await manager.query<{ answers: Buffer | null }[]>(
      `select answers from import_chunk where import_id = $1 and seq = $2 and state = 'postponed'`,
      [importId, seq],
    );
    return chunk?.answers ?? null;
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
