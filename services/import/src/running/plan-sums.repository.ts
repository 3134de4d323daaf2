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

export class PlanSumsRepository {
  /** Worker role. */
  answered(manager: EntityManager, entities: readonly string[]): Promise<AnsweredPlan[]> {
    return manager.query(
      `select id as "importId", company_id as "companyId", created_by as actor from import_job
       where state = 'planning' and open_chunks = 0 and entity = any($1::text[]) order by id`,
      [entities],
    );
  }

  /** Whether rows were found invalid while staging: nobody has asked for whom they stand. */
  async hasSettled(manager: EntityManager, importId: Id): Promise<boolean> {
    const found = await manager.query<unknown[]>(
      `select 1 from import_chunk where import_id = $1 and settled_count > 0 limit 1`,
      [importId],
    );
    return found.length > 0;
  }

  /** In the order of the file, some at a time. */
  chunks(manager: EntityManager, importId: Id, after: number): Promise<PlannedChunk[]> {
    return manager.query(
      `select seq, planned from import_chunk where import_id = $1 and seq > $2 and planned is not null
       order by seq limit 16`,
      [importId, after],
    );
  }

  chunksOf(manager: EntityManager, importId: Id, seqs: readonly number[]): Promise<PlannedChunk[]> {
    return manager.query(
      `select seq, planned from import_chunk where import_id = $1 and seq = any($2::integer[]) and planned is not null`,
      [importId, seqs],
    );
  }

  async replace(manager: EntityManager, importId: Id, { seq, planned }: PlannedChunk): Promise<void> {
    await manager.query(`update import_chunk set planned = $3 where import_id = $1 and seq = $2`, [
      importId,
      seq,
      planned,
    ]);
  }
}
