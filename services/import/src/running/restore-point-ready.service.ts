import { Injectable } from '@nestjs/common';
import type { DataOf, restorePointReady } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { ImportRepository } from '../imports/import.repository.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { Ending } from './ending.js';

/** Lets the import write that waits for its restore point. */
@Injectable()
export class RestorePointReady {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly ending: Ending,
    private readonly dispatcher: ChunkDispatcher,
  ) {}

  async letRun(scope: Scope, { importId, restorePointId, run }: DataOf<typeof restorePointReady>): Promise<void> {
    if (importId === null) return;
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      if (job.state !== 'running' || job.runPointId !== restorePointId) return;
      // The point of an earlier run may have closed since it was ready for that.
      if (run !== undefined && run !== job.runs) return;
      await this.imports.change(manager, job, { pointReady: true });
      // A sync all of whose rows were found invalid before.
      if (job.openChunks === 0) await this.ending.endIfDone(manager, job);
      this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
    });
  }
}
