import type { EntityManager } from 'typeorm';
import type { Actor, Id } from '@muster/contracts';

/** A plan whose rows are answered, and whose rules over the whole file are not yet summed up. */
export interface AnsweredPlan {
  readonly importId: Id;
  readonly companyId: Id;
  readonly actor: Actor;
}

export interface PlannedChunk {
  readonly seq: number;
  readonly planned: Buffer;
}

/** Chunks whose answers are held at a time. */
export const CHUNKS_AT_ONCE = 16;

export class PlanSumsRepository {
  /** Worker role. */
  answered(manager: EntityManager): Promise<AnsweredPlan[]> {
    return manager.query(
      `select id as "importId", company_id as "companyId", created_by as actor from import_job j
       where state = 'planning' and open_chunks = 0
         and not exists (select 1 from import_rep r where r.import_id = j.id and r.absentees_state in ('due', 'sent'))
       order by id`,
    );
  }

  /** Whether there are rows of these reps that do not say for whom they stand, as the file was read. */
  async hasUnreadable(manager: EntityManager, importId: Id, repNos: readonly number[]): Promise<boolean> {
    const found = await manager.query<unknown[]>(
      `select 1 from import_chunk where import_id = $1 and rep_no = any($2::integer[]) and unreadable_count > 0 limit 1`,
      [importId, repNos],
    );
    return found.length > 0;
  }

  /** In the order of the file, some at a time. */
  chunks(manager: EntityManager, importId: Id, repNos: readonly number[], after: number): Promise<PlannedChunk[]> {
    return manager.query(
      `select seq, planned from import_chunk
       where import_id = $1 and rep_no = any($2::integer[]) and seq > $3 and planned is not null order by seq limit ${CHUNKS_AT_ONCE}`,
      [importId, repNos, after],
    );
  }

  chunksOf(manager: EntityManager, importId: Id, seqs: readonly number[]): Promise<PlannedChunk[]> {
    return manager.query(
      `select seq, planned from import_chunk where import_id = $1 and seq = any($2::integer[]) and planned is not null`,
      [importId, seqs],
    );
  }

  /** Writes other planned answers into chunks, in one statement. */
  async replace(manager: EntityManager, importId: Id, chunks: readonly PlannedChunk[]): Promise<void> {
    await manager.query(
      `update import_chunk c set planned = v.planned from unnest($2::integer[], $3::bytea[]) v (seq, planned)
       where c.import_id = $1 and c.seq = v.seq`,
      [importId, chunks.map(({ seq }) => seq), chunks.map(({ planned }) => planned)],
    );
  }
}
