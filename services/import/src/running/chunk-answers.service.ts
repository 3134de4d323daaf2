import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataOf, importChunkAnswered, RowAnswer } from '@muster/contracts';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { addOutcomes, countOutcomes } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { packAnswers, unpackAnswers } from '../staging/chunk-payload.js';
import { countOtherwise, shownVerdict } from '../plans/changed-since-plan.js';
import { ChunkDispatcher } from './chunk-dispatcher.js';
import { Ending } from './ending.js';
import { errorStop } from './error-stop.js';
import { Phases } from './phases.js';
import { PhasesRepository } from './phases.repository.js';
import { PlanSums } from './plan-sums.js';

type Answered = DataOf<typeof importChunkAnswered>;

/** Takes the owners' answers in: stores them, counts them, and ends the phase with the last one. */
@Injectable()
export class ChunkAnswers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportRepository,
    private readonly chunks: PhasesRepository,
    private readonly phases: Phases,
    private readonly ending: Ending,
    private readonly dispatcher: ChunkDispatcher,
    private readonly sums: PlanSums,
  ) {}

  async take(scope: Scope, answered: Answered): Promise<void> {
    const packed = await packAnswers(answered.answers);
    await this.uow.run(scope, async (manager) => {
      const job = await this.imports.getLocked(manager, answered.importId);
      if (job.state !== (answered.dryRun ? 'planning' : 'running')) return;
      if (answered.refusal) await this.stop(manager, job, answered);
      else await this.count(manager, job, answered, packed);
      this.uow.afterCommit(() => this.dispatcher.wakeFor(job.id));
    });
  }

  private async count(manager: EntityManager, job: ImportJob, answered: Answered, packed: Buffer): Promise<void> {
    const planning = answered.dryRun;
    const column = planning ? 'planned' : 'answers';
    const { fresh, changedSincePlan } = await this.judge(manager, job, answered);
    const counts = countOutcomes(fresh);
    const postponed = answered.postponed !== undefined;
    const field = planning ? 'plan' : 'counters';
    const answer = { column, packed, postponed } as const;
    if (!(await this.chunks.saveAnswer(manager, job.id, answered.seq, answer, { field, counts, changedSincePlan })))
      return;
    const counters = addOutcomes((planning ? job.plan : job.counters) ?? job.counters, counts);
    const stop = !planning && errorStop({ ...job, counters }) !== null;
    const openChunks = job.openChunks - (postponed ? 0 : 1);
    await this.imports.change(manager, job, {
      [field]: counters,
      openChunks,
      ...(answered.unreadable && job.absentees && { absentees: { ...job.absentees, withheld: 'unreadable_rows' } }),
      abortRequested: job.abortRequested || stop,
    });
    if (!planning) await this.ending.endIfDone(manager, job);
    else if (openChunks === 0) {
      await this.phases.endOfRows(manager, job);
      this.uow.afterCommit(() => this.sums.wake());
    }
  }

  /**
   * What an answer adds: all of its rows, but of a chunk that is answered a second time those that waited for the last order;
   * and how many of them are otherwise than the plan showed that the run follows.
   */
  private async judge(
    manager: EntityManager,
    { configuration }: ImportJob,
    { importId, seq, answers, dryRun }: Answered,
  ): Promise<{ fresh: readonly RowAnswer[]; changedSincePlan: number }> {
    const before = dryRun ? undefined : await this.chunks.chunkBefore(manager, importId, seq);
    if (!before) return { fresh: answers, changedSincePlan: 0 };
    const counted = new Set((await unpackAnswers(before.counted)).map(({ row }) => row));
    const fresh = answers.filter(({ row }) => !counted.has(row));
    const shown = shownVerdict(before, configuration.options.unknownReps);
    return { fresh, changedSincePlan: countOtherwise(await unpackAnswers(before.planned), shown, fresh) };
  }

  /** The owner wrote nothing of this chunk, and would write nothing of the next ones either. */
  private async stop(manager: EntityManager, job: ImportJob, answered: Answered): Promise<void> {
    const { seq, refusal, restorePointId = job.runPointId } = answered;
    // It came late: the run has another point by now.
    if (restorePointId !== job.runPointId) return;
    if (!(await this.chunks.takeBack(manager, job.id, seq))) return;
    await this.imports.change(manager, job, { abortRequested: true, problem: { code: refusal ?? 'internal_error' } });
    await this.ending.endIfDone(manager, job);
  }
}
