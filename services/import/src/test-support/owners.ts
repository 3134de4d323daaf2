import {
  importAbsenteesAnswered,
  importAbsenteesOrdered,
  importChunkAnswered,
  importChunkOrdered,
  importRestorePointRequested,
  restorePointReady,
  type DataOf,
  type EventEnvelope,
  type Id,
  type RowAnswer,
} from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import type { TestService } from '@muster/testing';

type Order = DataOf<typeof importChunkOrdered>;
type AbsenteesOrder = DataOf<typeof importAbsenteesOrdered>;
type AbsenteesAnswer = Partial<DataOf<typeof importAbsenteesAnswered>>;

type Values = Readonly<Record<string, unknown>>;

const LOOK_MS = 20;

/** Those whom an import asks while it runs, played by the test. */
export interface Owners {
  /**
   * What becomes of a row, whose values come by field; undefined: its chunk is not answered yet. Preset: it is created.
   */
  decide: (row: number, order: Order, values: Values) => RowAnswer['outcome'] | Omit<RowAnswer, 'row'> | undefined;
  /** How often each answer to a chunk comes. Preset: once. */
  times: number;
  /** Who is absent from a sync, or is gone; undefined: that is not answered. Preset: the test does so itself. */
  absent: (order: AbsenteesOrder) => AbsenteesAnswer | undefined;
  /** Restore points are not ready as long as this says so. Preset: they are at once. */
  holdsPoints: () => boolean;
  /** Imports whose rows were applied, a time for each chunk, in that order. */
  readonly written: Id[];
  stop(): Promise<void>;
}

/** Makes restore points ready and answers chunks as they come, each event once. */
export async function playOwners(service: TestService): Promise<Owners> {
  // The service reads from the first event on that it is handed.
  const nobody: Scope = { companyId: newId(), actor: 'system', cause: `request:${newId()}` };
  await service.publish(restorePointReady, nobody, { restorePointId: newId(), importId: null });
  const answered = new Set<string>();
  const owners: Owners = {
    decide: () => 'created',
    absent: () => undefined,
    holdsPoints: () => false,
    times: 1,
    written: [],
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
  const look = async () => {
    for (const event of service.events(importRestorePointRequested)) {
      if (answered.has(event.id) || owners.holdsPoints()) continue;
      answered.add(event.id);
      const { restorePointId, importId, run } = event.data;
      await service.publish(restorePointReady, scopeOf(event), { restorePointId, importId, ...(run && { run }) });
    }
    for (const event of service.events(importChunkOrdered)) {
      if (answered.has(event.id)) continue;
      const answers = answersTo(event.data, owners);
      if (!answers) continue;
      answered.add(event.id);
      const { importId, seq, dryRun, restorePointId } = event.data;
      if (!dryRun) owners.written.push(importId);
      const data = { importId, seq, dryRun, answers, ...(restorePointId !== null && { restorePointId }) };
      for (let i = 0; i < owners.times; i++) await service.publish(importChunkAnswered, scopeOf(event), data);
    }
    for (const event of service.events(importAbsenteesOrdered)) {
      const answer = answered.has(event.id) ? undefined : owners.absent(event.data);
      if (!answer) continue;
      answered.add(event.id);
      const { importId, planId, repId, dryRun } = event.data;
      const about = {
        importId,
        ...(planId && { planId }),
        ...(repId !== undefined && { repId }),
        ...(dryRun && { dryRun }),
      };
      await service.publish(importAbsenteesAnswered, scopeOf(event), {
        ...about,
        deactivated: 0,
        passedOver: [],
        ...answer,
      });
    }
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => void (looking = looking.then(look)), LOOK_MS);
  return owners;
}

function answersTo(order: Order, { decide }: Owners): RowAnswer[] | undefined {
  const answers = order.rows.flatMap(([row, ...values]): RowAnswer[] => {
    const byField = Object.fromEntries(order.columns.map(({ field }, i) => [field, values[i]]));
    const decided = decide(row, order, byField);
    if (decided === undefined) return [];
    return [typeof decided === 'string' ? { row, outcome: decided } : { row, ...decided }];
  });
  return answers.length === order.rows.length ? answers : undefined;
}

function scopeOf({ companyId, actor, cause }: EventEnvelope<unknown>): Scope {
  return { companyId, actor, cause };
}
