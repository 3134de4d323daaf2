import {
  accountLedger,
  importAbsenteesAnswered,
  importAbsenteesOrdered,
  importChunkAnswered,
  importChunkOrdered,
  importRestorePointRequested,
  restorePointReady,
  TOPICS,
  type EventContract,
  type Id,
} from '@muster/contracts';
import { parseEvent } from '@muster/messaging';
import { newId, type Scope } from '@muster/persistence';
import type { TestService } from '@muster/testing';

/** Stands for user-admin and for restore points: every row is an active account that stays as it is. */
export interface FakeOwner {
  /** Staff accounts that can sign in; a sync deactivates those that no row stands for. */
  active: number;
  /** What is not answered: restore points, so that a run that has begun goes no further, or plans. */
  holds: 'points' | 'plans' | null;
  /** Imports whose rows were applied, in that order. */
  readonly written: Id[];
  /** Answers what it held. */
  release(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFakeOwner(service: TestService): Promise<FakeOwner> {
  const held: (() => Promise<void>)[] = [];
  const owner = { active: 2, holds: null as FakeOwner['holds'], written: [] as Id[] };
  const guard = { percent: 20, count: 500 };
  service.answer(accountLedger, () => ({
    ...{ licences: 500, inUse: 1, administrators: 1 },
    active: owner.active,
    guard,
  }));

  const answer = {
    [importChunkOrdered.type]: on(
      importChunkOrdered,
      async (scope, { importId, seq, dryRun, rows, restorePointId }) => {
        if (!dryRun) owner.written.push(importId);
        const answers = rows.map(([row]) => ({ row, outcome: 'unchanged', recordId: newId() }) as const);
        const point = restorePointId !== null && { restorePointId };
        const done = () => service.publish(importChunkAnswered, scope, { importId, seq, dryRun, answers, ...point });
        await (dryRun && owner.holds === 'plans' ? held.push(done) : done());
      },
    ),
    [importAbsenteesOrdered.type]: on(importAbsenteesOrdered, async (scope, { most, dryRun, ...order }) => {
      const { importId, planId, repId } = order;
      const of = { importId, ...(planId !== undefined && { planId }), ...(repId !== undefined && { repId }) };
      // One row stands for one of them.
      const base = owner.active;
      const found = dryRun ? { dryRun, planned: base - 1, base, deactivated: 0 } : { deactivated: most };
      await service.publish(importAbsenteesAnswered, scope, { ...of, ...found, passedOver: [] });
    }),
    [importRestorePointRequested.type]: on(importRestorePointRequested, async (scope, { importId, restorePointId }) => {
      const ready = () => service.publish(restorePointReady, scope, { importId, restorePointId });
      await (owner.holds === 'points' ? held.push(ready) : ready());
    }),
  };
  const consumption = await service.transport.consume('user-admin', Object.values(TOPICS), async (event) => {
    await answer[event.headers['ce_type'] ?? '']?.(event);
  });
  // The service reads from its first event on.
  const nobody: Scope = { companyId: newId(), actor: 'system', cause: `request:${newId()}` };
  await service.publish(restorePointReady, nobody, { restorePointId: newId(), importId: null });
  return Object.assign(owner, {
    release: async () => {
      owner.holds = null;
      for (const answerHeld of held.splice(0)) await answerHeld();
    },
    stop: () => consumption.stop(),
  });
}

type Incoming = Parameters<typeof parseEvent>[1];

function on<Data>(contract: EventContract<Data>, work: (scope: Scope, data: Data) => Promise<void>) {
  return (event: Incoming): Promise<void> => {
    const { companyId, actor, cause, data } = parseEvent(contract, event);
    return work({ companyId, actor, cause }, data);
  };
}
