import { Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { MassChangeSteps } from './mass-change-steps.js';
import { MassChangesRepository } from './mass-changes.repository.js';

const POLL_MS = 2_000;
/** Each gets a step in turn, so that a large one does not hold up a small one. */
const AT_ONCE = 20;

/** Goes on with the mass changes of all companies, step by step; see {@link MassChangeSteps}. */
@Injectable()
export class MassChangeRunner extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: MassChangesRepository,
    private readonly steps: MassChangeSteps,
  ) {
    super('mass-change-runner', POLL_MS);
  }

  /** @returns whether there may be more. @throws when one failed and all others had their turn: the next try waits */
  protected async work(): Promise<boolean> {
    const active = await this.uow.runAsWorker((manager) => this.changes.active(manager, AT_ONCE));
    let failure: unknown;
    for (const change of active) {
      await this.steps.next(change).catch((error: unknown) => {
        this.logger.warn({ massChangeId: change.id, err: error, msg: 'A step of a mass change has to wait' });
        failure = error;
      });
    }
    if (failure !== undefined) throw new Error('Mass changes wait', { cause: failure });
    return active.length > 0;
  }
}
