import type { EntityManager } from 'typeorm';
import type { AbsenteesRequest, Id } from '@muster/contracts';
import { chunksOf, ofRep, type AbsenteeSet } from './absentee-set.js';
import { AbsenteeTallies } from './absentee-tally.js';
import type { AbsenteesOrder, AbsenteeWork, Removal } from './absentee-work.js';

/** An absentee as it was noted; who it is its owner knows. */
export interface NotedAbsentee extends Pick<Removal['passedOver'][number], 'recordId'> {
  readonly repId: Id | null;
  readonly state: 'planned' | 'removed' | 'kept';
  readonly code: string | null;
}

/** So many of those that a rule keeps are named in an answer; the list has all. */
const NAMED = 1_000;

export class AbsenteeRepository {
  readonly tallies = new AbsenteeTallies();

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
    const tally = await this.tallies.recount(manager, of);
    return { planned: tally.noted, base: noted?.base ?? 0 };
  }

  /**
   * Those for whom a row of the run stands stay. Once for all rows of a run, not in each step for those of it: a rep may have as
   * many of either as one likes. By INTERSECT, as {@link note}.
   */
  async keepPresent(manager: EntityManager, of: AbsenteeSet, acrossReps: boolean): Promise<void> {
    await manager.query(
      `update absentee set state = 'kept', at = clock_timestamp()
        where company_id = $1 and plan_id = $2 and record_id = any(array(
          select record_id from absentee where company_id = $1 and plan_id = $2 and ${ofRep(of)} and state = 'planned'
          intersect
          select p.id from chunk_result, unnest(record_ids) p(id)
           where company_id = $1 and import_id = $4 and ${chunksOf(of, acrossReps)}))`,
      [of.companyId, of.planId, of.repId, of.importId],
    );
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

  /** Those of `ids` who were there at the restore point: what has changed first since then tells how they were. */
  async wereThere(
    manager: EntityManager,
    of: AbsenteeSet,
    { restorePointId }: Pick<AbsenteesOrder, 'restorePointId'>,
    { table, wasThere }: AbsenteeWork,
    ids: readonly Id[],
  ): Promise<Id[]> {
    // A table whose columns have no statistics yet would be read by company and record at once, for each of them.
    await manager.query('set local enable_bitmapscan = off');
    const rows = await manager.query<{ id: Id }[]>(
      `select a.id from unnest($4::uuid[]) a(id)
        where ($3::uuid is null or true)
          and coalesce((select c.op <> 'I' and (${wasThere}) from ${table}_change c
                         where c.record_id = a.id and not pg_visible_in_snapshot(c.xid, (
                           select snapshot from mark where company_id = $1 and restore_point_id = $2))
                         order by c.seq limit 1), true)
        order by a.id`,
      [of.companyId, restorePointId, of.repId, ids],
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

  /** What became of the next ones. By their ids alone: joined with a list of them, all that were noted would be read. */
  async settle(
    manager: EntityManager,
    { companyId, planId }: AbsenteeSet,
    ids: readonly Id[],
    { removed, passedOver }: Removal,
  ): Promise<void> {
    const of = 'company_id = $1 and plan_id = $2 and record_id = any($3::uuid[])';
    if (removed.length > 0) {
      const set = `state = 'removed', code = null, at = clock_timestamp()`;
      await manager.query(`update absentee set ${set} where ${of}`, [companyId, planId, removed]);
    }
    const gone = new Set(removed);
    const kept = ids.filter((id) => !gone.has(id));
    if (kept.length === 0) return;
    const code = `(select v.code from unnest($4::uuid[], $5::text[]) v(id, code) where v.id = record_id)`;
    await manager.query(`update absentee set state = 'kept', code = ${code}, at = clock_timestamp() where ${of}`, [
      companyId,
      planId,
      kept,
      passedOver.map(({ recordId }) => recordId),
      passedOver.map((one) => one.code),
    ]);
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

  /** What the rows of an import that has ended stood for. */
  async forget(manager: EntityManager, companyId: Id, importId: Id): Promise<void> {
    await manager.query(`delete from planned_presence where company_id = $1 and import_id = $2`, [companyId, importId]);
  }
}
