import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import {
  claimedValue,
  decideRows,
  effectOf,
  refuseTaken,
  type ChunkEffect,
  type ChunkRow,
  type PlanSettings,
  type RowDecision,
} from '@muster/import-model';
import { RecordRepository } from '../records/record.repository.js';
import type { RecordTable } from '../records/record-table.js';
import type { StoredRow } from '../records/stored-row.js';
import { ChunkMatches } from './chunk-matches.js';

/** What every part of the handling of a chunk needs to know of it. */
export interface ChunkContext {
  readonly table: RecordTable;
  readonly settings: PlanSettings;
  readonly repId: Id;
}

/** Decides what becomes of the rows of a chunk, by what is stored now. Writes nothing; plan and run both ask it. */
@Injectable()
export class ChunkPlanner {
  constructor(
    private readonly records: RecordRepository,
    private readonly matches: ChunkMatches,
  ) {}

  /** What a run would answer, were it to come now. */
  async plan(manager: EntityManager, context: ChunkContext, rows: readonly ChunkRow[]): Promise<ChunkEffect> {
    return effectOf(await this.decide(manager, context, rows), undefined);
  }

  async decide(
    manager: EntityManager,
    context: ChunkContext,
    rows: readonly ChunkRow[],
  ): Promise<RowDecision<StoredRow>[]> {
    const { table, settings, repId } = context;
    const index = await this.matches.find(manager, table, settings, repId, rows);
    const decisions = decideRows(rows, index, settings);
    const claimed = decisions.flatMap((decision) => claimedValue(decision, 'externalId', settings) ?? []);
    if (claimed.length === 0) return decisions;
    const holders = await this.records.findByExternalId(manager, table, ['externalId'], repId, claimed);
    const live = holders.filter(({ binned }) => !binned);
    const holderOf = new Map(live.map((one) => [String(one['externalId']), one.id]));
    return refuseTaken(decisions, 'externalId', holderOf, settings);
  }
}
