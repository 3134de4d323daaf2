import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  claimedValue,
  decideRows,
  effectOf,
  refuseTaken,
  type ChunkEffect,
  type ChunkRow,
  type RowDecision,
} from '@muster/import-model';
import { RecordRepository } from '../records/record.repository.js';
import { referenceColumns, refuseUnknown, resolveReferences } from '../records/references.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';
import { ChunkMatches } from './chunk-matches.js';
import { ChunkReferences } from './chunk-references.js';
import { withTransfers } from './transfers.js';

/** Decides what becomes of the rows of a chunk, by what is stored now. Writes nothing; plan and run both ask it. */
@Injectable()
export class ChunkPlanner {
  constructor(
    private readonly records: RecordRepository,
    private readonly matches: ChunkMatches,
    private readonly references: ChunkReferences,
  ) {}

  /** What a run would answer, were it to come now; and for whom the rows stand. */
  async plan(manager: EntityManager, context: ChunkContext, rows: readonly ChunkRow[]): Promise<ChunkEffect> {
    const effect = effectOf(await this.decide(manager, context, rows), undefined);
    const { isSync, settings } = context;
    const isFoundOtherwise = settings.keys.some((field) => field !== 'externalId');
    const isNamed = settings.columns.some(({ field }) => field === 'externalId');
    if (isSync && isFoundOtherwise && isNamed)
      effect.present.push(...(await this.matches.present(manager, context, rows)));
    return effect;
  }

  async decide(
    manager: EntityManager,
    context: ChunkContext,
    rows: readonly ChunkRow[],
  ): Promise<RowDecision<StoredRow>[]> {
    const columns = referenceColumns(context.settings.fields);
    const index = await this.matches.find(manager, context, rows);
    const known = await this.references.known(manager, context, columns, rows);
    const resolved = resolveReferences(rows, columns, known, (place) => index.matchesOf(place)[0]);
    const planned = refuseUnknown(decideRows(resolved.rows, index, context.settings), resolved.faults);
    const named = await this.references.named(manager, context, planned);
    return this.unlessTaken(manager, context, withTransfers(named, context));
  }

  /** Refuses rows that would give their record an external id which another record of the rep has. */
  private async unlessTaken(
    manager: EntityManager,
    { table, settings, repId }: ChunkContext,
    decisions: readonly RowDecision<StoredRow>[],
  ): Promise<RowDecision<StoredRow>[]> {
    const claimed = decisions.flatMap((decision) => claimedValue(decision, 'externalId', settings) ?? []);
    if (claimed.length === 0) return [...decisions];
    const holders = await this.records.findByExternalId(manager, table, ['externalId'], repId, claimed);
    const live = holders.filter(({ binned }) => !binned);
    const holderOf = new Map(live.map((one) => [String(one['externalId']), one.id]));
    return refuseTaken(decisions, 'externalId', holderOf, settings);
  }
}
