import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { TakeTurn } from './take-turn.js';
import { Waiting } from './waiting.js';
import { WaitingRepository, type Candidate } from './waiting.repository.js';

const POLL_MS = 1_000;

/**
 * Gives unattended syncs that wait behind one that awaited approval their turn, in the order in which they came: each is
 * planned anew once the one before it has ended, and goes through the guard by itself.
 */
@Injectable()
export class HeldRuns extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: WaitingRepository,
    private readonly waiting: Waiting,
    private readonly turn: TakeTurn,
  ) {
    super('held runs', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const freed = await this.uow.runAsWorker((manager) => this.repository.freed(manager));
    await this.each(freed, 'A held import cannot go on', (one) => this.release(one));
    return false;
  }

  private release(freed: Candidate): Promise<void> {
    return this.turn.take(freed, async (manager, job) => {
      if (job.state !== 'awaitingApproval' || !job.queued) return false;
      if ((await this.waiting.behindWhom(manager, job)) !== undefined) return false;
      await this.waiting.passOn(manager, job);
      return true;
    });
  }
}
