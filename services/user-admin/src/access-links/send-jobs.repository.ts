import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Scope } from '@muster/persistence';
import { Parameters } from '../users/list-conditions.js';
import { filteredAccounts, type AccountFilter } from './filtered-accounts.js';
import type { LinkState } from './link-state.js';
import type { SendCandidate, SendOutcome } from './plan-send.js';
import { SendJob } from './send-job.entity.js';

/** A job with accounts whose turn has not come. */
export interface RunningJob extends Scope {
  readonly jobId: Id;
}

export interface JobCounters {
  readonly pending: number;
  readonly requested: number;
}

export interface SendResult {
  readonly userId: Id;
  readonly outcome: SendOutcome | 'pending';
  readonly linkState: LinkState | null;
  readonly failure: string | null;
}

export interface ResultsRequest {
  readonly jobId: Id;
  readonly outcome: SendOutcome | 'pending' | undefined;
  readonly after: Id | undefined;
  readonly limit: number;
}

@Injectable()
export class SendJobsRepository {
  async insert(manager: EntityManager, job: SendJob): Promise<void> {
    await manager.insert(SendJob, job);
  }

  /** @returns how many accounts that are */
  async addUsers(manager: EntityManager, { id, companyId }: Pick<SendJob, 'id' | 'companyId'>, userIds: readonly Id[]) {
    return added(
      manager,
      `insert into access_link_job_item (job_id, company_id, user_id)
       select $1, $2, u.id from (select distinct id from unnest($3::uuid[]) as g(id)) u returning 1`,
      [id, companyId, [...userIds]],
    );
  }

  /** The accounts that meet a filter now. @returns how many they are */
  async addFiltered(
    manager: EntityManager,
    { id, companyId }: Pick<SendJob, 'id' | 'companyId'>,
    filter: AccountFilter,
  ): Promise<number> {
    const parameters = new Parameters();
    const into = [parameters.add(id), parameters.add(companyId)];
    return added(
      manager,
      `insert into access_link_job_item (job_id, company_id, user_id)
       select ${into.join(', ')}, u.id from ${filteredAccounts(companyId, filter, parameters)} returning 1`,
      parameters.values,
    );
  }

  /** For a unit of work of the worker: jobs that are under way, the oldest first. */
  running(manager: EntityManager, limit: number): Promise<RunningJob[]> {
    return manager.query<RunningJob[]>(
      `select id as "jobId", company_id as "companyId", created_by as actor, cause from access_link_job
        where state = 'running' order by id limit $1`,
      [limit],
    );
  }

  find(manager: EntityManager, id: Id): Promise<SendJob | null> {
    return manager.findOneBy(SendJob, { id });
  }

  /** The next accounts, as they are now. */
  nextCandidates(manager: EntityManager, jobId: Id, limit: number): Promise<SendCandidate[]> {
    return manager.query<SendCandidate[]>(
      `select i.user_id as "userId", u.login_enabled as "loginEnabled", u.display_name as "displayName", u.email,
              u.mobile_e164 as mobile, l.id as "linkId", l.state as "linkState",
              l.requested_at is not null as "linkRequested"
         from access_link_job_item i
              left join user_account u on u.id = i.user_id
              left join access_link l on l.user_id = i.user_id and l.replaced_at is null
        where i.job_id = $1 and i.outcome = 'pending' order by i.user_id limit $2`,
      [jobId, limit],
    );
  }

  async settle(
    manager: EntityManager,
    jobId: Id,
    results: readonly { readonly userId: Id; readonly outcome: SendOutcome; readonly linkId: Id | null }[],
  ): Promise<void> {
    await manager.query(
      `update access_link_job_item i set outcome = r.outcome, link_id = r.link_id
         from unnest($2::uuid[], $3::text[], $4::uuid[]) as r(user_id, outcome, link_id)
        where i.job_id = $1 and i.user_id = r.user_id`,
      [
        jobId,
        results.map(({ userId }) => userId),
        results.map(({ outcome }) => outcome),
        results.map(({ linkId }) => linkId),
      ],
    );
  }

  async complete(manager: EntityManager, id: Id, now: Date): Promise<void> {
    await manager.update(SendJob, { id }, { state: 'completed', finishedAt: now });
  }

  async counters(manager: EntityManager, jobId: Id): Promise<JobCounters> {
    const [row] = await manager.query<JobCounters[]>(
      `select count(*) filter (where outcome = 'pending')::int as pending,
              count(*) filter (where outcome = 'requested')::int as requested
         from access_link_job_item where job_id = $1`,
      [jobId],
    );
    return row ?? { pending: 0, requested: 0 };
  }

  /** In the order of the accounts' ids. */
  results(manager: EntityManager, { jobId, outcome, after, limit }: ResultsRequest): Promise<SendResult[]> {
    return manager.query<SendResult[]>(
      `select i.user_id as "userId", i.outcome, l.state as "linkState", l.failure
         from access_link_job_item i left join access_link l on l.id = i.link_id
        where i.job_id = $1 and ($2::text is null or i.outcome = $2) and ($3::uuid is null or i.user_id > $3)
        order by i.user_id limit $4`,
      [jobId, outcome ?? null, after ?? null, limit],
    );
  }
}

async function added(manager: EntityManager, insert: string, parameters: readonly unknown[]): Promise<number> {
  const [row] = await manager.query<{ number: number }[]>(
    `with added as (${insert}) select count(*)::int as number from added`,
    [...parameters],
  );
  return row?.number ?? 0;
}
