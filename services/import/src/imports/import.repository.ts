import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id, type ImportCounters } from '@muster/contracts';
import type { ImportFacts } from './import.dto.js';
import { paceAfter } from '../progress/pace.js';
import { ImportJob } from './import-job.entity.js';

/** What a change of an import may set; the version grows by itself. */
export type ImportChange = Partial<
  Omit<ImportJob, 'id' | 'companyId' | 'version' | 'pace' | 'createdAt' | 'changedAt' | 'createdBy' | 'hasErrors'>
>;

export class ImportRepository {
  async insert(manager: EntityManager, job: ImportJob): Promise<void> {
    await manager.insert(ImportJob, job);
  }

  /** @throws Problem import_not_found, also for an import of another company */
  async get(manager: EntityManager, id: Id): Promise<ImportJob> {
    const job = isId(id) ? await manager.findOneBy(ImportJob, { id }) : null;
    if (!job) throw new Problem('import_not_found');
    return job;
  }

  /** As {@link get}, and nobody else changes it until the unit of work ends. */
  async getLocked(manager: EntityManager, id: Id): Promise<ImportJob> {
    const query = { where: { id }, lock: { mode: 'pessimistic_write' } } as const;
    const job = isId(id) ? await manager.findOne(ImportJob, query) : null;
    if (!job) throw new Problem('import_not_found');
    return job;
  }

  /** File and reps of each import, in one query, however many they are. */
  async facts(manager: EntityManager, ids: readonly Id[]): Promise<ReadonlyMap<Id, ImportFacts>> {
    const found = await manager.query<(ImportFacts & { id: Id })[]>(
      `select j.id, u.file_name as "fileName", u.sha256, u.file_removed_at as "fileRemovedAt", u.byte_size as "byteSize", u.row_count as "fileRows",
              u.source ->> 'sheet' as sheet, coalesce(u.source -> 'otherSheets', '[]') as "otherSheets", coalesce(r.reps, '[]') as reps, r."ofRun",
              r.changed as "changedSincePlan", p.parts, e.earlier as "earlierImports", a.id as awaiting
       from import_job j
       join upload u on u.id = j.upload_id
       left join lateral (
         select jsonb_build_object('seriesId', s.series_id, 'partCount', s.part_count, 'closed', s.closed_at is not null,
                  'numbers', array(select no from upload_part where upload_id = s.upload_id order by no)) as parts
         from upload_series s where s.upload_id = j.upload_id
       ) p on true
       left join lateral (
         select jsonb_agg(jsonb_build_object('status', status, 'excluded', excluded, 'progress', progress, 'count', count)) as reps,
                case when sum(read) > 0 then jsonb_build_object('read', sum(read), 'unprocessed', sum(unprocessed)) end as "ofRun",
                sum(changed)::integer as changed
         from (select status, excluded, progress, count(*) as count,
                      sum((counters ->> 'read')::integer) filter (where progress = 'running') as read,
                      sum((counters ->> 'unprocessed')::integer) filter (where progress = 'running') as unprocessed,
                      sum(changed_since_plan) as changed
               from import_rep where import_id = j.id group by status, excluded, progress) kind
       ) r on true
       cross join lateral (
         select coalesce(jsonb_agg(jsonb_build_object('id', translate(same.id::text, '-', ''), 'state', same.state,
                  'createdAt', same.created_at) order by same.id desc), '[]') as earlier
         from (select o.id, o.state, o.created_at
               from upload s join import_job o on o.company_id = s.company_id and o.upload_id = s.id
               where s.company_id = j.company_id and s.sha256 = u.sha256 and o.id < j.id order by o.id desc limit 5) same
       ) e
       left join lateral (
         select o.id from import_job o
         where o.company_id = j.company_id and o.entity = j.entity and o.id <> j.id and o.state = 'awaitingApproval'
           and not o.queued and j.finished_at is null
         order by o.id limit 1
       ) a on true
       where j.id = any($1::uuid[])`,
      [ids],
    );
    return new Map(found.map((facts) => [facts.id, facts]));
  }

  /** Applies a change to a locked import and returns what it is then. */
  async change(manager: EntityManager, job: ImportJob, change: ImportChange): Promise<ImportJob> {
    const now = new Date();
    const pace = paceAfter(job, { ...job, ...change }, change.pointReady === true, now);
    const next = { ...change, pace, version: job.version + 1, changedAt: now };
    await manager.update(ImportJob, { id: job.id }, next);
    return Object.assign(job, next);
  }

  /** Keeps others of the company and entity from beginning to write until the unit of work ends. */
  async lockRuns(manager: EntityManager, companyId: Id, entity: string): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `muster.import.run/${companyId}/${entity}`,
    ]);
  }

  /** Nobody else writes, nor begins to. @throws Problem import_running, naming the import that writes */
  async requireNoOtherRunning(manager: EntityManager, companyId: Id, entity: string): Promise<void> {
    await this.lockRuns(manager, companyId, entity);
    const running = await manager.findOneBy(ImportJob, { companyId, entity, state: 'running' });
    if (running) throw new Problem('import_running', { params: { importId: running.id } });
  }

  /** An import of the same content with the same configuration that goes on by itself: not one that somebody has left. */
  async findSame(
    manager: EntityManager,
    companyId: Id,
    sha256: string,
    configuration: object,
  ): Promise<ImportJob | null> {
    const [same] = await manager.query<{ id: Id }[]>(
      `select j.id from upload u join import_job j on j.company_id = u.company_id and j.upload_id = u.id
       where u.company_id = $1 and u.sha256 = $2 and j.configuration = $3::jsonb
         and ((j.state = 'running' and j.run_reps is null) or j.state in ('awaitingApproval', 'scheduled') or (j.state in ('staging', 'planning') and j.next_step is not null)
              or (j.state = 'planning' and (j.configuration -> 'options' ->> 'validateOnly')::boolean))
         -- What an assistant passed over would be written by nobody.
         and not exists (select 1 from import_rep r where r.import_id = j.id and r.progress = 'skipped')
         -- What came after it and waits too would be the last word, and this is sent again to be it.
         and (j.state not in ('awaitingApproval', 'scheduled') or not exists (
           select 1 from import_job l where l.company_id = j.company_id and l.entity = j.entity and l.id > j.id
             and l.state in ('awaitingApproval', 'scheduled')))
       order by j.id desc limit 1`,
      [companyId, sha256, JSON.stringify(configuration)],
    );
    return same ? this.get(manager, same.id) : null;
  }

  /** What became of the rows of one rep, beside what the whole import counts. */
  async setRepCounters(
    manager: EntityManager,
    importId: Id,
    column: 'plan' | 'counters',
    reps: readonly { no: number; counters: ImportCounters }[],
  ): Promise<void> {
    await manager.query(
      `update import_rep r set ${column} = v.counters from jsonb_to_recordset($2::jsonb) v (no integer, counters jsonb)
       where r.import_id = $1 and r.no = v.no`,
      [importId, JSON.stringify(reps)],
    );
  }
}
