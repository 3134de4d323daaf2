import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { judgedWith, KeyIndex, type ChunkRow, type PlanSettings } from '@muster/import-model';
import { RecordRepository } from '../records/record.repository.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';
import { CALL_FIELDS } from './last-calls.js';

/** Finds the records that the rows of a chunk mean, with one statement for all, or two. */
@Injectable()
export class ChunkMatches {
  constructor(private readonly records: RecordRepository) {}

  async find(manager: EntityManager, context: ChunkContext, rows: readonly ChunkRow[]): Promise<KeyIndex<StoredRow>> {
    const index = new KeyIndex<StoredRow>(rows, context.settings);
    if (index.wanted().length === 0) return index;
    index.add(await this.ofRep(manager, context, index));
    if (context.transfer !== 'none') index.add(await this.elsewhere(manager, context, index));
    return index;
  }

  /** Records that rows stand for, whatever is wrong with the rows: by their keys, or else by an external id of the rep's. */
  async present(manager: EntityManager, context: ChunkContext, rows: readonly ChunkRow[]): Promise<Id[]> {
    const index = await this.find(manager, context, rows);
    const named = index.valuesOfUnmatched('externalId');
    if (named.length === 0) return index.meant();
    const { table, repId } = context;
    const holders = await this.records.findByExternalId(manager, table, ['externalId'], repId, named);
    return [...index.meant(), ...holders.map(({ id }) => id)];
  }

  /** By the key field that has the best index; where there are more key fields, the index of keys sorts out. */
  private ofRep(manager: EntityManager, context: ChunkContext, index: KeyIndex<StoredRow>): Promise<StoredRow[]> {
    const { table, settings, repId, keySet } = context;
    const fields = fieldsToRead(context);
    const { keys } = settings;
    if (keys.includes('id')) return this.records.findById(manager, table, fields, repId, index.wantedOf('id'));
    if (keys.length === 1 && keys[0] === 'externalId') {
      return this.records.findByExternalId(manager, table, fields, repId, index.wantedOf('externalId'));
    }
    return this.records.findByValues(manager, table, fields, repId, { fields: keys, set: keySet }, index.wanted());
  }

  /** What the rep lacks, at the company's other reps. */
  private async elsewhere(
    manager: EntityManager,
    context: ChunkContext,
    index: KeyIndex<StoredRow>,
  ): Promise<StoredRow[]> {
    const { table, settings, repId, keySet } = context;
    const missing = index.missing();
    if (missing.length === 0) return [];
    const fields = context.transfer === 'copy' ? table.columns.map(({ field }) => field) : fieldsToRead(context);
    return this.records.findElsewhere(manager, table, fields, repId, { fields: settings.keys, set: keySet }, missing);
  }
}

/** What the planner looks at: mapped fields, those that they are judged with, and the one that must stay unique. */
function fieldsToRead({ settings, updateLastCalls }: ChunkContext): string[] {
  const { schema, columns }: PlanSettings = settings;
  const mapped = columns.map(({ field }) => field);
  const calls = updateLastCalls ? CALL_FIELDS : [];
  const fields = new Set([...mapped, ...judgedWith(schema, mapped), ...calls, 'externalId']);
  fields.delete('id');
  return [...fields];
}
