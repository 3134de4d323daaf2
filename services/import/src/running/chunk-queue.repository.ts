import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ChunkLayout } from '../staging/chunk-layout.js';

/** Chunks of one import that the owner may have at a time, in all and of one rep. */
export const IN_FLIGHT = { import: 8, rep: 2 };
const RESEND_SECONDS = 60;

export interface ActiveImport {
  readonly id: Id;
  readonly companyId: Id;
  readonly entity: string;
  readonly state: 'planning' | 'running';
  readonly layout: ChunkLayout;
  readonly runPointId: Id | null;
  readonly actor: string;
}

export interface WaitingChunk {
  readonly seq: number;
  readonly repId: Id;
  readonly rows: Buffer;
}

/** The chunk table as a queue over all companies. Worker role. */
export class ChunkQueueRepository {
  /** One process sends chunks at a time; false: it is another one. */
  async lock(manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<{ locked: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtext('muster.import.chunk-queue')) as locked`,
    );
    return row?.locked === true;
  }

  /** Imports whose chunks may go out now. */
  activeImports(manager: EntityManager): Promise<ActiveImport[]> {
    return manager.query(
      `select id, company_id as "companyId", entity, state, layout, run_point_id as "runPointId", created_by as actor
       from import_job
       where state = 'planning' or (state = 'running' and point_ready and not abort_requested)
       order by id`,
    );
  }

  /** Chunks that were sent long ago and got no answer, and as many new ones as may be in flight. */
  next(manager: EntityManager, importId: Id): Promise<WaitingChunk[]> {
    return manager.query<WaitingChunk[]>(
      `with sent as materialized (select seq, rep_no, sent_at from import_chunk where import_id = $1 and state = 'sent'),
            late as (select seq from sent where sent_at < now() - make_interval(secs => $4) order by sent_at limit $3),
            busy as (select rep_no, count(*) as n from sent group by rep_no),
            waiting as (select seq, rep_no, row_number() over (partition by rep_no order by seq) as place
                        from import_chunk where import_id = $1 and state = 'staged'),
            fresh as (select w.seq from waiting w left join busy b using (rep_no)
                      where w.place + coalesce(b.n, 0) <= $2
                      order by w.seq limit greatest(0, $3 - (select count(*) from sent)))
       select c.seq, r.user_id as "repId", c.rows
       from (select seq from late union all select seq from fresh) chosen
       join import_chunk c on c.import_id = $1 and c.seq = chosen.seq
       join import_rep r on r.import_id = $1 and r.no = c.rep_no order by c.seq`,
      [importId, IN_FLIGHT.rep, IN_FLIGHT.import, RESEND_SECONDS],
    );
  }

  async markSent(manager: EntityManager, importId: Id, seqs: readonly number[]): Promise<void> {
    await manager.query(
      `update import_chunk set state = 'sent', sent_at = now()
       where import_id = $1 and seq = any($2::integer[]) and state <> 'answered'`,
      [importId, seqs],
    );
  }
}
