import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataOf, importAbsenteesAnswered } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import type { Absentees } from '../imports/import-absentees.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { AbsenteeQueueRepository } from '../absentees/absentee-queue.repository.js';
import { goneCount } from '../absentees/absentee-rules.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { Ending } from './ending.js';
import { PlanSums } from './plan-sums.js';

type Answered = DataOf<typeof importAbsenteesAnswered>;

/** Takes in who is absent from the file of a sync, and what became of them; ends the phase with the last answer. */
@Injectable()
export class AbsenteeAnswers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly queue: AbsenteeQueueRepository,
    private readonly ending: Ending,
    private readonly dispatcher: ChunkDispatcher,
    private readonly sums: PlanSums,
  ) {}

  async take(scope: Scope, answered: Answered): Promise<void> {
    const { importId, planId, dryRun } = answered;
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      const { absentees } = job;
      if (job.state !== (dryRun ? 'planning' : 'running') || !absentees || absentees.planId !== planId) return;
      if (!(await this.queue.saveAnswer(manager, answered))) return;
      if (dryRun) this.uow.afterCommit(() => this.sums.wake());
      else await this.count(manager, job, absentees, answered);
      this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
    });
  }

  private async count(manager: EntityManager, job: ImportJob, before: Absentees, answered: Answered): Promise<void> {
    const { removed } = await this.queue.sum(manager, job.id);
    const { passedOver, withheld = before.withheld } = answered;
    const counters = { ...job.counters, ...goneCount(job.entity, removed) };
    await this.imports.change(manager, job, { counters, absentees: { ...before, passedOver, withheld } });
    await this.ending.endSync(manager, job);
  }
}
