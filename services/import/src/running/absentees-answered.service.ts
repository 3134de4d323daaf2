import { Injectable } from '@nestjs/common';
import type { DataOf, importAbsenteesAnswered } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { ImportRepository } from '../imports/import.repository.js';
import { Ending } from './ending.js';

/** Ends a sync with what became of those who are absent from its file. */
@Injectable()
export class AbsenteesAnswered {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly ending: Ending,
  ) {}

  async take(scope: Scope, answered: DataOf<typeof importAbsenteesAnswered>): Promise<void> {
    const { importId, deactivated, passedOver, withheld = null } = answered;
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      if (job.state !== 'running' || !job.absentees?.orderedAt) return;
      const absentees = { ...job.absentees, orderedAt: null, deactivated, passedOver, withheld };
      await this.imports.change(manager, job, { absentees });
      await this.ending.endSync(manager, job, absentees);
    });
  }
}
