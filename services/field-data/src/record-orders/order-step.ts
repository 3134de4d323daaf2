import type { Id, TransferFailure } from '@muster/contracts';
import type { OrderCount, RecordOrder } from './record-order.entity.js';

/** So many records does one step take: a unit of work of a fraction of a second, and ids that one event holds easily. */
export const RECORDS_A_STEP = 1_000;
/** A transfer of which a step failed so often ends. */
const TRIES = 10;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5 * 60_000;
/** Counted no further: the column is small. */
const MOST_FAILURES = 1_000;

export type Progress = Partial<
  Pick<RecordOrder, 'state' | 'failure' | 'atEntity' | 'atRecord' | 'counts' | 'failures' | 'nextAt' | 'finishedAt'>
>;

/** The counts with what a step did. Of an entity of which nothing was done there is none. */
export function counted(counts: readonly OrderCount[], { entity, done, kept }: OrderCount): OrderCount[] {
  if (done + kept === 0) return [...counts];
  const before = counts.find((count) => count.entity === entity) ?? { entity, done: 0, kept: 0 };
  const after = { entity, done: before.done + done, kept: before.kept + kept };
  return counts.includes(before) ? counts.map((count) => (count === before ? after : count)) : [...counts, after];
}

export function ended(now: Date, failure?: TransferFailure): Progress {
  const state = failure === undefined ? ('completed' as const) : ('failed' as const);
  return { state, failure: failure ?? null, finishedAt: now };
}

/**
 * What becomes of an order of which a step failed for the `failures`th time in a row. A removal goes on for ever: records
 * that nobody can reach must not stay.
 */
export function afterFailure({ kind }: Pick<RecordOrder, 'kind'>, failures: number, now: Date): Progress {
  if (kind === 'transfer' && failures >= TRIES) return { failures, ...ended(now, 'unexpected_error') };
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return { failures: Math.min(failures, MOST_FAILURES), nextAt: new Date(now.getTime() + waitMs) };
}

/** A record of the rep, as a transfer looks at it. */
export interface TransferCandidate {
  readonly id: Id;
  readonly externalId: string | null;
  readonly binned: boolean;
}

export interface KeptCandidate {
  readonly id: Id;
  readonly externalId: string;
  readonly heldBy: Id;
}

/**
 * Which records go, and which stay because the other rep has a record of their external id. What lies in the recycle bin
 * goes along: there an external id is nobody's.
 * @param holders external id -> record of the other rep, not of its recycle bin
 */
export function planTransfer(
  candidates: readonly TransferCandidate[],
  holders: ReadonlyMap<string, Id>,
): { readonly moved: Id[]; readonly kept: KeptCandidate[] } {
  const moved: Id[] = [];
  const kept: KeptCandidate[] = [];
  for (const { id, externalId, binned } of candidates) {
    const heldBy = externalId === null || binned ? undefined : holders.get(externalId);
    if (heldBy === undefined || externalId === null) moved.push(id);
    else kept.push({ id, externalId, heldBy });
  }
  return { moved, kept };
}
