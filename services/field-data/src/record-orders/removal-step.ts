import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordsChanged, recordsRemoved } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { RepRecordsRepository } from '../deleted-reps/rep-records.repository.js';
import { RECORD_TABLES } from '../records/record-tables.js';
import { counted, ended, RECORDS_A_STEP, type Progress } from './order-step.js';
import type { RecordOrder } from './record-order.entity.js';

/** One step of a removal: some records of one entity. Their change logs stay, so that a restore can bring them back. */
@Injectable()
export class RemovalStep {
  constructor(
    private readonly records: RepRecordsRepository,
    private readonly outbox: Outbox,
  ) {}

  async take(manager: EntityManager, { companyId, repId, counts }: RecordOrder, now: Date): Promise<Progress> {
    // What refers to others goes before what it refers to.
    for (const table of RECORD_TABLES.toReversed()) {
      const removed = await this.records.remove(manager, table, companyId, repId, RECORDS_A_STEP);
      if (removed.length === 0) continue;
      const entity = table.schema.name;
      await this.outbox.publish(recordsChanged, { entity, repId, created: [], updated: [], removed });
      return { counts: counted(counts, { entity, done: removed.length, kept: 0 }) };
    }
    return ended(now);
  }

  /** Only of the end: how many there were in all. */
  async tell({ repId, restorePointId, state, counts }: RecordOrder): Promise<void> {
    if (state !== 'completed') return;
    await this.outbox.publish(recordsRemoved, {
      repId,
      ...(restorePointId !== null && { restorePointId }),
      counts: counts.map(({ entity, done }) => ({ entity, count: done })),
    });
  }
}
