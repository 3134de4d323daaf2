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

export interface AnsweredChunk {
  readonly repNo: number;
}

export class PhasesRepository {
  rowsOfReps(manager: EntityManager, importId: Id): Promise<RepRows[]> {
    return manager.query(
      `select rep_no as no, sum(row_count)::integer as rows, sum(settled_count)::integer as settled
       from import_chunk where import_id = $1 group by rep_no order by rep_no`,
      [importId],
    );
  }

  /** Puts the chunks of these reps into the queue and all others out of it. @returns how many are in the queue */
  async enqueue(
    manager: EntityManager,
    importId: Id,
    repNos: readonly number[],
    phase: 'plan' | 'counters',
  ): Promise<number> {
    const [row] = await manager.query<{ open: number }[]>(
      `with changed as (
         update import_chunk set sent_at = null, answers = null, planned = case when $3 then null else planned end,
                state = case when row_count > 0 and rep_no = any($2::integer[]) then 'staged' else 'answered' end
         where import_id = $1 returning state)
       select count(*) filter (where state = 'staged')::integer as open from changed`,
      [importId, repNos, phase === 'plan'],
    );
    return row?.open ?? 0;
  }

  /**
   * Stores an answer. Of a run it counts also when the sending of its chunk was rolled back: the owner has done it.
   * @returns undefined when the chunk was not waiting for one: a repeat, or of an earlier staging or plan
   */
  async saveAnswer(
    manager: EntityManager,
    importId: Id,
    seq: number,
    column: 'planned' | 'answers',
    answers: Buffer,
  ): Promise<AnsweredChunk | undefined> {
    const [rows] = await manager.query<[AnsweredChunk[], number]>(
      `update import_chunk set state = 'answered', ${column} = $3 where import_id = $1 and seq = $2 and state = any($4::text[])
       returning rep_no as "repNo"`,
      [importId, seq, answers, column === 'answers' ? ['sent', 'staged'] : ['sent']],
    );
    return rows[0];
  }

  /** Takes a refused chunk back into the queue. */
  async takeBack(manager: EntityManager, importId: Id, seq: number): Promise<boolean> {
    const [, updated] = await manager.query<[unknown, number]>(
      `update import_chunk set state = 'staged', sent_at = null where import_id = $1 and seq = $2 and state = 'sent'`,
      [importId, seq],
    );
    return updated > 0;
  }

  /** Adds what became of rows to what their rep counts. */
  async countForRep(
    manager: EntityManager,
    importId: Id,
    no: number,
    column: 'plan' | 'counters',
    counts: OutcomeCounts,
  ): Promise<void> {
    await manager.query(
      `update import_rep r set ${column} = r.${column} || (
         select jsonb_object_agg(c.key, (r.${column} ->> c.key)::integer + c.value::integer)
           || jsonb_build_object('unprocessed', (r.${column} ->> 'unprocessed')::integer - sum(c.value::integer))
         from jsonb_each_text($3::jsonb) c)
       where r.import_id = $1 and r.no = $2`,
      [importId, no, JSON.stringify(counts)],
    );
  }

  async countSent(manager: EntityManager, importId: Id): Promise<number> {
    const [row] = await manager.query<{ sent: number }[]>(
      `select count(*)::integer as sent from import_chunk where import_id = $1 and state = 'sent'`,
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
      `select count(*)::integer as staged from import_chunk where import_id = $1 and state = 'staged'`,
      [importId],
    );
    return row?.staged ?? 0;
  }
}
