import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BackgroundTask, isInfrastructureError } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { afterFailure, type Progress } from './order-step.js';
import type { RecordOrder } from './record-order.entity.js';
import { RecordOrdersRepository, type DueOrder } from './record-orders.repository.js';
import { RemovalStep } from './removal-step.js';
import { TransferStep } from './transfer-step.js';

const POLL_MS = 2_000;
/** Of so many companies each gets a step in turn. */
const COMPANIES_AT_ONCE = 20;

/**
 * Carries out orders about all records of a rep. A step is one unit of work: records, events and figures are there together
 * or not at all. So a process may die, several may work at one order, and nothing is counted twice or not at all.
 */
@Injectable()
export class RecordOrderWorker extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: RecordOrdersRepository,
    private readonly removal: RemovalStep,
    private readonly transfer: TransferStep,
  ) {
    super('record-orders', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const due = await this.uow.runAsWorker((manager) => this.orders.due(manager, COMPANIES_AT_ONCE));
    for (const order of due) {
      try {
        await this.step(order);
      } catch (error) {
        if (isInfrastructureError(error)) throw error;
        this.logger.warn({ orderId: order.orderId, err: error, msg: 'A step with records of a rep failed' });
        await this.fail(order);
      }
    }
    return due.length > 0;
  }

  private step(due: DueOrder): Promise<void> {
    return this.advance(due, (manager, order) => {
      const step = order.kind === 'removal' ? this.removal : this.transfer;
      return step.take(manager, order, new Date()).then((progress) => ({ failures: 0, ...progress }));
    });
  }

  private fail(due: DueOrder): Promise<void> {
    return this.advance(due, async (_manager, order) => afterFailure(order, order.failures + 1, new Date()));
  }

  private advance(
    due: DueOrder,
    take: (manager: EntityManager, order: RecordOrder) => Promise<Progress>,
  ): Promise<void> {
    return this.uow.run(due, async (manager) => {
      const order = await this.orders.lockRunning(manager, due.orderId);
      if (!order) return;
      const progress = await take(manager, order);
      await this.orders.change(manager, order.id, progress);
      const after = Object.assign(order, progress);
      await (order.kind === 'removal' ? this.removal : this.transfer).tell(after);
    });
  }
}
