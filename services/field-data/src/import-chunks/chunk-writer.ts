import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { effectOf, fieldsWritten, type ChunkEffect, type ChunkRow, type RowDecision } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { RecordRepository } from '../records/record.repository.js';
import { ChunkPlanner, type ChunkContext } from './chunk-planner.js';
import type { StoredRow } from '../records/stored-row.js';

/** Writes rows: one statement for all new records, one for all changed ones, none for the rest. */
@Injectable()
export class ChunkWriter {
  constructor(
    private readonly records: RecordRepository,
    private readonly planner: ChunkPlanner,
  ) {}

  async write(
    manager: EntityManager,
    companyId: Id,
    context: ChunkContext,
    rows: readonly ChunkRow[],
  ): Promise<ChunkEffect> {
    const decisions = await this.decideLocked(manager, context, rows);
    const effect = effectOf(decisions, newId);
    const { table, repId } = context;
    if (effect.created.length > 0) {
      const fields = fieldsWritten(decisions, 'created');
      await this.records.insert(manager, table, { companyId, repId }, fields, effect.created);
    }
    if (effect.updated.length > 0) {
      await this.records.update(manager, table, fieldsWritten(decisions, 'updated'), effect.updated);
    }
    return effect;
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
