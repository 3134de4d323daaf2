import { Injectable } from '@nestjs/common';
import {
  restorePointReady,
  restorePointRequested,
  type DataOf,
  type importFinished,
  type importPaused,
  type Id,
  type importRestorePointRequested,
  type restorePointMarked,
  type restorePointTaken,
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

  /** An import asks for a point. One that is there already is open again; a repeat is answered by what it has come to. */
  async makeForImport(scope: Scope, asked: DataOf<typeof importRestorePointRequested>): Promise<void> {
    const { importId, restorePointId, fileName, run } = asked;
    await this.uow.run(scope, async (manager) => {
      await this.points.insert(manager, {
        id: restorePointId,
        companyId: scope.companyId,
        occasion: 'import',
        importId,
        userId: null,
        name: fileName,
        createdBy: scope.actor,
        cause: scope.cause,
      });
      const point = await this.points.lock(manager, restorePointId);
      if (point?.state === 'ready') {
        await this.points.open(manager, point);
        const ready = { restorePointId, importId, ...(run !== undefined && { run }) };
        await this.outbox.publish(restorePointReady, ready);
      } else await this.outbox.publish(restorePointRequested, { restorePointId });
    });
  }

  /** An owner took a point by itself; it says next that it holds its mark. */
  async note(scope: Scope, taken: DataOf<typeof restorePointTaken>): Promise<void> {
    const { restorePointId: id, occasion, name, userId = null } = taken;
    const { companyId, actor: createdBy, cause } = scope;
    await this.uow.run(scope, (manager) =>
      this.points.insert(manager, { id, companyId, occasion, importId: null, userId, name, createdBy, cause }),
    );
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

  /** A person was deleted. */
  async forgetName(scope: Scope, userId: Id): Promise<void> {
    await this.uow.run(scope, (manager) => this.points.forgetNameOf(manager, userId));
  }

  /** The import writes no more, or not for now. */
  async closeOfImport(scope: Scope, { importId }: DataOf<typeof importFinished | typeof importPaused>): Promise<void> {
    await this.uow.run(scope, (manager) => this.points.closeOfImport(manager, importId));
  }
}
