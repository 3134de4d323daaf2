import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';

/** A run that counts: a check writes nothing, and what failed, was aborted or waits did not come to its end. */
const CAME = `state in ('completed', 'completedWithErrors', 'undone')`;
const AT_ONCE = 100;

export interface DueConfiguration {
  readonly id: Id;
  readonly companyId: Id;
}

/** An import of a configuration. */
export interface RunOf {
  readonly importId: Id;
  readonly state: string;
}

export class ExpectedRunsRepository {
  /** Worker role: configurations that are to be looked at. */
  due(manager: EntityManager, now: Date): Promise<DueConfiguration[]> {
    return manager.query<DueConfiguration[]>(
      `select id, company_id as "companyId" from import_configuration where look_at <= $1 order by look_at limit $2`,
      [now, AT_ONCE],
    );
  }

  /** Whether a run of the configuration came to its end after `since`, until `until`. */
  async came(manager: EntityManager, companyId: Id, configurationId: Id, since: Date, until: Date): Promise<boolean> {
    const found = await manager.query<unknown[]>(
      `select 1 from import_job where company_id = $1 and configuration_id = $2 and finished_at > $3 and finished_at <= $4
         and ${CAME} limit 1`,
      [companyId, configurationId, since, until],
    );
    return found.length > 0;
  }

  /** The latest import of the configuration that began after `since`, however far it is. */
  async latest(manager: EntityManager, companyId: Id, configurationId: Id, since: Date): Promise<RunOf | undefined> {
    const [run] = await manager.query<RunOf[]>(
      `select id as "importId", state from import_job
       where company_id = $1 and configuration_id = $2 and created_at > $3 order by id desc limit 1`,
      [companyId, configurationId, since],
    );
    return run;
  }

  /** The last import of the configuration that has ended. */
  async lastEnded(manager: EntityManager, companyId: Id, configurationId: Id) {
    const [run] = await manager.query<(RunOf & { finishedAt: Date })[]>(
      `select id as "importId", state, finished_at as "finishedAt" from import_job
       where company_id = $1 and configuration_id = $2 and finished_at is not null order by finished_at desc limit 1`,
      [companyId, configurationId],
    );
    return run ?? null;
  }
}
