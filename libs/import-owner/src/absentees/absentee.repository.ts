import type { EntityManager } from 'typeorm';
import type { AbsenteesRequest, Id } from '@muster/contracts';
import type { AbsenteesOrder, AbsenteeWork, Removal } from './absentee-work.js';

/** Of one plan, and of one rep where there are reps. */
export interface AbsenteeSet {
  readonly companyId: Id;
  readonly importId: Id;
  readonly planId: Id;
  readonly repId: Id | null;
}

export interface AbsenteeCounts {
  readonly planned: number;
  readonly removed: number;
  readonly kept: number;
}

/** An absentee as it was noted; who it is its owner knows. */
export interface NotedAbsentee extends Pick<Removal['passedOver'][number], 'recordId'> {
  readonly repId: Id | null;
  readonly state: 'planned' | 'removed' | 'kept';
  readonly code: string | null;
}

/** As long as the rows of imports are kept. */
const KEPT = '30 days';
/** So many of those that a rule keeps are named in an answer; the list has all. */
const NAMED = 1_000;

/** SQL: a row is the rep's whose id is `$3`, or the company's where that is null. */
const ofRep = ({ repId }: AbsenteeSet) => (repId === null ? '($3::uuid is null and rep_id is null)' : 'rep_id = $3');

/** Whose chunks tell who is present: those of the rep, or of everybody where rows of other reps may take records along. */
const chunksOf = (of: AbsenteeSet, acrossReps: boolean) => (acrossReps ? '($3::uuid is null or true)' : ofRep(of));

export class AbsenteeRepository {
  /** Of a chunk of a plan. A repeat may see more. */
  async notePresence(manager: EntityManager, of: AbsenteeSet, seq: number, present: readonly Id[]): Promise<void> {
    await manager.query(
      `insert into planned_presence (company_id, plan_id, rep_id, import_id, seq, record_ids) values ($1, $2, $3, $4, $5, $6)
       on conflict (company_id, plan_id, seq) do update set record_ids = excluded.record_ids`,
      [of.companyId, of.planId, of.repId, of.importId, seq, present],
    );
  }

  /**
   * Notes who is there and stands in no chunk of the plan. By EXCEPT, of which neither many ids nor a wrong guess of how many
   * they are makes a loop within a loop, as of NOT IN and NOT EXISTS.
   * @returns how many those are, and how many are there in all
   */
  async note(
    manager: EntityManager,
    of: AbsenteeSet,
    { table, there }: AbsenteeWork,
    acrossReps: boolean,
  ): Promise<{ planned: number; base: number }> {
    const reach = `t.company_id = $1 and ${of.repId === null ? '$3::uuid is null' : 't.rep_id = $3'} and ${there}`;
    const [noted] = await manager.query<{ base: number }[]>(
      `with there as materialized (select t.id from ${table} t where ${reach}),
            noted as (
              insert into absentee (company_id, plan_id, rep_id, import_id, record_id)
              select $1, $2, $3, $4, id from (
                select id from there
                except
                select p.id from planned_presence, unnest(record_ids) p(id)
                 where company_id = $1 and plan_id = $2 and ${chunksOf(of, acrossReps)}) missing
               order by id
              on conflict do nothing)
       select count(*)::integer as base from there`,
      [of.companyId, of.planId, of.repId, of.importId],
    );
    const { planned, removed, kept } = await this.count(manager, of);
    return { planned: planned + removed + kept, base: noted?.base ?? 0 };
  }

  /** The next ones that were noted, in the order of their ids; nobody else takes them meanwhile. */
  async next(manager: EntityManager, of: AbsenteeSet, limit: number): Promise<Id[]> {
    const rows = await manager.query<{ id: Id }[]>(
      `select record_id as id from absentee
        where company_id = $1 and plan_id = $2 and ${ofRep(of)} and state = 'planned'
        order by record_id limit $4 for update`,
      [of.companyId, of.planId, of.repId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Those of `ids` for whom no row of the run stands, and who were there at the restore point: what has changed first since
   * then tells how they were.
   */
  async absent(
    manager: EntityManager,
    of: AbsenteeSet,
    { restorePointId, acrossReps }: Pick<AbsenteesOrder, 'restorePointId' | 'acrossReps'>,
    { table, wasThere }: AbsenteeWork,
    ids: readonly Id[],
  ): Promise<Id[]> {
    // A table whose columns have no statistics yet would be read by company and record at once, for each of them.
    await manager.query('set local enable_bitmapscan = off');
    const rows = await manager.query<{ id: Id }[]>(
      `select a.id from (
         select id from unnest($4::uuid[]) named(id)
         except
         select p.id from chunk_result, unnest(record_ids) p(id)
          where company_id = $1 and import_id = $2 and ${chunksOf(of, acrossReps === true)}) a
        where coalesce((select c.op <> 'I' and (${wasThere}) from ${table}_change c
                         where c.record_id = a.id and not pg_visible_in_snapshot(c.xid, (
                           select snapshot from mark where company_id = $1 and restore_point_id = $5))
                         order by c.seq limit 1), true)
        order by a.id`,
      [of.companyId, of.importId, of.repId, ids, restorePointId],
    );
    await manager.query('set local enable_bitmapscan to default');
    return rows.map(({ id }) => id);
  }

  /** Settles all that are left: a rule keeps them. */
  async keep(manager: EntityManager, of: AbsenteeSet, code: string): Promise<void> {
    await manager.query(
      `update absentee set state = 'kept', code = $4, at = clock_timestamp()
        where company_id = $1 and plan_id = $2 and ${ofRep(of)} and state = 'planned'`,
      [of.companyId, of.planId, of.repId, code],
    );
  }

  /** What became of the next ones. */
  async settle(
    manager: EntityManager,
    { companyId, planId }: AbsenteeSet,
    ids: readonly Id[],
    { removed, passedOver }: Removal,
  ): Promise<void> {
    const codes = new Map(passedOver.map(({ recordId, code }) => [recordId, code]));
    const gone = new Set(removed);
    await manager.query(
      `update absentee a set state = v.state, code = v.code, at = clock_timestamp()
         from unnest($3::uuid[], $4::text[], $5::text[]) v(id, state, code)
        where a.company_id = $1 and a.plan_id = $2 and a.record_id = v.id`,
      [
        companyId,
        planId,
        ids,
        ids.map((id) => (gone.has(id) ? 'removed' : 'kept')),
        ids.map((id) => codes.get(id) ?? null),
      ],
    );
  }

  async count(manager: EntityManager, of: AbsenteeSet): Promise<AbsenteeCounts> {
    const [counts] = await manager.query<AbsenteeCounts[]>(
      `select count(*) filter (where state = 'planned')::integer as planned,
              count(*) filter (where state = 'removed')::integer as removed,
              count(*) filter (where state = 'kept')::integer as kept
         from absentee where company_id = $1 and plan_id = $2 and ${ofRep(of)}`,
      [of.companyId, of.planId, of.repId],
    );
    return counts ?? { planned: 0, removed: 0, kept: 0 };
  }

  /** Those that a rule keeps. */
  passedOver(manager: EntityManager, of: AbsenteeSet): Promise<{ recordId: Id; code: string }[]> {
    return manager.query(
      `select record_id as "recordId", code from absentee
        where company_id = $1 and plan_id = $2 and ${ofRep(of)} and code is not null order by record_id limit ${NAMED}`,
      [of.companyId, of.planId, of.repId],
    );
  }

  /** Of an import, in the order of their ids: those of its last plan, and who is gone since an earlier one. */
  list(manager: EntityManager, request: AbsenteesRequest): Promise<NotedAbsentee[]> {
    const { companyId, importId, planId, repId, after, limit } = request;
    return manager.query(
      `select distinct on (a.record_id) a.record_id as "recordId", a.rep_id as "repId", a.state, a.code from absentee a
        where a.company_id = $1 and a.import_id = $2 and (a.plan_id = $3 or a.state = 'removed')
          and ($4::uuid is null or a.rep_id = $4) and ($5::uuid is null or a.record_id > $5)
        order by a.record_id, a.plan_id <> $3 limit $6`,
      [companyId, importId, planId, repId, after, limit],
    );
  }

  /** What the rows of an import that has ended stood for, and who was absent from imports of long ago. */
  async forget(manager: EntityManager, companyId: Id, importId: Id): Promise<void> {
    await manager.query(`delete from planned_presence where company_id = $1 and import_id = $2`, [companyId, importId]);
    await manager.query(`delete from absentee where company_id = $1 and at < now() - interval '${KEPT}'`, [companyId]);
  }
}
