import type { EntityManager } from 'typeorm';
import type { Id, RowAnswer } from '@muster/contracts';
import type { PostponedRow } from '@muster/import-model';
import { HAS_MARK } from '@muster/persistence';
import type { ChunkOrder } from './chunk-order.js';

/** What became of a chunk so far. */
export interface ChunkOutcome {
  readonly answers: readonly RowAnswer[];
  /** Rows that the last order decides. */
  readonly postponed: readonly PostponedRow[];
  /** For whom settled rows stand was not to be found out. */
  readonly unreadable?: boolean;
}

/** What `begin` found: the chunk is ours to apply, it was applied before, or it must not be applied. */
export type ChunkBeginning =
  { readonly kind: 'ours' } | ({ readonly kind: 'repeat' } & ChunkOutcome) | { readonly kind: 'no-mark' };

/** A chunk some of whose rows were postponed. */
export interface LateChunk extends ChunkOutcome {
  readonly seq: number;
}

interface StoredOutcome {
  readonly seq: number;
  readonly answers: string;
  readonly postponed: string | null;
  readonly waiting: boolean;
}

const OUTCOME = `seq, answers, postponed, waiting`;

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
    const [known] = await manager.query<StoredOutcome[]>(
      `select ${OUTCOME} from chunk_result where company_id = $1 and import_id = $2 and seq = $3`,
      [companyId, importId, seq],
    );
    return known ? { kind: 'repeat', ...outcomeOf(known) } : { kind: 'no-mark' };
  }

  async finish(
    manager: EntityManager,
    companyId: Id,
    { importId, seq }: Pick<ChunkOrder, 'importId' | 'seq'>,
    { answers, postponed, present }: ChunkOutcome & { readonly present: readonly Id[] },
  ): Promise<void> {
    await manager.query(
      `update chunk_result set answers = $4, postponed = $5, waiting = $5::text is not null, record_ids = $6::uuid[]
       where company_id = $1 and import_id = $2 and seq = $3`,
      [
        companyId,
        importId,
        seq,
        JSON.stringify(answers),
        postponed.length > 0 ? JSON.stringify(postponed) : null,
        present,
      ],
    );
  }

  /** Whether the mark of the point is there that an order is to be carried out under. */
  async hasMark(manager: EntityManager, { restorePointId }: Pick<ChunkOrder, 'restorePointId'>): Promise<boolean> {
    const [mark] = await manager.query<{ held: boolean }[]>(HAS_MARK, [restorePointId]);
    return mark?.held ?? false;
  }

  /** Every chunk of the import some of whose rows were postponed; `postponed` holds those that still wait. */
  async late(manager: EntityManager, companyId: Id, { importId }: ChunkOrder): Promise<LateChunk[]> {
    const found = await manager.query<StoredOutcome[]>(
      `select ${OUTCOME} from chunk_result where company_id = $1 and import_id = $2 and postponed is not null
       order by seq for update`,
      [companyId, importId],
    );
    return found.map((stored) => ({ seq: stored.seq, ...outcomeOf(stored) }));
  }

  /** How often rows that wait ask for each thing of the company's. */
  async waitingNeeds(manager: EntityManager, companyId: Id, importId: Id): Promise<ReadonlyMap<string, number>> {
    const found = await manager.query<{ need: string; count: number }[]>(
      `select n.need, count(*)::integer as count
       from chunk_result r, jsonb_array_elements(r.postponed::jsonb) p, jsonb_array_elements_text(p -> 'needs') n(need)
       where r.company_id = $1 and r.import_id = $2 and r.waiting group by n.need`,
      [companyId, importId],
    );
    return new Map(found.map(({ need, count }) => [need, count]));
  }

  /**
   * Empties the answers of an import that has ended; that its chunks were applied stays known for as long as a late repeat of
   * one could come.
   */
  async forget(manager: EntityManager, companyId: Id, importId: Id): Promise<void> {
    await manager.query(
      `update chunk_result set answers = '[]', postponed = null, waiting = false, record_ids = '{}'
        where company_id = $1 and import_id = $2`,
      [companyId, importId],
    );
  }

  /** Nothing of these chunks waits any more. */
  async settle(
    manager: EntityManager,
    companyId: Id,
    { importId }: ChunkOrder,
    chunks: readonly (Pick<LateChunk, 'seq' | 'answers'> & { readonly present: readonly Id[] })[],
  ): Promise<void> {
    const settled = chunks.map(({ seq, answers, present }) => ({ seq, answers: JSON.stringify(answers), present }));
    await manager.query(
      `update chunk_result r set answers = v.answers, waiting = false, record_ids = r.record_ids || v.present
       from jsonb_to_recordset($3::jsonb) v (seq integer, answers text, present uuid[])
       where r.company_id = $1 and r.import_id = $2 and r.seq = v.seq`,
      [companyId, importId, JSON.stringify(settled)],
    );
  }
}

function outcomeOf({ answers, postponed, waiting }: StoredOutcome): ChunkOutcome {
  return {
    answers: JSON.parse(answers) as RowAnswer[],
    postponed: waiting && postponed !== null ? (JSON.parse(postponed) as PostponedRow[]) : [],
  };
}
