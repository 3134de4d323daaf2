import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordsChanged, recordsTransferred, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { RECORD_TABLES } from '../records/record-tables.js';
import type { RecordTable } from '../records/record-table.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';
import { counted, ended, planTransfer, RECORDS_A_STEP, type Progress } from './order-step.js';
import type { RecordOrder } from './record-order.entity.js';
import { TransferRepository } from './transfer.repository.js';

type Transfer = RecordOrder & { readonly toRepId: Id };

/** One step of a transfer: the next records of one entity, in the order of their ids. */
@Injectable()
export class TransferStep {
  constructor(
    private readonly transfers: TransferRepository,
    private readonly schedules: RepSchedulesRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Also where it fails: what was moved before stays with the other rep. */
  async take(manager: EntityManager, order: RecordOrder, now: Date): Promise<Progress> {
    if (!isTransfer(order)) throw new Error('A transfer needs a rep that it goes to');
    const target = { companyId: order.companyId, repId: order.toRepId };
    await this.schedules.hold(manager, target);
    if (await this.schedules.isOver(manager, target)) return ended(now, 'target_gone');
    const tables = RECORD_TABLES.filter(({ schema }) => order.entities?.includes(schema.name) ?? true);
    const place = tables.findIndex(({ schema }) => schema.name === order.atEntity);
    const table = tables[Math.max(place, 0)];
    if (!table) return ended(now);
    const after = place < 0 ? null : order.atRecord;
    const { last, size, counts } = await this.moveNext(manager, order, table, after);
    if (size === RECORDS_A_STEP) return { counts, atEntity: table.schema.name, atRecord: last };
    const next = tables[Math.max(place, 0) + 1];
    if (!next) return { counts, ...ended(now) };
    return { counts, atEntity: next.schema.name, atRecord: null };
  }

  async tell({ id, repId, toRepId, state, failure, counts }: RecordOrder): Promise<void> {
    await this.outbox.publish(recordsTransferred, {
      transferId: id,
      repId,
      toRepId: toRepId ?? repId,
      state,
      ...(failure !== null && { failure }),
      counts: counts.map(({ entity, done, kept }) => ({ entity, moved: done, kept })),
    });
  }

  private async moveNext(manager: EntityManager, order: Transfer, table: RecordTable, after: Id | null) {
    const { companyId, repId, toRepId } = order;
    const entity = table.schema.name;
    const candidates = await this.transfers.next(manager, table, { companyId, repId }, after, RECORDS_A_STEP);
    const externalIds = candidates.flatMap(({ externalId, binned }) => (binned ? [] : (externalId ?? [])));
    const holders = await this.transfers.holders(manager, table, { companyId, repId: toRepId }, externalIds);
    const { moved, kept } = planTransfer(candidates, holders);
    if (moved.length > 0) {
      await this.transfers.move(manager, table, toRepId, moved);
      const none = { entity, created: [], updated: [], removed: [] };
      await this.outbox.publish(recordsChanged, { ...none, repId, removed: moved, movedTo: toRepId });
      await this.outbox.publish(recordsChanged, { ...none, repId: toRepId, created: moved, movedFrom: repId });
    }
    if (kept.length > 0) await this.transfers.noteKept(manager, order, entity, kept);
    const counts = counted(order.counts, { entity, done: moved.length, kept: kept.length });
    return { last: candidates.at(-1)?.id ?? null, size: candidates.length, counts };
  }
}

function isTransfer(order: RecordOrder): order is Transfer {
  return order.toRepId !== null;
}
