import { Problem, type Id, type Language, type ProblemDetail } from '@muster/contracts';
import { detailOf } from '../record-api/read-value.js';

/** A record that is to leave the recycle bin. */
export interface Candidate {
  readonly id: Id;
  readonly repId: Id;
  readonly externalId: string | null;
}

/** What stands in the way of records. */
export interface Obstacles {
  /** External ids that live records have, as `rep/external id`. */
  readonly taken: ReadonlySet<string>;
  /** Reps without a schedule of their own. */
  readonly over: ReadonlySet<Id>;
}

export function keyOf({ repId, externalId }: Pick<Candidate, 'repId' | 'externalId'>): string | undefined {
  return externalId === null ? undefined : `${repId}/${externalId}`;
}

/** Those that can come back. Of several with one external id the first does. */
export function restorable(candidates: readonly Candidate[], { taken, over }: Obstacles): Candidate[] {
  const keys = new Set(taken);
  return candidates.filter((candidate) => {
    const key = keyOf(candidate);
    if (over.has(candidate.repId) || (key !== undefined && keys.has(key))) return false;
    if (key !== undefined) keys.add(key);
    return true;
  });
}

/**
 * Why chosen records cannot come back together; undefined when they can.
 * @param ids as the request has them
 */
export function refusalOf(
  ids: readonly Id[],
  candidates: readonly Candidate[],
  obstacles: Obstacles,
  language: Language,
): Problem | undefined {
  const free = new Set(restorable(candidates, obstacles).map(({ id }) => id));
  const held = candidates.filter(({ id }) => !free.has(id));
  const byTaken = held.find(({ repId }) => !obstacles.over.has(repId));
  const errors = held.map(({ id, repId }): ProblemDetail => {
    const code = obstacles.over.has(repId) ? 'rep_without_schedule' : 'value_taken';
    return { ...detailOf({ code }, language), pointer: `/ids/${ids.indexOf(id)}` };
  });
  if (byTaken) return new Problem('external_id_taken', { params: { externalId: byTaken.externalId ?? '' }, errors });
  return held.length > 0 ? new Problem('rep_unknown', { errors }) : undefined;
}
