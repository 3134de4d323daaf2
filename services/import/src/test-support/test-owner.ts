import {
  importChunkAnswered,
  importChunkOrdered,
  importRestorePointRequested,
  restorePointReady,
  type DataOf,
  type EventEnvelope,
  type RowAnswer,
} from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { ImportService } from './import-service.js';

type Order = DataOf<typeof importChunkOrdered>;

/** What an owner says to a row; `values` by field. */
export type Decide = (
  values: Readonly<Record<string, unknown>>,
  order: Pick<Order, 'dryRun' | 'repId'>,
) => Omit<RowAnswer, 'row'>;

/**
 * Answers the chunks of the service as their owner would, and gives it its restore points, from now on.
 * @returns ends that
 */
export async function ownChunks({ service, companyId }: ImportService, decide: Decide): Promise<() => Promise<void>> {
  // The service begins to read with the first event that it is handed.
  const scope = { companyId, actor: 'system', cause: 'request:test' };
  await service.publish(restorePointReady, scope, { importId: null, restorePointId: newId() });
  const seen = new Set<string>();
  const stopped = new AbortController();
  const fresh = <Data>(events: EventEnvelope<Data>[]) => events.filter(({ id }) => !seen.has(id) && seen.add(id));
  const look = async () => {
    for (const { companyId, actor, cause, data } of fresh(service.events(importRestorePointRequested))) {
      const { importId, restorePointId, run } = data;
      const ready = { importId, restorePointId, ...(run !== undefined && { run }) };
      await service.publish(restorePointReady, { companyId, actor, cause }, ready);
    }
    for (const { companyId, actor, cause, data } of fresh(service.events(importChunkOrdered))) {
      await service.publish(importChunkAnswered, { companyId, actor, cause }, answerTo(data, decide));
    }
  };
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    stopped.abort();
    await looking;
  };
}

function answerTo(order: Order, decide: Decide): DataOf<typeof importChunkAnswered> {
  const { importId, seq, dryRun, restorePointId, columns, rows } = order;
  const answers = rows.map(([row, ...values]) => {
    const byField = Object.fromEntries(columns.map(({ field }, i) => [field, values[i]]));
    return { row, ...decide(byField, order) };
  });
  return { importId, seq, dryRun, ...(restorePointId !== null && { restorePointId }), answers };
}
