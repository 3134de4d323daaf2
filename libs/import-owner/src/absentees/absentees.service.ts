import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  importAbsenteesAnswered,
  ownerOfEntity,
  type DataOf,
  type EventOf,
  type importAbsenteesOrdered,
} from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { CHUNK_OWNER, type ChunkOwner } from '../chunk-owner.js';
import { ChunkResultRepository } from '../chunk-result.repository.js';
import { AbsenteeRepository } from './absentee.repository.js';
import type { AbsenteeSet } from './absentee-set.js';
import type { AbsenteesOrder, AbsenteeWork } from './absentee-work.js';

type Answered = DataOf<typeof importAbsenteesAnswered>;
type Answer = Omit<Answered, 'importId' | 'planId' | 'repId' | 'dryRun'>;

/** So many go in one step: a unit of work of a fraction of a second, and ids that one event holds easily. */
export const ABSENTEES_A_STEP = 1_000;

const NOBODY: Answer = { deactivated: 0, passedOver: [] };

/** Carries out the orders about those who are absent from the file of a sync, with what the owner gives. */
@Injectable()
export class Absentees {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly results: ChunkResultRepository,
    private readonly absentees: AbsenteeRepository,
    private readonly outbox: Outbox,
    @Inject(CHUNK_OWNER) private readonly owner: ChunkOwner,
  ) {}

  /** One step, in one unit of work with its answer. A repeat finds what is left to do, and answers with what was done in all. */
  async handle(event: EventOf<typeof importAbsenteesOrdered>): Promise<void> {
    const order = event.data;
    if (!this.owner.owns(order.entity)) return;
    const { companyId, actor, traceparent } = event;
    const cause = `import:${order.importId}`;
    const scope: Scope = { companyId, actor, cause, ...(traceparent !== undefined && { traceparent }) };
    const work = this.owner.absentees(scope, order);
    await this.uow.run(scope, async (manager) => {
      const answer = await this.carryOut(manager, companyId, order, work);
      const { importId, planId, repId, dryRun } = order;
      const about = {
        importId,
        ...(planId !== undefined && { planId }),
        ...(repId !== undefined && { repId }),
        ...(dryRun && { dryRun }),
      };
      await this.outbox.publish(importAbsenteesAnswered, { ...about, ...answer });
    });
  }

  private async carryOut(
    manager: EntityManager,
    companyId: string,
    order: AbsenteesOrder,
    work: AbsenteeWork,
  ): Promise<Answer> {
    const { importId, planId, repId = null, dryRun, acrossReps = false } = order;
    const keptBy = await work.begin(manager);
    if (planId === undefined) return { ...NOBODY, ...(dryRun && { planned: 0, base: 0 }) };
    const of: AbsenteeSet = { companyId, importId, planId, repId };
    if (dryRun) {
      if (keptBy !== null) return { ...NOBODY, planned: 0, base: 0 };
      return { ...NOBODY, ...(await this.absentees.note(manager, of, work, acrossReps)) };
    }
    if (keptBy !== null) {
      await this.absentees.keep(manager, of, keptBy);
      return this.soFar(manager, of, order);
    }
    if (!(await this.results.hasMark(manager, order))) {
      return { ...(await this.soFar(manager, of, order)), withheld: 'restore_point_void' };
    }
    return this.step(manager, of, order, work);
  }

  /** What it costs goes by how many go, whatever is left or done: a rep may have as many as one likes. */
  private async step(
    manager: EntityManager,
    of: AbsenteeSet,
    order: AbsenteesOrder,
    work: AbsenteeWork,
  ): Promise<Answer> {
    const { acrossReps = false } = order;
    const { tallies } = this.absentees;
    const before = await tallies.open(manager, of);
    if (before.noted > order.most) {
      return { ...(await this.answer(manager, of, order, before.removed)), withheld: 'more_than_planned' };
    }
    const present = await tallies.presence(manager, of, acrossReps);
    if (present !== before.present) await this.absentees.keepPresent(manager, of, acrossReps);
    const ids = await this.absentees.next(manager, of, ABSENTEES_A_STEP);
    const removed = before.removed + (await this.letGo(manager, of, order, work, ids));
    await tallies.save(manager, of, { removed, present });
    if (ids.length === ABSENTEES_A_STEP) return { ...(await this.answer(manager, of, order, removed)), more: true };
    return this.answer(manager, of, order, (await tallies.recount(manager, of)).removed);
  }

  /** @returns how many are gone */
  private async letGo(
    manager: EntityManager,
    of: AbsenteeSet,
    order: AbsenteesOrder,
    work: AbsenteeWork,
    ids: readonly string[],
  ): Promise<number> {
    if (ids.length === 0) return 0;
    const absent = await this.absentees.wereThere(manager, of, order, work, ids);
    const removal = absent.length > 0 ? await work.remove(manager, absent) : { removed: [], passedOver: [] };
    await this.absentees.settle(manager, of, ids, removal);
    return removal.removed.length;
  }

  /** What was done in all orders so far. */
  private async soFar(manager: EntityManager, of: AbsenteeSet, order: AbsenteesOrder): Promise<Answer> {
    const { removed } = await this.absentees.tallies.open(manager, of);
    return this.answer(manager, of, order, removed);
  }

  /** @param removed in all orders so far */
  private async answer(
    manager: EntityManager,
    of: AbsenteeSet,
    { entity }: AbsenteesOrder,
    removed: number,
  ): Promise<Answer> {
    // Of records it may be all of a rep; the list has them.
    if (ownerOfEntity(entity) !== 'user-admin') return { ...NOBODY, removed };
    return { deactivated: removed, passedOver: await this.absentees.passedOver(manager, of) };
  }
}
