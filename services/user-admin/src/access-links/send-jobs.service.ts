import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id, type LinkChannel } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller } from '@muster/platform';
import { given } from '../validation/given.js';
import type { SendAccessLinksBody, SendJobDto, SendResultPage, SendResultQuery } from './access-link.dto.js';
import { LinkSender } from './link-sender.js';
import { SendJob } from './send-job.entity.js';
import { SendJobsRepository } from './send-jobs.repository.js';

/** Jobs that send access links; see {@link LinkSender} for how they are done. */
@Injectable()
export class SendJobs {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: SendJobsRepository,
    private readonly sender: LinkSender,
  ) {}

  /** @throws Problem users_not_chosen */
  create(caller: Caller, body: SendAccessLinksBody): Promise<SendJobDto> {
    const { userIds, filter, channel } = given(body);
    if ((userIds === undefined) === (filter === undefined)) throw new Problem('users_not_chosen');
    return this.uow.run(caller, (manager) =>
      this.start(manager, caller, channel, (job) =>
        userIds === undefined
          ? this.jobs.addFiltered(manager, job, given(filter ?? {}))
          : this.jobs.addUsers(manager, job, userIds),
      ),
    );
  }

  /** Sends links to accounts, once the open unit of work has committed: for those who create accounts. */
  async sendTo(manager: EntityManager, scope: Scope, userIds: readonly Id[], channel: LinkChannel): Promise<Id> {
    const { id } = await this.start(manager, scope, channel, (job) => this.jobs.addUsers(manager, job, userIds));
    return id;
  }

  /** @throws Problem access_link_job_not_found */
  get(caller: Caller, id: Id): Promise<SendJobDto> {
    return this.uow.run(caller, async (manager) => jobDto(...(await this.find(manager, id))));
  }

  /** @throws Problem access_link_job_not_found, invalid_cursor */
  results(caller: Caller, id: Id, { cursor, limit, outcome }: SendResultQuery): Promise<SendResultPage> {
    const after = decodeIdCursor(cursor);
    return this.uow.run(caller, async (manager) => {
      await this.find(manager, id);
      const rows = await this.jobs.results(manager, { jobId: id, outcome, after, limit: limit + 1 });
      return toPage(rows, limit, ({ userId }) => [userId]);
    });
  }

  private async start(
    manager: EntityManager,
    { companyId, actor, cause }: Scope,
    channel: LinkChannel,
    addUsers: (job: SendJob) => Promise<number>,
  ): Promise<SendJobDto> {
    const now = new Date();
    const made = { id: newId(), companyId, channel, state: 'running', createdBy: actor, cause } as const;
    const job = Object.assign(new SendJob(), { ...made, total: 0, createdAt: now, finishedAt: null });
    job.total = await addUsers(job);
    await this.jobs.insert(manager, job);
    this.uow.afterCommit(() => this.sender.wake());
    return jobDto(job, { pending: job.total, requested: 0 });
  }

  private async find(manager: EntityManager, id: Id) {
    const job = isId(id) ? await this.jobs.find(manager, id) : null;
    if (!job) throw new Problem('access_link_job_not_found');
    return [job, await this.jobs.counters(manager, id)] as const;
  }
}

function jobDto(job: SendJob, { pending, requested }: { pending: number; requested: number }): SendJobDto {
  const { id, channel, state, total, createdAt, finishedAt } = job;
  const counters = { total, pending, requested, refused: total - pending - requested };
  const links = { results: `/v1/access-links/send-jobs/${id}/results` };
  return { id, channel, state, counters, createdAt, finishedAt, links };
}
