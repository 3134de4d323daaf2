import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type DataOf, type Id, type userScheduleRemoved } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { Marks } from '../marks/marks.service.js';
import { RecordOrders } from '../record-orders/record-orders.service.js';
import { RepSchedulesRepository, type Rep } from './rep-schedules.repository.js';

@Injectable()
export class RepSchedules {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly schedules: RepSchedulesRepository,
    private readonly marks: Marks,
    private readonly orders: RecordOrders,
  ) {}

  /** From now on nobody adds records of the rep, and those that there are go, in the background. */
  async remove(scope: Scope, removed: DataOf<typeof userScheduleRemoved>): Promise<void> {
    const { userId: repId, version, restorePointId } = removed;
    const { companyId } = scope;
    await this.uow.run(scope, async (manager) => {
      if (!(await this.schedules.set(manager, { companyId, repId }, version, true))) return;
      if (restorePointId !== undefined) await this.marks.ensure(manager, companyId, restorePointId);
      await this.orders.add(manager, scope, { id: newId(), kind: 'removal', repId, restorePointId });
    });
  }

  /** The account is gone, or has its own schedule again. */
  async set({ companyId, ...scope }: Scope, repId: Id, version: number, ended: boolean): Promise<void> {
    await this.uow.run({ companyId, ...scope }, (manager) =>
      this.schedules.set(manager, { companyId, repId }, version, ended),
    );
  }

  /**
   * For the open unit of work, before it adds records of the rep.
   * @throws Problem rep_unknown when the rep has no own schedule any more
   */
  async require(manager: EntityManager, rep: Rep): Promise<void> {
    await this.schedules.hold(manager, rep);
    if (await this.schedules.isOver(manager, rep)) throw new Problem('rep_unknown');
  }
}
