import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ownerOfEntity, recordsChanged } from '@muster/contracts';
import type { ChunkOrder, ChunkOwner, ChunkWork } from '@muster/import-owner';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { CustomFieldRepository } from '../custom-fields/custom-field.repository.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';
import { chunkContext, needsCustomFields, type ChunkContext } from './chunk-context.js';
import { ChunkPlanner } from './chunk-planner.js';
import { ChunkWriter } from './chunk-writer.js';
import { newsOf, type RecordEffect } from './record-effect.js';
import { withoutSchedule } from './without-schedule.js';

/** Carries out work orders about records: those of one rep each. */
@Injectable()
export class RecordChunks implements ChunkOwner {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly customFields: CustomFieldRepository,
    private readonly planner: ChunkPlanner,
    private readonly writer: ChunkWriter,
    private readonly schedules: RepSchedulesRepository,
    private readonly outbox: Outbox,
  ) {}

  owns(entity: string): boolean {
    return ownerOfEntity(entity) === 'field-data';
  }

  async begin(scope: Scope, order: ChunkOrder): Promise<ChunkWork> {
    const { companyId } = scope;
    const context = await this.contextOf(scope, order);
    const rep = { companyId, repId: context.repId };
    const isOver = (manager: EntityManager) => this.schedules.isOver(manager, rep);
    return {
      lock: (manager) => this.schedules.hold(manager, rep),
      plan: async (manager, rows) =>
        (await isOver(manager)) ? withoutSchedule(rows) : this.planner.plan(manager, context, rows),
      write: async (manager, rows) =>
        (await isOver(manager)) ? withoutSchedule(rows) : this.writer.write(manager, companyId, context, rows),
      announce: (_manager, effects) => this.announce(context, effects),
    };
  }

  private async contextOf(scope: Scope, order: ChunkOrder): Promise<ChunkContext> {
    if (!needsCustomFields(order)) return chunkContext(order, []);
    const read = (manager: EntityManager) => this.customFields.definitions(manager, order.entity);
    return chunkContext(order, await this.uow.run(scope, read));
  }

  private async announce({ table, repId }: ChunkContext, effects: readonly RecordEffect[]): Promise<void> {
    for (const news of newsOf(table.schema.name, repId, effects)) await this.outbox.publish(recordsChanged, news);
  }
}
