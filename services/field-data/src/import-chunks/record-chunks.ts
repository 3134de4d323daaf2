import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ownerOfEntity, recordsChanged } from '@muster/contracts';
import type { AbsenteesOrder, AbsenteeWork, ChunkOrder, ChunkOwner, ChunkWork } from '@muster/import-owner';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { CustomFieldRepository } from '../custom-fields/custom-field.repository.js';
import { needsKeySet } from '../record-keys/key-path.js';
import { KeySets } from '../record-keys/key-sets.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';
import { AbsentRecords } from './absent-records.js';
import { ChunkMatches } from './chunk-matches.js';
import { chunkContext, keysOf, needsCustomFields, type ChunkContext } from './chunk-context.js';
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
    private readonly matches: ChunkMatches,
    private readonly absent: AbsentRecords,
    private readonly planner: ChunkPlanner,
    private readonly writer: ChunkWriter,
    private readonly keySets: KeySets,
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
      present: (manager, rows) => this.matches.present(manager, context, rows),
      announce: (_manager, effects) => this.announce(context, effects),
    };
  }

  absentees(scope: Scope, order: AbsenteesOrder): AbsenteeWork {
    return this.absent.begin(scope, order);
  }

  private async contextOf(scope: Scope, order: ChunkOrder): Promise<ChunkContext> {
    const keys = keysOf(order);
    if (!needsCustomFields(order) && !needsKeySet(keys)) return { ...chunkContext(order, []), keySet: undefined };
    return this.uow.run(scope, async (manager) => {
      const own = needsCustomFields(order) ? await this.customFields.definitions(manager, order.entity) : [];
      const context = chunkContext(order, own);
      const find = () => this.keySets.find(manager, scope.companyId, context.table, keys);
      return { ...context, keySet: needsKeySet(keys) ? await find() : undefined };
    });
  }

  private async announce({ table, repId }: ChunkContext, effects: readonly RecordEffect[]): Promise<void> {
    for (const news of newsOf(table.schema.name, repId, effects)) await this.outbox.publish(recordsChanged, news);
  }
}
