import type { Id } from '@muster/contracts';
import type { ImportJob } from '../imports/import-job.entity.js';

/** What a restore point is good for the next reps of its import. */
const GOOD_FOR_MS = 60 * 60_000;

/** The restore point that a run writes under, and when it was made. */
export type RunPoint = { readonly runPointId: Id; readonly runPointAt: Date };

/** That of the run before, unless an hour has gone by since it was made. @param other id of another one */
export function pointOfRun(
  { runPointId, runPointAt }: Pick<ImportJob, 'runPointId' | 'runPointAt'>,
  now: Date,
  other: Id,
): RunPoint {
  const isGood = runPointAt !== null && now.getTime() - runPointAt.getTime() < GOOD_FOR_MS;
  return runPointId !== null && isGood ? { runPointId, runPointAt } : anotherPoint(now, other);
}

export function anotherPoint(now: Date, runPointId: Id): RunPoint {
  return { runPointId, runPointAt: now };
}
