import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Id, recordEntities, recordsOfRep, recordsPageOfRep } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { CustomFieldRepository } from '../custom-fields/custom-field.repository.js';
import { withCustomColumns, type RecordTable } from '../records/record-table.js';
import { RECORD_TABLES, tableOfEntity } from '../records/record-tables.js';
import { RepDataRepository } from './rep-data.repository.js';

type Rep = { readonly companyId: Id; readonly repId: Id };
type Summary = Required<z.output<typeof recordsOfRep.answer>>;
type Entities = z.output<typeof recordEntities.answer>;
type PageRequest = z.output<typeof recordsPageOfRep.request>;
type Page = z.output<typeof recordsPageOfRep.answer>;

/** Everything that a rep has, for whoever takes it away. */
@Injectable()
export class RepData {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: RepDataRepository,
    private readonly customFields: CustomFieldRepository,
  ) {}

  /** Every kind of records with all its fields, those that the company has added among them. */
  entities({ companyId }: { readonly companyId: Id }): Promise<Entities> {
    return this.inCompany(companyId, async (manager) => {
      const entities = [];
      for (const { schema } of RECORD_TABLES) {
        const { label, fields } = (await this.tableOf(manager, schema.name)).schema;
        entities.push({
          entity: schema.name,
          label,
          fields: fields.map(({ id, type, label: text }) => ({ id, type, label: text })),
        });
      }
      return { entities };
    });
  }

  page({ companyId, repId, entity, fields, after, limit }: PageRequest): Promise<Page> {
    return this.inCompany(companyId, async (manager) => {
      const table = await this.tableOf(manager, entity);
      const rows = await this.records.page(manager, table, { companyId, repId }, fields, { after, limit });
      return {
        rows: rows.map((row) => ({ binned: row.binned, values: fields.map((field) => row[field] ?? null) })),
        nextAfter: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
      };
    });
  }

  /**
   * How many records of each kind there are, and a digest that is the same as long as none was added, changed or taken away.
   * Kinds without records are left out: one that comes later changes no digest.
   */
  summary({ companyId, repId }: Rep): Promise<Summary> {
    return this.inCompany(companyId, async (manager) => {
      const states = [];
      for (const table of RECORD_TABLES) {
        const { entity, count, sum } = await this.records.state(manager, table, companyId, repId);
        if (count > 0) states.push({ entity, count, sum });
      }
      const digest = createHash('sha256').update(JSON.stringify(states)).digest('base64url');
      return { counts: states.map(({ entity, count }) => ({ entity, count })), digest };
    });
  }

  /** As the company of the unit of work has it. @throws Error when there are no records of such a kind */
  private async tableOf(manager: EntityManager, entity: string): Promise<RecordTable> {
    return withCustomColumns(tableOfEntity(entity), await this.customFields.definitions(manager, entity));
  }

  private inCompany<T>(companyId: Id, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.uow.run({ companyId, actor: 'system', cause: `request:${newId()}` }, work);
  }
}
