import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type ImportCounters } from '@muster/contracts';
import { AssignmentRepository } from '../assignment/assignment.repository.js';
import { repVerdict } from '../assignment/rep-verdict.js';
import { addOutcomes, initialCounters, sumOf } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { ImportRepository } from '../imports/import.repository.js';
import { PhasesRepository } from './phases.repository.js';

/** Hands the rows of an import to their owners, for a plan or for a run. */
@Injectable()
export class RowQueue {
  constructor(
    private readonly imports: ImportRepository,
    private readonly assignment: AssignmentRepository,
    private readonly chunks: PhasesRepository,
  ) {}

  /** Queues what the owners must answer; what is decided already is counted at once. @throws Problem no_known_rep */
  async enqueue(
    manager: EntityManager,
    job: ImportJob,
    column: 'plan' | 'counters',
  ): Promise<{ counters: ImportCounters; openChunks: number }> {
    const reps = await this.assignment.reps(manager, job.id);
    const { unknownReps } = job.configuration.options;
    const verdicts = new Map(reps.map((rep) => [rep.no, repVerdict(rep, unknownReps)]));
    const open = reps.filter(({ no }) => !verdicts.get(no)).map(({ no }) => no);
    const by = job.configuration.userMapping?.by ?? '';
    if (open.length === 0) throw new Problem('no_known_rep', { params: { by } });

    const rows = await this.chunks.rowsOfReps(manager, job.id);
    const perRep = rows.map(({ no, rows: waiting, settled }) => {
      const all = initialCounters(waiting + settled);
      const verdict = verdicts.get(no);
      const decided = verdict ? { [verdict.outcome]: waiting + settled } : { invalid: settled };
      return { no, counters: addOutcomes(all, decided) };
    });
    await this.imports.setRepCounters(manager, job.id, column, perRep);
    const openChunks = await this.chunks.enqueue(manager, job.id, open, column);
    return { counters: sumOf(perRep.map((rep) => rep.counters)), openChunks };
  }
}
