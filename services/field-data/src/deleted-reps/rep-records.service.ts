import { Injectable } from '@nestjs/common';
import { recordsChanged, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { RECORD_TABLES } from '../records/record-tables.js';
import { RepRecordsRepository } from './rep-records.repository.js';

/** Records that one event names: their ids stay far below what an event may weigh. */
const AT_ONCE = 5_000;

@Injectable()
export class RepRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly records: RepRecordsRepository,
  ) {}

  /**
   * Deletes all records of a rep for good, their change logs too. Publishes `records.changed.v1`, several when there are many.
   */
  remove(scope: Scope, repId: Id): Promise<void> {
    return this.uow.run(scope, async (manager) => {
      for (const table of RECORD_TABLES) {
        for (;;) {
          const removed = await this.records.remove(manager, table, scope.companyId, repId, AT_ONCE);
          if (removed.length === 0) break;
          await this.records.forget(manager, table, removed);
          const entity = table.schema.name;
          await this.outbox.publish(recordsChanged, { entity, repId, created: [], updated: [], removed });
        }
      }
    });
  }
}
