import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { keySetStep, unusedBefore, type KeySetStep } from './key-set-step.js';
import { KeySetRepository } from './key-set.repository.js';

const POLL_MS = 10_000;
const SETS_AT_ONCE = 20;

/** Fills key sets with the records that were there before them, and takes away those that no import needs any more. */
@Injectable()
export class KeySetWorker extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: KeySetRepository,
  ) {
    super('key-sets', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const now = new Date();
    const due = await this.uow.runAsWorker((manager) => this.repository.due(manager, unusedBefore(now), SETS_AT_ONCE));
    let moved = false;
    await this.each(due, 'A step with a key set failed', async ({ id, companyId }) => {
      const scope: Scope = { companyId, actor: 'system', cause: `request:${newId()}` };
      const step = await this.step(scope, id, now);
      moved ||= step !== 'wait' && step !== 'none';
    });
    return moved;
  }

  /** One unit of work each, so a process may die at any moment. */
  private step(scope: Scope, id: string, now: Date): Promise<KeySetStep> {
    return this.uow.run(scope, async (manager) => {
      const set = await this.repository.lock(manager, id);
      if (!set) return 'none';
      const step = keySetStep(set, await this.repository.oldestRunning(manager), now);
      switch (step) {
        case 'begin filling':
          await this.repository.change(manager, id, 'filling');
          break;
        case 'fill':
          if (!(await this.repository.fill(manager, id))) await this.repository.change(manager, id, 'ready');
          break;
        case 'leave':
          await this.repository.change(manager, id, 'leaving');
          break;
        case 'take away':
          await this.repository.takeAway(manager, id);
          break;
        case 'wait':
        case 'none':
      }
      return step;
    });
  }
}
