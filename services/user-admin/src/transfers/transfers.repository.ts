import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { Transfer } from './transfer.entity.js';

@Injectable()
export class TransfersRepository {
  async insert(manager: EntityManager, transfer: Transfer): Promise<void> {
    await manager.insert(Transfer, transfer);
  }

  find(manager: EntityManager, id: Id): Promise<Transfer | null> {
    return manager.findOneBy(Transfer, { id });
  }

  /** The transfer that takes records from an account now. */
  runningFrom(manager: EntityManager, fromId: Id): Promise<Transfer | null> {
    return manager.findOneBy(Transfer, { fromId, state: 'running' });
  }

  /** The transfer that takes or took records from an account, or to it, and was ordered last. */
  lastAbout(manager: EntityManager, userId: Id): Promise<Transfer | null> {
    const where = [{ fromId: userId }, { toId: userId }];
    return manager.findOne(Transfer, { where, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  lockRunning(manager: EntityManager, id: Id): Promise<Transfer | null> {
    return manager.findOne(Transfer, { where: { id, state: 'running' }, lock: { mode: 'pessimistic_write' } });
  }

  async advance(
    manager: EntityManager,
    id: Id,
    progress: Pick<Transfer, 'state' | 'failure' | 'counts' | 'finishedAt'>,
  ): Promise<void> {
    await manager.update(Transfer, { id }, progress);
  }
}
