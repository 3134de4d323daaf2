import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { RecordTable } from '../records/record-table.js';
import { kindOfEntity } from './record-kind.js';
import { RecordPages } from './record-page.repository.js';
import { referredIds, type NamedRecord, type NamedRecords, type RecordRow } from './record-row.js';

/** What people know the records by that others refer to, with one statement for each field of references. */
@Injectable()
export class NamedReferences {
  constructor(private readonly pages: RecordPages) {}

  async of(manager: EntityManager, { schema }: RecordTable, rows: readonly RecordRow[]): Promise<NamedRecords> {
    const named = new Map<Id, NamedRecord>();
    for (const { id, references } of schema.fields) {
      if (references === undefined) continue;
      const { table, title } = kindOfEntity(references);
      const found = await this.pages.named(manager, table, title, referredIds(rows, id));
      for (const [key, record] of found) named.set(key, record);
    }
    return named;
  }
}
