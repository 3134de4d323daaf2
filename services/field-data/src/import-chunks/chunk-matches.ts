import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { judgedWith, KeyIndex, type ChunkRow, type PlanSettings } from '@muster/import-model';
import { RecordRepository } from '../records/record.repository.js';
import type { RecordTable } from '../records/record-table.js';
import type { StoredRow } from '../records/stored-row.js';

/** Finds the records that the rows of a chunk mean, with one statement for all, or two. */
@Injectable()
export class ChunkMatches {
  constructor(private readonly records: RecordRepository) {}

  async find(
    manager: EntityManager,
    table: RecordTable,
    settings: PlanSettings,
    repId: Id,
    rows: readonly ChunkRow[],
  ): Promise<KeyIndex<StoredRow>> {
    const index = new KeyIndex<StoredRow>(rows, settings);
    if (index.wanted().length > 0) index.add(await this.candidates(manager, table, settings, repId, index));
    return index;
  }

  /** By the key field that has the best index; where there are more key fields, the index of keys sorts out. */
  private candidates(
    manager: EntityManager,
    table: RecordTable,
    settings: PlanSettings,
    repId: Id,
    index: KeyIndex<StoredRow>,
  ): Promise<StoredRow[]> {
    const fields = fieldsToRead(settings);
    const { keys } = settings;
    if (keys.includes('id')) return this.records.findById(manager, table, fields, repId, index.wantedOf('id'));
    if (keys.length === 1 && keys[0] === 'externalId') {
      return this.records.findByExternalId(manager, table, fields, repId, index.wantedOf('externalId'));
    }
    return this.records.findByValues(manager, table, fields, repId, keys, index.wanted());
  }
}

/** What the planner looks at: mapped fields, those that they are judged with, and the one that must stay unique. */
function fieldsToRead({ schema, columns }: PlanSettings): string[] {
  const mapped = columns.map(({ field }) => field);
  const fields = new Set([...mapped, ...judgedWith(schema, mapped), 'externalId']);
  fields.delete('id');
  return [...fields];
}
