import type { EntityManager } from 'typeorm';
import type { Id, RowAnswer } from '@muster/contracts';
import { HAS_MARK } from '@muster/persistence';
import type { ChunkOrder } from './chunk-order.js';

/** What `begin` found: the chunk is ours to apply, it was applied before, or it must not be applied. */
export type ChunkBeginning =
  { readonly kind: 'ours' } | { readonly kind: 'repeat'; readonly answers: RowAnswer[] } | { readonly kind: 'no-mark' };

export class ChunkResultRepository {
  /** Claims the chunk. Where another transaction is applying it, waits for its end. */
  async begin(manager: EntityManager, companyId: Id, order: ChunkOrder): Promise<ChunkBeginning> {
    const { restorePointId, importId, seq, repId } = order;
    const claimed = await manager.query<unknown[]>(
      `insert into chunk_result (restore_point_id, company_id, import_id, seq, rep_id)
       select $1, $2, $3, $4, $5 where (${HAS_MARK}) on conflict do nothing returning 1`,
      [restorePointId, companyId, importId, seq, repId],
    );
    if (claimed.length > 0) return { kind: 'ours' };
    const [known] = await manager.query<{ answers: string }[]>(
      `select answers from chunk_result where company_id = $1 and import_id = $2 and seq = $3`,
      [companyId, importId, seq],
    );
    return known ? { kind: 'repeat', answers: JSON.parse(known.answers) as RowAnswer[] } : { kind: 'no-mark' };
  }

  async finish(
    manager: EntityManager,
    companyId: Id,
    { importId, seq }: ChunkOrder,
    answers: RowAnswer[],
  ): Promise<void> {
    await manager.query(`update chunk_result set answers = $4 where company_id = $1 and import_id = $2 and seq = $3`, [
      companyId,
      importId,
      seq,
      JSON.stringify(answers),
    ]);
  }
}
