import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accountLedger, type AccountLedger, type Id } from '@muster/contracts';
import { guardFindings, sumAccounts, type PlannedAccount } from '@muster/import-model';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { addOutcomes, initialCounters, type OutcomeCounts } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { packAnswers, unpackAnswers } from '../staging/chunk-payload.js';
import { Phases } from './phases.js';
import { PhasesRepository } from './phases.repository.js';
import { PlanSumsRepository, type AnsweredPlan } from './plan-sums.repository.js';
import { refusePlanned } from './refuse-planned.js';

const POLL_MS = 2_000;
/** Entities with rules that no chunk can judge by itself. */
const SUMMED = ['user'];

/**
 * Sums the rules over all rows of a plan, once the owner has answered all of its chunks: values that change hands, licences,
 * the last administrator, and what the guard looks at. It asks what the company has, hence outside of the unit of work that
 * takes the last answer; a process that dies leaves it to the next.
 */
@Injectable()
export class PlanSums extends BackgroundTask {
  private readonly logger = new Logger('plan sums');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly sums: PlanSumsRepository,
    private readonly phases: Phases,
    private readonly questions: Questions,
  ) {
    super('plan sums', POLL_MS);
  }

  static concerns({ entity }: Pick<ImportJob, 'entity'>): boolean {
    return SUMMED.includes(entity);
  }

  protected async work(): Promise<boolean> {
    for (const plan of await this.uow.runAsWorker((manager) => this.sums.answered(manager, SUMMED))) {
      try {
        await this.finish(plan);
      } catch (error) {
        this.logger.warn({ importId: plan.importId, msg: 'A plan cannot be summed up; tried again', err: error });
      }
    }
    return false;
  }

  private async finish({ importId, companyId, actor }: AnsweredPlan): Promise<void> {
    const ledger = await this.questions.ask(accountLedger, { companyId });
    await this.uow.run({ companyId, actor, cause: `import:${importId}` }, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      if (job.state !== 'planning' || job.openChunks > 0 || !job.plan) return;
      await this.sum(manager, job, ledger);
      await this.phases.finishPlan(manager, job);
    });
  }

  private async sum(manager: EntityManager, job: ImportJob, ledger: AccountLedger): Promise<void> {
    const { rows, seqOf } = await this.planned(manager, job.id);
    const { refused, tally } = sumAccounts(rows, ledger);
    const moved: Partial<OutcomeCounts> = {};
    const seqs = [...new Set([...refused.keys()].flatMap((row) => seqOf.get(row) ?? []))];
    for (const { seq, planned } of await this.sums.chunksOf(manager, job.id, seqs)) {
      const answers = refusePlanned(await unpackAnswers(planned), refused, moved);
      await this.sums.replace(manager, job.id, { seq, planned: await packAnswers(answers) });
    }
    const plan = addOutcomes(job.plan ?? initialCounters(0), moved);
    const guard = guardFindings(
      (['deactivations', 'scheduleRemovals', 'demotions'] as const).map((effect) => ({
        effect,
        planned: tally[effect],
        base: effect === 'demotions' ? ledger.administrators : ledger.active,
      })),
      job.configuration.options.guard ?? ledger.guard,
    );
    await this.chunks.movePlanned(manager, job.id, moved);
    await this.imports.change(manager, job, { plan, guard });
  }

  /** Rows that mean something to others; never all of the file's. */
  private async planned(manager: EntityManager, importId: Id) {
    const rows: PlannedAccount[] = [];
    const seqOf = new Map<number, number>();
    for (let after = -1; ;) {
      const chunks = await this.sums.chunks(manager, importId, after);
      for (const { seq, planned } of chunks) {
        for (const { row, recordId: id, effects } of await unpackAnswers(planned)) {
          if (!effects) continue;
          rows.push({ row, id, effects });
          seqOf.set(row, seq);
        }
        after = seq;
      }
      if (chunks.length === 0) break;
    }
    return { rows: rows.sort((a, b) => a.row - b.row), seqOf };
  }
}
