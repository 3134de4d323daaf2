import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CustomFieldRepository } from '../custom-fields/custom-field.repository.js';
import { withCustomColumns, type RecordTable } from '../records/record-table.js';
import type { RecordKind } from './record-kind.js';

/** Tables as the company of the unit of work has them, with its own fields. */
@Injectable()
export class CompanyTables {
  constructor(private readonly customFields: CustomFieldRepository) {}

  async of(manager: EntityManager, { table }: Pick<RecordKind, 'table'>): Promise<RecordTable> {
    return withCustomColumns(table, await this.customFields.definitions(manager, table.schema.name));
  }
}
