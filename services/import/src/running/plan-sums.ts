import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { accountLedger, type AccountLedger } from '@muster/contracts';
import {
  entitySchema,
  guardFindings,
  strictestGuard,
  sumAccounts,
  type AccountTally,
  type PlannedAccount,
} from '@muster/import-model';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { addOutcomes, initialCounters, type OutcomeCounts } from '../imports/counters.js';
import type { WithheldReason } from '../imports/import-absentees.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { repsOfRun } from '../reps/reps-of-run.js';
import { packAnswers, unpackAnswers } from '../staging/chunk-payload.js';
import { AbsenteeQueueRepository } from '../absentees/absentee-queue.repository.js';
import {
  goneCount,
  guardedRecords,
  isSync,
  isUnreadable,
  namesUnknownRep,
  standingReps,
} from '../absentees/absentee-rules.js';
import { guardWarnings } from '../plans/guard-warnings.js';
import { Phases } from './phases.js';
import { PhasesRepository } from './phases.repository.js';
import { CHUNKS_AT_ONCE, PlanSumsRepository, type AnsweredPlan } from '../plans/plan-sums.repository.js';
import { refusePlanned } from '../plans/refuse-planned.js';

const POLL_MS = 2_000;

/** What a plan says that is answered, as far as its rows matter to each other. */
interface ReadPlan {
  readonly version: number;
  readonly rows: readonly PlannedAccount[];
  readonly seqOf: ReadonlyMap<number, number>;
  /** Of a sync: why nobody goes. */
  readonly withheld: WithheldReason | null;
}

/**
 * Sums the rules over all rows of a plan, once the owner has answered all of its chunks: values that change hands, licences,
 * the last administrator, and what the guard looks at. It asks what the company has, hence outside of the unit of work that
 * takes the last answer; a process that dies leaves it to the next.
 */
@Injectable()
export class PlanSums extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly sums: PlanSumsRepository,
    private readonly assignment: AssignmentRepository,
    private readonly absent: AbsenteeQueueRepository,
    private readonly phases: Phases,
    private readonly questions: Questions,
  ) {
    super('plan sums', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const answered = await this.uow.runAsWorker((manager) => this.sums.answered(manager));
    await this.each(answered, 'A plan cannot be summed up', (plan) => this.finish(plan));
    return false;
  }

  private async finish({ importId, companyId, actor }: AnsweredPlan): Promise<void> {
    const scope: Scope = { companyId, actor, cause: `import:${importId}` };
    const plan = await this.uow.run(scope, (manager) => this.read(manager, importId));
    if (!plan) return;
    const ledger = await this.questions.ask(accountLedger, { companyId });
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, importId);
      // Planned anew meanwhile, or aborted.
      if (job.version !== plan.version || !isAnswered(job)) return;
      await this.sum(manager, job, plan, ledger);
      await this.phases.finishPlan(manager, job);
    });
  }

  private async sum(
    manager: EntityManager,
    job: ImportJob,
    { rows, seqOf, withheld }: ReadPlan,
    ledger: AccountLedger,
  ): Promise<void> {
    const { refused, tally } = sumAccounts(rows, ledger);
    const moved: Partial<OutcomeCounts> = {};
    const seqs = [...new Set([...refused.keys()].flatMap((row) => seqOf.get(row) ?? []))];
    for (let at = 0; at < seqs.length; at += CHUNKS_AT_ONCE) {
      const chunks = await this.sums.chunksOf(manager, job.id, seqs.slice(at, at + CHUNKS_AT_ONCE));
      const changed = chunks.map(async ({ seq, planned }) => {
        const answers = refusePlanned(await unpackAnswers(planned), refused, moved);
        return { seq, planned: await packAnswers(answers) };
      });
      await this.sums.replace(manager, job.id, await Promise.all(changed));
    }
    const { options } = job.configuration;
    const absent = await this.absent.sum(manager, job.id);
    const planned = withheld === null ? absent.absentees : 0;
    const counts =
      entitySchema(job.entity).ofCompany === true
        ? guardedAccounts(tally, planned, ledger)
        : guardedRecords(planned, absent.base);
    const plan = {
      ...addOutcomes(job.plan ?? initialCounters(0), moved),
      ...(isSync(job) && goneCount(job.entity, planned)),
    };
    if (refused.size > 0) await this.chunks.movePlanned(manager, job.id, moved);
    await this.imports.change(manager, job, {
      plan,
      guard: guardFindings(counts, strictestGuard(ledger.guard, options.guard)),
      absentees: job.absentees && { ...job.absentees, planned, withheld },
      warnings: guardWarnings(ledger.guard, options.guard),
    });
  }

  /** Rows that mean something to others, never all of the file's; undefined: somebody else was faster. */
  private async read(manager: EntityManager, importId: AnsweredPlan['importId']): Promise<ReadPlan | undefined> {
    const job = await this.imports.get(manager, importId);
    if (!isAnswered(job)) return undefined;
    const reps = await this.assignment.reps(manager, importId);
    const { unknownReps } = job.configuration.options;
    const open = repsOfRun(reps, null, unknownReps).open;
    const rows: PlannedAccount[] = [];
    const seqOf = new Map<number, number>();
    let unreadable = await this.sums.hasUnreadable(manager, importId, [...open, ...standingReps(reps, job)]);
    for (let after = -1; ;) {
      const chunks = await this.sums.chunks(manager, importId, open, after);
      for (const { seq, planned } of chunks) {
        for (const answer of await unpackAnswers(planned)) {
          const { row, recordId: id, effects } = answer;
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
    const unknown = namesUnknownRep(reps, unknownReps) ? 'unknown_rep' : null;
    const withheld = job.absentees?.withheld ?? (unreadable ? 'unreadable_rows' : unknown);
    return { version: job.version, rows, seqOf, withheld };
  }
}

function isAnswered({ state, openChunks, plan }: ImportJob): boolean {
  return state === 'planning' && openChunks === 0 && plan !== null;
}

function guardedAccounts(tally: AccountTally, absent: number, { active, administrators }: AccountLedger) {
  return [
    { effect: 'deactivations', planned: tally.deactivations + absent, base: active },
    { effect: 'scheduleRemovals', planned: tally.scheduleRemovals, base: active },
    { effect: 'demotions', planned: tally.demotions, base: administrators },
  ] as const;
}
