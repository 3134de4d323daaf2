import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { effectOf, fieldsWritten, type ChunkRow, type RowDecision } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { RecordRepository } from '../records/record.repository.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';
import { ChunkPlanner } from './chunk-planner.js';
import { LastCallRepository } from './last-call.repository.js';
import { callsIn } from './last-calls.js';
import type { RecordEffect } from './record-effect.js';
import { movedIn } from './transfers.js';

/** Writes rows: one statement for all new records, one for all changed ones, none for the rest. */
@Injectable()
export class ChunkWriter {
  constructor(
    private readonly records: RecordRepository,
    private readonly planner: ChunkPlanner,
    private readonly lastCalls: LastCallRepository,
  ) {}

  async write(
    manager: EntityManager,
    companyId: Id,
    context: ChunkContext,
    rows: readonly ChunkRow[],
  ): Promise<RecordEffect> {
    const decisions = await this.decideLocked(manager, context, rows);
    const effect = effectOf(decisions, newId);
    const { table, repId } = context;
    if (effect.created.length > 0) {
      const fields = fieldsWritten(decisions, 'created');
      await this.records.insert(manager, table, { companyId, repId }, fields, effect.created);
    }
    const moved = movedIn(decisions);
    if (effect.updated.length > 0) {
      const fields = fieldsWritten(decisions, 'updated');
      await this.records.update(manager, table, fields, effect.updated, moved.length > 0 ? repId : null);
    }
    const calls = context.updateLastCalls ? callsIn(effect) : new Map<Id, string>();
    return { ...effect, moved, called: await this.lastCalls.update(manager, repId, calls) };
  }

  /** Decides, and locks what is to be changed. What somebody changed between the two is read and decided again. */
  private async decideLocked(
    manager: EntityManager,
    context: ChunkContext,
    rows: readonly ChunkRow[],
  ): Promise<RowDecision<StoredRow>[]> {
    for (;;) {
      const decisions = await this.planner.decide(manager, context, rows);
      const changing = decisions.filter(({ plan }) => plan.outcome === 'updated').flatMap(({ stored }) => stored ?? []);
      if (changing.length === 0) return decisions;
      const versions = await this.records.lock(
        manager,
        context.table,
        changing.map(({ id }) => id),
      );
      // A locked record does not change any more, so each turn of the loop leaves fewer that could.
      if (changing.every(({ id, version }) => versions.get(id) === version)) return decisions;
    }
  }
}
