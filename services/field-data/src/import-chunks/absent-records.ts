import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { AbsenteesOrder, AbsenteeWork, Removal } from '@muster/import-owner';
import type { Scope } from '@muster/persistence';
import { RecordNews } from '../records/record-news.js';
import type { RecordTable } from '../records/record-table.js';
import { tableOfEntity } from '../records/record-tables.js';
import { RecordRepository } from '../records/record.repository.js';
import { RepSchedulesRepository, type Rep } from '../schedules/rep-schedules.repository.js';

/** Puts records of a rep that are absent from the file of a sync into the recycle bin. */
@Injectable()
export class AbsentRecords {
  constructor(
    private readonly records: RecordRepository,
    private readonly schedules: RepSchedulesRepository,
    private readonly news: RecordNews,
  ) {}

  /** @throws Error when there are no records of the entity here, or the order does not say whose */
  begin({ companyId }: Scope, { entity, repId = null }: AbsenteesOrder): AbsenteeWork {
    if (repId === null) throw new Error(`Whose ${entity} these are the order does not say`);
    const table = tableOfEntity(entity);
    const rep: Rep = { companyId, repId };
    return {
      table: table.table,
      there: 't.deleted_at is null',
      // Whoever takes a record out of the bin, or gives it to the rep, while the run is under way means it to be there.
      wasThere: `old ->> 'deleted_at' is null and (old ->> 'rep_id')::uuid = $3`,
      // What becomes of the records of a rep whose schedule is over is decided already.
      begin: async (manager) => {
        await this.schedules.hold(manager, rep);
        return (await this.schedules.isOver(manager, rep)) ? 'rep_without_schedule' : null;
      },
      remove: (manager, ids) => this.remove(manager, table, rep, ids),
    };
  }

  /** Those that somebody has deleted meanwhile, or given to another rep, stay as they are. */
  private async remove(
    manager: EntityManager,
    table: RecordTable,
    { repId }: Rep,
    ids: readonly Id[],
  ): Promise<Removal> {
    const removed = await this.records.bin(manager, table, repId, ids);
    await this.news.tell(table.schema.name, repId, { removed });
    return { removed, passedOver: [] };
  }
}
