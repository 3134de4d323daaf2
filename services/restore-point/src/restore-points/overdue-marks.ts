import { Injectable } from '@nestjs/common';
import { restorePointRequested } from '@muster/contracts';
import { BackgroundTask, EventPublisher } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { RestorePointRepository } from './restore-point.repository.js';

/** How long owners may take for their marks before they are asked again. */
const PATIENCE_SECONDS = 30;
const LOOK_EVERY_MS = 10_000;

/** Asks owners again whose mark does not come: an answer that was lost with a dead letter must not block an import for ever. */
@Injectable()
export class OverdueMarks extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly publisher: EventPublisher,
    private readonly points: RestorePointRepository,
  ) {
    super('overdue-marks', LOOK_EVERY_MS);
  }

  /**
   * Asks again for every point that waits longer than `seconds`. It is noted and published in one transaction; should
   * that not commit, the owners are asked once too often, which changes nothing.
   * @returns how many points
   */
  askAgain(seconds = PATIENCE_SECONDS): Promise<number> {
    return this.uow.runAsWorker(async (manager) => {
      const overdue = await this.points.takeOverdue(manager, seconds);
      await this.publisher.publish(
        overdue.map(({ id, companyId, createdBy, cause }) => ({
          contract: restorePointRequested,
          companyId,
          actor: createdBy,
          cause,
          data: { restorePointId: id },
        })),
      );
      return overdue.length;
    });
  }

  protected async work(): Promise<boolean> {
    const count = await this.askAgain();
    if (count > 0) this.logger.warn(`${count} restore points lack marks, their owners are asked again`);
    return false;
  }
}
