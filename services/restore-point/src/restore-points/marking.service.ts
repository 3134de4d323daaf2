import { Injectable } from '@nestjs/common';
import {
  restorePointReady,
  restorePointRequested,
  type DataOf,
  type importFinished,
  type importRestorePointRequested,
  type restorePointMarked,
} from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { RestorePointRepository } from './restore-point.repository.js';

/** The life of a point: asked for, marked by its owners, ready and open, closed. */
@Injectable()
export class Marking {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly points: RestorePointRepository,
  ) {}

  /** An import asks for a point. A repeat is answered by what the point has come to. */
  async makeForImport(scope: Scope, asked: DataOf<typeof importRestorePointRequested>): Promise<void> {
    const { importId, restorePointId, fileName } = asked;
    await this.uow.run(scope, async (manager) => {
      await this.points.insert(manager, {
        id: restorePointId,
        companyId: scope.companyId,
        occasion: 'import',
        importId,
        name: fileName,
        createdBy: scope.actor,
        cause: scope.cause,
      });
      const point = await this.points.lock(manager, restorePointId);
      if (point?.state === 'ready') await this.outbox.publish(restorePointReady, { restorePointId, importId });
      else await this.outbox.publish(restorePointRequested, { restorePointId });
    });
  }

  /** An owner holds its mark; with the last one the point is ready. */
  async takeMark(scope: Scope, { restorePointId, owner }: DataOf<typeof restorePointMarked>): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      const point = await this.points.lock(manager, restorePointId);
      if (point?.state !== 'marking') return;
      const ready = await this.points.addMark(manager, point, owner);
      if (ready) await this.outbox.publish(restorePointReady, { restorePointId, importId: point.importId });
    });
  }

  /** The import writes no more. */
  async closeOfImport(scope: Scope, { importId }: DataOf<typeof importFinished>): Promise<void> {
    await this.uow.run(scope, (manager) => this.points.closeOfImport(manager, importId));
  }
}
