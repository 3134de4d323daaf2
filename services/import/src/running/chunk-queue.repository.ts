import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { IN_FLIGHT, RESEND_SECONDS } from '../imports/in-flight.js';
import type { ChunkLayout } from '../staging/chunk-layout.js';

/** Waiting chunks that are looked at first. */
const FRONT = 64;
const POINT_OVERDUE = `point_asked_at < now() - interval '30 seconds'`;

export interface ActiveImport {
  readonly id: Id;
  readonly companyId: Id;
  readonly entity: string;
  readonly state: 'planning' | 'running';
  readonly layout: ChunkLayout;
  readonly runPointId: Id | null;
  readonly runs: number;
  /** false: the run waits for its restore point. */
  readonly pointReady: boolean;
  /** Nothing new goes out; what was sent is sent again until it is answered. */
  readonly aborting: boolean;
  /** Of a sync: under which its owner notes who is absent. */
  readonly planId: Id | null;
  readonly fileName: string;
  readonly actor: string;
}

export interface WaitingChunk extends Pick<ImportRep, 'status' | 'excluded' | 'progress'> {
  readonly seq: number;
  /** null: the rows are the company's. */
  readonly repId: Id | null;
  readonly rows: Buffer;
  /** Of a sync: rows of which nothing becomes, with their keys. */
  readonly standing: Buffer | null;
}

/** The chunk table as a queue over all companies. Worker role. */
export class ChunkQueueRepository {
  /** Imports that may have something to send. */
  async activeImports(manager: EntityManager): Promise<Id[]> {
    const rows = await manager.query<{ id: Id }[]>(
      `select id from import_job where state = 'planning' or (state = 'running' and (point_ready or ${POINT_OVERDUE}))`,
    );
    return rows.map(({ id }) => id);
  }

  /**
   * An import as it is now, locked: nobody aborts, ends or answers it while its chunks are being sent. Locks go import
   * first, then chunk. undefined: it has nothing to send any more.
   */
  async take(manager: EntityManager, id: Id): Promise<ActiveImport | undefined> {
    const [job] = await manager.query<ActiveImport[]>(
      `select j.id, j.company_id as "companyId", j.entity, j.state, j.layout, j.run_point_id as "runPointId", j.runs,
              j.point_ready as "pointReady", j.abort_requested as aborting, (j.absentees ->> 'planId')::uuid as "planId", u.file_name as "fileName", j.created_by as actor
       from import_job j join upload u on u.id = j.upload_id
       where j.id = $1 and (j.state = 'planning' or (j.state = 'running' and (j.point_ready or ${POINT_OVERDUE})))
       for update of j`,
      [id],
    );
    return job;
  }

  async noteAsked(manager: EntityManager, id: Id): Promise<void> {
    await manager.query(`update import_job set point_asked_at = now() where id = $1`, [id]);
  }

  /**
   * Marks chunks as sent and hands them out: those that were sent long ago and got no answer, and, unless it is aborting,
   * as many new ones as may be in flight. Those are looked for among the first that wait, among all only where these are of reps
   * that have enough: a file of many reps may be a hundred thousand chunks, one of few is some thousands at most.
   */
  sendNext(manager: EntityManager, { id, aborting }: ActiveImport): Promise<WaitingChunk[]> {
    return manager.query<WaitingChunk[]>(
      `with sent as materialized (select seq, rep_no, sent_at from import_chunk where import_id = $1 and state = 'sent'),
            late as (select seq from sent where sent_at < now() - make_interval(secs => $4) order by sent_at limit $3),
            busy as materialized (select rep_no, count(*) as n from sent group by rep_no),
            room as materialized (select case when $5 then 0 else greatest(0, $3 - count(*)) end as n from sent),
            front as materialized (select seq, rep_no from import_chunk where import_id = $1 and state = 'staged'
                                   order by seq limit $6),
            near as (${within('front')}),
            enough as materialized (select (select count(*) from front) < $6
                                        or (select count(*) from near) >= (select n from room) as yes),
            others as (select seq, rep_no from import_chunk
                       where import_id = $1 and state = 'staged' and not (select yes from enough)),
            fresh as (select seq from (select seq from near where (select yes from enough)
                                       union all ${within('others')}) w
                      order by seq limit (select n from room)),
            chosen as (select seq from late union all select seq from fresh),
            marked as (update import_chunk c set state = 'sent', sent_at = now() from chosen
                       where c.import_id = $1 and c.seq = chosen.seq returning c.seq, c.rep_no, c.rows, c.standing)
       select m.seq, r.user_id as "repId", r.status, r.excluded, r.progress, m.rows, m.standing
       from marked m join import_rep r on r.import_id = $1 and r.no = m.rep_no order by m.seq`,
      [id, IN_FLIGHT.rep, IN_FLIGHT.import, RESEND_SECONDS, aborting, FRONT],
    );
  }

  /**
   * Marks the last order as sent, once every other chunk has its answer, and again when its own answer is late.
   * @returns the number that it goes by: that of the first chunk that waits for it; undefined: there is none to send
   */
  async sendLast(manager: EntityManager, { id, aborting }: ActiveImport): Promise<number | undefined> {
    const [waiting] = await manager.query<[{ seq: number }[], number]>(
      `update import_chunk set sent_at = now()
       where import_id = $1 and state = 'postponed'
         and (case when sent_at is null then not $3 else sent_at < now() - make_interval(secs => $2) end)
         and not exists (select 1 from import_chunk c where c.import_id = $1 and c.state in ('staged', 'sent'))
       returning seq`,
      [id, RESEND_SECONDS, aborting],
    );
    return waiting.length > 0 ? Math.min(...waiting.map(({ seq }) => seq)) : undefined;
  }
}

/** Those of waiting chunks that their reps have room for, each rep's first ones. */
function within(waiting: 'front' | 'others'): string {
  return `select p.seq from (select seq, rep_no, row_number() over (partition by rep_no order by seq) as place from ${waiting}) p
          left join busy b using (rep_no) where p.place + coalesce(b.n, 0) <= $2`;
}
