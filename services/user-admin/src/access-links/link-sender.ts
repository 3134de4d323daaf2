import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accessLinkRequested, type LinkChannel } from '@muster/contracts';
import { BackgroundTask, Outbox } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';
import { AuditTrail } from '../audit/audit-trail.js';
import { UsersRepository } from '../users/users.repository.js';
import { AccessLinksRepository } from './access-links.repository.js';
import { LinkDelivery } from './link-delivery.js';
import { planSend, type PlannedLink } from './plan-send.js';
import { SendJobsRepository, type RunningJob } from './send-jobs.repository.js';

const POLL_MS = 2_000;
const ACCOUNTS_A_STEP = 100;
/** Each gets a step in turn, so that a large one does not hold up a small one. */
const JOBS_AT_ONCE = 20;

/**
 * Does the jobs of sending links, in steps. A step is one unit of work: links, events and results are there together or
 * not at all, and whoever does the next one waits for the lock of accounts. So a process may die, and several may work at
 * one job, and nobody is sent two links by it.
 */
@Injectable()
export class LinkSender extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: SendJobsRepository,
    private readonly links: AccessLinksRepository,
    private readonly users: UsersRepository,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly delivery: LinkDelivery,
  ) {
    super('access-link-sender', POLL_MS);
  }

  /** @returns whether there may be more. @throws when a job failed and all others had their turn: the next try waits */
  protected async work(): Promise<boolean> {
    const running = await this.uow.runAsWorker((manager) => this.jobs.running(manager, JOBS_AT_ONCE));
    let failure: unknown;
    for (const job of running) {
      await this.step(job).catch((error: unknown) => {
        this.logger.warn({ jobId: job.jobId, err: error, msg: 'A step of sending access links failed' });
        failure = error;
      });
    }
    if (failure !== undefined) throw new Error('Access links wait to be sent', { cause: failure });
    return running.length > 0;
  }

  private step(job: RunningJob): Promise<void> {
    const { jobId, companyId } = job;
    return this.uow.run(job, async (manager) => {
      // An account that is deactivated meanwhile must not end with a new link.
      await this.users.lockAccounts(manager, companyId);
      const found = await this.jobs.find(manager, jobId);
      if (found?.state !== 'running') return;
      const candidates = await this.jobs.nextCandidates(manager, jobId, ACCOUNTS_A_STEP);
      const plans = candidates.map((candidate) => {
        const plan = planSend(candidate, found.channel, newId());
        return {
          userId: candidate.userId,
          outcome: plan.outcome,
          link: plan.outcome === 'requested' ? plan.link : null,
        };
      });
      const links = plans.flatMap(({ link }) => link ?? []);
      await this.links.request(manager, links, job, found.channel);
      await this.tell(manager, links, found.channel);
      const results = plans.map(({ userId, outcome, link }) => ({ userId, outcome, linkId: link?.linkId ?? null }));
      await this.jobs.settle(manager, jobId, results);
      if (candidates.length < ACCOUNTS_A_STEP) await this.jobs.complete(manager, jobId, new Date());
      this.uow.afterCommit(() => this.delivery.wake());
    });
  }

  private async tell(manager: EntityManager, links: readonly PlannedLink[], channel: LinkChannel): Promise<void> {
    for (const { linkId, userId, displayName } of links) {
      await this.outbox.publish(accessLinkRequested, { linkId, userId, channel });
      const subject = { kind: 'user', id: userId, label: displayName } as const;
      await this.audit.note(manager, { action: 'link-sent', subject, details: { channel } });
    }
  }
}
