import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accountLedger, countActiveAccounts, type AccountLedger, type Id } from '@muster/contracts';
import {
  guardFindings,
  strictestGuard,
  sumAccounts,
  type AccountTally,
  type PlannedAccount,
} from '@muster/import-model';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { addOutcomes, initialCounters, type OutcomeCounts } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { packAnswers, unpackAnswers } from '../staging/chunk-payload.js';
import { isUnreadable, plannedAbsentees, type Absentees } from './absentees.js';
import { guardWarnings } from './guard-warnings.js';
import { Phases } from './phases.js';
import { PhasesRepository } from './phases.repository.js';
import { PlanSumsRepository, type AnsweredPlan } from './plan-sums.repository.js';
import { refusePlanned } from './refuse-planned.js';

const POLL_MS = 2_000;
const ASKED_AT_ONCE = 5_000;
/** Entities with rules that no chunk can judge by itself. */
const SUMMED = ['user'];

/** What a plan says that is answered, as far as its rows matter to each other. */
interface ReadPlan {
  readonly version: number;
  readonly isSync: boolean;
  readonly rows: readonly PlannedAccount[];
  readonly seqOf: ReadonlyMap<number, number>;
  /** Of a sync: accounts that rows stand for. */
  readonly present: ReadonlySet<Id>;
  /** A row does not say for whom it stands. */
  readonly unreadable: boolean;
}

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
    const scope: Scope = { companyId, actor, cause: `import:${importId}` };
    const plan = await this.uow.run(scope, (manager) => this.read(manager, importId));
    if (!plan) return;
    const ledger = await this.questions.ask(accountLedger, { companyId });
    const present = plan.isSync ? await this.activeOf(companyId, [...plan.present]) : 0;
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      // Planned anew meanwhile, or aborted.
      if (job.version !== plan.version || !isAnswered(job)) return;
      const absentees = plan.isSync ? plannedAbsentees(ledger.active, present, plan.unreadable) : null;
      await this.sum(manager, job, plan, ledger, absentees);
      await this.phases.finishPlan(manager, job);
    });
  }

  private async sum(
    manager: EntityManager,
    job: ImportJob,
    { rows, seqOf }: ReadPlan,
    ledger: AccountLedger,
    absentees: Absentees | null,
  ): Promise<void> {
    const { refused, tally } = sumAccounts(rows, ledger);
    const moved: Partial<OutcomeCounts> = {};
    const seqs = [...new Set([...refused.keys()].flatMap((row) => seqOf.get(row) ?? []))];
    for (const { seq, planned } of await this.sums.chunksOf(manager, job.id, seqs)) {
      const answers = refusePlanned(await unpackAnswers(planned), refused, moved);
      await this.sums.replace(manager, job.id, { seq, planned: await packAnswers(answers) });
    }
    const plan = addOutcomes(job.plan ?? initialCounters(0), moved);
    const { options } = job.configuration;
    const guard = guardFindings(guardedCounts(tally, absentees, ledger), strictestGuard(ledger.guard, options.guard));
    const warnings = guardWarnings(ledger.guard, options.guard);
    await this.chunks.movePlanned(manager, job.id, moved);
    await this.imports.change(manager, job, { plan, guard, absentees, warnings });
  }

  /** Rows that mean something to others, never all of the file's; undefined: somebody else was faster. */
  private async read(manager: EntityManager, importId: Id): Promise<ReadPlan | undefined> {
    const job = await this.imports.get(manager, importId);
    if (!isAnswered(job)) return undefined;
    const isSync = job.configuration.mode === 'sync';
    const rows: PlannedAccount[] = [];
    const seqOf = new Map<number, number>();
    const present = new Set<Id>();
    let unreadable = isSync && (await this.sums.hasSettled(manager, importId));
    for (let after = -1; ;) {
      const chunks = await this.sums.chunks(manager, importId, after);
      for (const { seq, planned } of chunks) {
        for (const answer of await unpackAnswers(planned)) {
          const { row, recordId: id, effects } = answer;
          if (isSync && id !== undefined) present.add(id);
          if (isUnreadable(answer)) unreadable = true;
          if (!effects) continue;
          rows.push({ row, id, effects });
          seqOf.set(row, seq);
        }
        after = seq;
      }
      if (chunks.length === 0) break;
    }
    rows.sort((a, b) => a.row - b.row);
    return { version: job.version, isSync, rows, seqOf, present, unreadable };
  }

  private async activeOf(companyId: Id, ids: readonly Id[]): Promise<number> {
    let active = 0;
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const userIds = ids.slice(at, at + ASKED_AT_ONCE);
      active += (await this.questions.ask(countActiveAccounts, { companyId, userIds })).active;
    }
    return active;
  }
}

function isAnswered({ state, openChunks, plan }: ImportJob): boolean {
  return state === 'planning' && openChunks === 0 && plan !== null;
}

function guardedCounts(tally: AccountTally, absentees: Absentees | null, { active, administrators }: AccountLedger) {
  const deactivations = tally.deactivations + (absentees?.planned ?? 0);
  return [
    { effect: 'deactivations', planned: deactivations, base: active },
    { effect: 'scheduleRemovals', planned: tally.scheduleRemovals, base: active },
    { effect: 'demotions', planned: tally.demotions, base: administrators },
  ] as const;
}
