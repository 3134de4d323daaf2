import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id, type ImportCounters } from '@muster/contracts';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { addOutcomes, initialCounters, sumOf } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { errorsOf } from '../imports/import-state.js';
import { ImportRepository } from '../imports/import.repository.js';
import { RepProgressRepository } from '../reps/rep-progress.repository.js';
import { repsOfRun, type RepsOfRun } from '../reps/reps-of-run.js';
import { namesUnknownRep, standingReps } from '../absentees/absentee-rules.js';
import { countDecidedOtherwise, shownVerdict } from '../plans/changed-since-plan.js';
import { PhasesRepository } from './phases.repository.js';

interface CountedRep {
  readonly no: number;
  readonly rows: number;
  readonly settled: number;
  readonly counters: ImportCounters;
}

/** Hands the rows of an import to their owners, for a plan or for a run. */
@Injectable()
export class RowQueue {
  constructor(
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly chunks: PhasesRepository,
    private readonly progress: RepProgressRepository,
  ) {}

  /**
   * Queues what the owners must answer of the chosen reps, or of all that wait; what is decided already is counted at once.
   * @throws Problem no_known_rep
   */
  async enqueue(
    manager: EntityManager,
    job: ImportJob,
    column: 'plan' | 'counters',
    chosen: readonly Id[] | null,
  ): Promise<{ counters: ImportCounters; openChunks: number }> {
    const ofRun = await this.repsOf(manager, job, chosen);
    const perRep = await this.count(manager, job, ofRun);
    await this.imports.setRepCounters(
      manager,
      job.id,
      column,
      perRep.map(({ no, counters }) => ({ no, counters })),
    );
    if (column === 'plan') await this.chunks.notePlanned(manager, job.id, [...ofRun.open, ...ofRun.decided.keys()]);
    else {
      await this.followPlan(manager, job, ofRun, perRep);
      await this.progress.set(manager, job.id, ofRun.open, 'running');
      await this.progress.set(manager, job.id, [...ofRun.decided.keys()], 'done');
    }
    const standing = column === 'plan' ? standingReps(await this.assignment.reps(manager, job.id), job) : [];
    const openChunks = await this.chunks.enqueue(manager, job.id, [...ofRun.open, ...standing], column);
    return { counters: sumOf(perRep.map(({ counters }) => counters)), openChunks };
  }

  /** What all reps that wait would count were one of their rows refused whatever the owners say; undefined: none is. */
  async decidedErrors(manager: EntityManager, job: ImportJob): Promise<ImportCounters | undefined> {
    const perRep = await this.count(manager, job, await this.repsOf(manager, job, null));
    const counters = sumOf(perRep.map((rep) => rep.counters));
    if (errorsOf(counters) === 0) return undefined;
    await this.imports.setRepCounters(
      manager,
      job.id,
      'counters',
      perRep.map(({ no, counters }) => ({ no, counters })),
    );
    return counters;
  }

  /** Whether somebody who waits is nobody known, maybe since the plan: what looks absent may stand in those rows. */
  async namesUnknownRep(manager: EntityManager, job: ImportJob): Promise<boolean> {
    return namesUnknownRep(await this.assignment.reps(manager, job.id), job.configuration.options.unknownReps);
  }

  /** From here on the run is held to what the plan showed; what was decided otherwise since then is so already. */
  private async followPlan(
    manager: EntityManager,
    job: ImportJob,
    { decided }: RepsOfRun,
    counted: readonly CountedRep[],
  ): Promise<void> {
    const repOf = new Map((await this.assignment.reps(manager, job.id)).map((rep) => [rep.no, rep]));
    const { unknownReps } = job.configuration.options;
    const changed = counted.flatMap(({ no, rows, settled }): { no: number; changed: number | null }[] => {
      const rep = repOf.get(no);
      if (!rep) return [];
      if (job.plan === null) return [{ no, changed: null }];
      const ofRep = { rows, settled, plan: rep.plan };
      return [{ no, changed: countDecidedOtherwise(ofRep, shownVerdict(rep, unknownReps), decided.get(no)) }];
    });
    await this.chunks.followPlan(manager, job.id, changed);
  }

  private async repsOf(manager: EntityManager, job: ImportJob, chosen: readonly Id[] | null): Promise<RepsOfRun> {
    const reps = await this.assignment.reps(manager, job.id);
    const ofRun = repsOfRun(reps, chosen, job.configuration.options.unknownReps);
    // Where reps came before, nobody may be left of those who wait.
    const areFirst = reps.every(({ progress }) => progress === 'waiting');
    if (ofRun.open.length === 0 && areFirst) throw noKnownRep(job, reps);
    return ofRun;
  }

  private async count(manager: EntityManager, job: ImportJob, { open, decided }: RepsOfRun): Promise<CountedRep[]> {
    const rows = await this.chunks.rowsOfReps(manager, job.id, [...open, ...decided.keys()]);
    return rows.map(({ no, rows: waiting, settled }) => {
      const verdict = decided.get(no);
      const outcomes = verdict ? { [verdict.outcome]: waiting + settled } : { invalid: settled };
      return { no, rows: waiting, settled, counters: addOutcomes(initialCounters(waiting + settled), outcomes) };
    });
  }
}

function noKnownRep({ configuration }: ImportJob, reps: readonly ImportRep[]): Problem {
  const { by = '', constant } = configuration.userMapping ?? {};
  if (reps.some(({ status, excluded }) => status === 'found' && excluded)) {
    return new Problem('no_known_rep', { params: { by, reason: 'leftOut' } });
  }
  const wholeFile = constant !== undefined && { reason: 'wholeFile', value: constant };
  return new Problem('no_known_rep', { params: { by, ...wholeFile } });
}
