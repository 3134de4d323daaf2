import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { ImportRepository } from '../imports/import.repository.js';
import { CompanyProfile } from '../uploads/company-profile.js';
import { nightAt } from './night-window.js';
import { TakeTurn } from './take-turn.js';
import { nightStep } from './turn.js';
import { WaitingRepository, type Candidate } from './waiting.repository.js';

const POLL_MS = 1_000;

/** Begins scheduled imports in the night of their company, which is asked for its night each time. */
@Injectable()
export class NightRuns extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly repository: WaitingRepository,
    private readonly companies: CompanyProfile,
    private readonly turn: TakeTurn,
  ) {
    super('night runs', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    await this.look(new Date());
    return false;
  }

  async look(now: Date): Promise<void> {
    const due = await this.uow.runAsWorker((manager) => this.repository.due(manager, now));
    await this.each(due, 'A scheduled import cannot begin', (scheduled) => this.step(scheduled, now));
  }

  private async step(scheduled: Candidate, now: Date): Promise<void> {
    const { timeZone, nightWindow } = await this.companies.of(scheduled.companyId);
    const night = nightAt(now, nightWindow, timeZone);
    await this.turn.take(scheduled, async (manager, job) => {
      // Another replica was faster, or somebody cancelled it.
      if (job.state !== 'scheduled' || job.lookAt === null || job.lookAt > now) return false;
      await this.imports.lockRuns(manager, job.companyId, job.entity);
      const { begins, ...change } = nightStep(now, night, await this.repository.isBlocked(manager, job));
      await this.imports.change(manager, job, change);
      return begins;
    });
  }
}
