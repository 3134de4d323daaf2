import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accountLedger, Problem, type Id } from '@muster/contracts';
import { strictestGuard, type GuardSettings } from '@muster/import-model';
import { UnitOfWork } from '@muster/persistence';
import { Questions, type Caller, type Versioned } from '@muster/platform';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { addOutcomes, initialCounters, withOutcomesOf } from '../imports/counters.js';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { ImportsService } from '../imports/imports.service.js';
import { requireCommand, requireStaged } from '../imports/require-command.js';
import { Ending } from '../running/ending.js';
import { RowQueue } from '../running/row-queue.js';
import { planOfRest } from './plan-of-rest.js';
import { RepProgressRepository } from './rep-progress.repository.js';
import { isOpen, requireWaiting } from './reps-of-run.js';

/** What is done with one rep of an import. */
@Injectable()
export class RepsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly service: ImportsService,
    private readonly assignment: AssignmentRepository,
    private readonly progress: RepProgressRepository,
    private readonly rows: RowQueue,
    private readonly ending: Ending,
    private readonly questions: Questions,
  ) {}

  /** Writes the rows of one rep. */
  async run(caller: Caller, importId: Id, userId: Id, shown: number | undefined): Promise<Versioned<ImportDto>> {
    await this.uow.run(caller, async (manager) => {
      const job = await this.imports.get(manager, importId);
      requireCommand(caller, job, 'run', shown);
      requireRep(await this.assignment.reps(manager, job.id), userId);
    });
    return this.service.run(caller, importId, { reps: [userId] }, shown);
  }

  /** Passes over a rep. With the last one that waits the import ends. */
  async skip(caller: Caller, importId: Id, userId: Id, shown: number | undefined): Promise<Versioned<ImportDto>> {
    const limits = await this.limitsOf(caller, importId);
    return this.service.command(caller, importId, 'skip', shown, async (manager, job) => {
      requireStaged(job, 'skip');
      const { unknownReps } = job.configuration.options;
      const reps = await this.assignment.reps(manager, importId);
      requireRep(reps, userId);
      requireWaiting(reps, [userId], unknownReps);
      const open = reps.filter((rep) => isOpen(rep, unknownReps));
      const skipped = open.filter((rep) => rep.userId === userId);
      await this.count(manager, job, skipped, limits);
      if (skipped.length === open.length) await this.finish(manager, job);
    });
  }

  /** What a sync may take away unless somebody approves; undefined: the guard looks at nothing. */
  private async limitsOf(caller: Caller, importId: Id): Promise<GuardSettings | undefined> {
    const { companyId, guard, configuration } = await this.uow.run(caller, (manager) =>
      this.imports.get(manager, importId),
    );
    if (guard === null) return undefined;
    const ledger = await this.questions.ask(accountLedger, { companyId });
    return strictestGuard(ledger.guard, configuration.options.guard);
  }

  private async count(
    manager: EntityManager,
    job: ImportJob,
    skipped: readonly ImportRep[],
    limits: GuardSettings | undefined,
  ): Promise<void> {
    const nos = skipped.map(({ no }) => no);
    const perRep = skipped.map(({ no, rowCount }) => ({ no, counters: ignored(rowCount) }));
    await this.progress.set(manager, job.id, nos, 'skipped');
    const rows = skipped.reduce((sum, { rowCount }) => sum + rowCount, 0);
    const counters = addOutcomes(job.counters, { ignored: rows });
    await this.imports.setRepCounters(manager, job.id, 'counters', perRep);
    await this.imports.change(manager, job, { counters, ...planOfRest(job, skipped, limits) });
  }

  /** Nobody is left whose rows could be written. */
  private async finish(manager: EntityManager, job: ImportJob): Promise<void> {
    const { counters } = await this.rows.enqueue(manager, job, 'counters', null);
    await this.imports.change(manager, job, { counters: withOutcomesOf(job.counters, counters) });
    await this.ending.conclude(manager, job, null);
  }
}

function ignored(rows: number) {
  return addOutcomes(initialCounters(rows), { ignored: rows });
}

/** @throws Problem import_rep_not_found, import_without_reps */
function requireRep(reps: readonly ImportRep[], userId: Id): void {
  if (reps.some(({ status }) => status === 'company')) throw new Problem('import_without_reps');
  if (!reps.some((rep) => rep.userId === userId)) throw new Problem('import_rep_not_found');
}
