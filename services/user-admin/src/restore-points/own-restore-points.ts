import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { restorePointMarked, restorePointTaken, type Id, type OwnPointOccasion } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId, SET_MARK, type Scope } from '@muster/persistence';

export interface OwnPoint {
  readonly occasion: OwnPointOccasion;
  /** For people, in the catalogue. */
  readonly name: string;
  /** The one account that the change is about: with it the name is forgotten. */
  readonly userId?: Id;
}

/** Restore points before changes of accounts, taken without waiting for anybody. */
@Injectable()
export class OwnRestorePoints {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Takes a point in the open unit of work, at any moment of it: whatever that changes comes after the point. Publishes
   * `restore-point.taken.v1` and `restore-point.marked.v1`. An order to other services that follows from the change
   * carries the point's id.
   */
  async take(manager: EntityManager, { companyId }: Pick<Scope, 'companyId'>, point: OwnPoint): Promise<Id> {
    const restorePointId = newId();
    await manager.query(SET_MARK, [companyId, restorePointId]);
    await this.outbox.publish(restorePointTaken, { restorePointId, ...point });
    await this.outbox.publish(restorePointMarked, { restorePointId, owner: 'user-admin' });
    return restorePointId;
  }
}
