import type { EntityManager } from 'typeorm';
import type { Actor, Id } from '@muster/contracts';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { Others } from './turn.js';

/** An import that may have its turn. */
export interface Candidate {
  readonly importId: Id;
  readonly companyId: Id;
  readonly actor: Actor;
}

const CANDIDATE = `j.id as "importId", j.company_id as "companyId", j.created_by as actor`;
const AT_ONCE = 100;

export class WaitingRepository {
  /** Whom a run of this import may have to wait for. */
  async others(manager: EntityManager, { id, companyId, entity, queued }: ImportJob): Promise<Others> {
    const [others] = await manager.query<Others[]>(
      `select (select id from import_job where company_id = $1 and entity = $2 and state = 'running' and id <> $3) as running,
              (select id from import_job where company_id = $1 and entity = $2 and state = 'awaitingApproval'
                 and not queued and id <> $3 order by id limit 1) as awaiting,
              (select id from import_job where company_id = $1 and entity = $2 and queued and id <> $3
                 and (not $4 or id < $3) order by id limit 1) as queued`,
      [companyId, entity, id, queued],
    );
    return others ?? { running: null, awaiting: null, queued: null };
  }

  /** Worker role: the first of each queue that has nobody before it any more. */
  freed(manager: EntityManager): Promise<Candidate[]> {
    return manager.query<Candidate[]>(
      `select distinct on (j.company_id, j.entity) ${CANDIDATE} from import_job j
       where j.queued and j.state = 'awaitingApproval' and not exists (
         select 1 from import_job o where o.company_id = j.company_id and o.entity = j.entity and o.id <> j.id
           and (o.state = 'running' or (o.state = 'awaitingApproval' and not o.queued)
                or (o.queued and o.state <> 'awaitingApproval')))
       order by j.company_id, j.entity, j.id`,
    );
  }

  /** Names the import as the one that those wait for who wait in its queue. */
  async nameFirst(manager: EntityManager, { id, companyId, entity }: ImportJob): Promise<void> {
    await manager.query(
      `update import_job set problem = jsonb_set(problem, '{params,importId}', to_jsonb($3::text)), version = version + 1
       where company_id = $1 and entity = $2 and queued and state = 'awaitingApproval' and id <> $3::uuid`,
      [companyId, entity, id],
    );
  }

  /** Worker role: scheduled imports that are to be looked at, in the order in which they came. */
  due(manager: EntityManager, now: Date): Promise<Candidate[]> {
    return manager.query<Candidate[]>(
      `select ${CANDIDATE} from import_job j where j.state = 'scheduled' and j.look_at <= $1 order by j.id limit $2`,
      [now, AT_ONCE],
    );
  }

  /** Whether another comes first: one that writes, or one of this night that came before. */
  async isBlocked(manager: EntityManager, { id, companyId, entity }: ImportJob): Promise<boolean> {
    const found = await manager.query<unknown[]>(
      `select 1 from import_job where company_id = $1 and entity = $2 and id <> $3
         and (state = 'running' or (id < $3 and (state = 'scheduled' or (state = 'planning' and window_until is not null))))
       limit 1`,
      [companyId, entity, id],
    );
    return found.length > 0;
  }
}
