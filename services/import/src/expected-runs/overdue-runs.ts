import { Injectable } from '@nestjs/common';
import { importOverdue } from '@muster/contracts';
import { BackgroundTask, Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { SavedConfiguration } from '../configurations/saved-configuration.entity.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { countsSince, deadlinesPassed, nextDeadline } from './deadlines.js';
import { ExpectedRunsRepository, type DueConfiguration } from './expected-runs.repository.js';
import { reasonOf } from './overdue-reason.js';

const POLL_MS = 15_000;
const LOOK_AGAIN_MS = 60 * 60_000;
/** Of days that nobody has judged, because the service was away. */
const MOST_DAYS = 7;

/** Says once a day that a run which was expected did not come. */
@Injectable()
export class OverdueRuns extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ExpectedRunsRepository,
    private readonly companies: CompanyProfile,
    private readonly outbox: Outbox,
  ) {
    super('overdue runs', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    await this.look(new Date());
    return false;
  }

  async look(now: Date): Promise<void> {
    const due = await this.uow.runAsWorker((manager) => this.repository.due(manager, now));
    await this.each(due, 'Whether the run of a configuration came is not known', (one) => this.judge(one, now));
  }

  /** The row lock makes one of several replicas judge a day, and the event commits with what is noted. */
  private async judge({ id, companyId }: DueConfiguration, now: Date): Promise<void> {
    // The zone may have changed, hence it is asked each time, and looked at least once an hour.
    const { timeZone } = await this.companies.of(companyId);
    const scope: Scope = { companyId, actor: 'system', cause: `configuration:${id}` };
    await this.uow.run(scope, async (manager) => {
      const query = { where: { id }, lock: { mode: 'pessimistic_write' } } as const;
      const saved = await manager.findOne(SavedConfiguration, query);
      if (!saved?.expectedBy || !saved.judgedUntil || saved.lookAt === null || saved.lookAt > now) return;
      const { name, entity, expectedBy, judgedUntil } = saved;
      let { missedAt } = saved;
      for (const deadline of deadlinesPassed(judgedUntil, now, expectedBy, timeZone, MOST_DAYS)) {
        const since = countsSince(deadline, expectedBy);
        if (await this.repository.came(manager, companyId, id, since, deadline)) continue;
        missedAt = deadline;
        const latest = await this.repository.latest(manager, companyId, id, since);
        const expectedAt = deadline.toISOString();
        const { reason, importId } = reasonOf(latest);
        await this.outbox.publish(importOverdue, { configurationId: id, name, entity, expectedAt, reason, importId });
      }
      const next = nextDeadline(now, expectedBy, timeZone);
      const lookAt = new Date(Math.min(next.getTime(), now.getTime() + LOOK_AGAIN_MS));
      await manager.update(SavedConfiguration, { id }, { judgedUntil: now, missedAt, lookAt });
    });
  }
}
