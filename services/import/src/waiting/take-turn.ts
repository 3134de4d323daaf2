import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { AssignmentService, type NewAssignment } from '../assignment/assignment.service.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { Ending } from '../running/ending.js';
import { mayPass } from '../running/may-pass.js';
import { Phases } from '../running/phases.js';
import type { Candidate } from './waiting.repository.js';

/** Lets an import go on that waited, if it is its turn: the reps are looked up anew, and what the run does is planned anew. */
@Injectable()
export class TakeTurn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly assignments: AssignmentService,
    private readonly phases: Phases,
    private readonly ending: Ending,
  ) {}

  /**
   * What forbids the import to go on ends it.
   * @param isItsTurn looks at the locked import; what it changes stays also when it says no
   * @throws when something was away, to be tried again
   */
  async take(
    { importId, companyId, actor }: Candidate,
    isItsTurn: (manager: EntityManager, job: ImportJob) => Promise<boolean>,
  ): Promise<void> {
    const scope: Scope = { companyId, actor, cause: `import:${importId}` };
    const reps = await this.resolve(scope, importId);
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      if (!(await isItsTurn(manager, job))) return;
      await this.ending.orFail(manager, job, async () => {
        await this.assignments.saveAnew(manager, job, reps());
        await this.phases.goOnAfterWaiting(manager, job);
      });
    });
  }

  /** @returns gives the answer, or throws what the question was refused with, where it can be told to the import */
  private async resolve(scope: Scope, importId: string): Promise<() => NewAssignment> {
    try {
      const reps = await this.assignments.resolveAnew(scope, importId);
      return () => reps;
    } catch (error) {
      if (mayPass(error)) throw error;
      return () => {
        throw error;
      };
    }
  }
}
