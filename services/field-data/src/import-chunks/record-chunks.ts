import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ownerOfEntity, recordsChanged } from '@muster/contracts';
import type { ChunkOrder, ChunkOwner, ChunkWork } from '@muster/import-owner';
import { planSettings, type ChunkEffect } from '@muster/import-model';
import { Outbox } from '@muster/messaging';
import type { Scope } from '@muster/persistence';
import { tableOfEntity } from '../records/record-tables.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';
import { ChunkPlanner, type ChunkContext } from './chunk-planner.js';
import { ChunkWriter } from './chunk-writer.js';
import { withoutSchedule } from './without-schedule.js';

/** Carries out work orders about records: those of one rep each. */
@Injectable()
export class RecordChunks implements ChunkOwner {
  constructor(
    private readonly planner: ChunkPlanner,
    private readonly writer: ChunkWriter,
    private readonly schedules: RepSchedulesRepository,
    private readonly outbox: Outbox,
  ) {}

  owns(entity: string): boolean {
    return ownerOfEntity(entity) === 'field-data';
  }

  begin({ companyId }: Scope, order: ChunkOrder): ChunkWork {
    const context = chunkContext(order);
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

  private async announce({ table, repId }: ChunkContext, effects: readonly ChunkEffect[]): Promise<void> {
    const created = effects.flatMap((effect) => effect.created.map(({ id }) => id));
    const updated = effects.flatMap((effect) => effect.updated.map(({ id }) => id));
    if (created.length + updated.length === 0) return;
    const entity = table.schema.name;
    await this.outbox.publish(recordsChanged, { entity, repId, created, updated, removed: [] });
  }
}

function chunkContext({ entity, mode, columns, repId }: ChunkOrder): ChunkContext {
  if (repId === null) throw new Error(`Whose ${entity} these are the order does not say`);
  const table = tableOfEntity(entity);
  return { table, settings: planSettings(table.schema, { mode, columns }), repId };
}
