import { ownerOfEntity, type Id, type ImportCounters, type RowAnswer } from '@muster/contracts';
import type { Absentees } from '../imports/import-absentees.js';
import type { ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { isOpen } from '../reps/reps-of-run.js';
import { reachesAcrossReps } from '../staging/chunk-layout.js';

/** Whether what is absent from the file goes. */
export function isSync({ configuration }: Pick<ImportJob, 'configuration'>): boolean {
  return configuration.mode === 'sync';
}

/** Of a plan that begins. */
export function newAbsentees(planId: Id): Absentees {
  return { planId, planned: null, withheld: null, passedOver: [] };
}

/** What an import counts of those who are gone, or are to go. */
export function goneCount(entity: string, count: number): Pick<ImportCounters, 'deactivated' | 'removed'> {
  return ownerOfEntity(entity) === 'user-admin' ? { deactivated: count } : { removed: count };
}

/** What the guard looks at in a sync of records. */
export function guardedRecords(absent: number, base: number) {
  return [{ effect: 'recordRemovals', planned: absent, base }] as const;
}

/** What the end of a sync says where somebody stayed who could have gone. */
export function withheldProblem({ withheld }: Absentees): StoredProblem | null {
  return withheld === null ? null : { code: 'removals_withheld', params: { reason: withheld } };
}

type Rep = Pick<ImportRep, 'no' | 'userId' | 'status' | 'excluded' | 'progress'>;
type UnknownReps = 'refuse' | 'ignore';

/**
 * The reps whose absentees a plan asks for, by one value each: those whose rows it is of, unless other rows of the same rep
 * were written before.
 */
export function repsInReach(reps: readonly Rep[], unknownReps: UnknownReps): Rep[] {
  const tried = new Set(reps.filter(({ progress }) => progress === 'done').map(({ userId }) => userId));
  const open = reps.filter((rep) => isOpen(rep, unknownReps) && (rep.userId === null || !tried.has(rep.userId)));
  return open.filter((rep, i) => open.findIndex(({ userId }) => userId === rep.userId) === i);
}

/**
 * Values whose rows come to nothing and stand for records all the same: one rep's record may be in the row of another, who is
 * left out, skipped or has no schedule. What is in the file is not absent.
 */
export function standingReps(
  reps: readonly Rep[],
  { configuration, layout }: Pick<ImportJob, 'configuration' | 'layout'>,
): number[] {
  if (!isSync({ configuration }) || !layout || !reachesAcrossReps(layout)) return [];
  return reps.filter(onlyStands).map(({ no }) => no);
}

/** Whether the rows of a value come to nothing, and somebody is known whose they are. */
export function onlyStands({ userId, progress, excluded, status }: Omit<Rep, 'no'>): boolean {
  if (userId === null || (progress !== 'waiting' && progress !== 'skipped')) return false;
  return progress === 'skipped' || excluded || status === 'withoutSchedule';
}

/** Whether rows say of nobody known whose they are, so that what looks absent may stand in them. */
export function namesUnknownRep(reps: readonly Rep[], unknownReps: UnknownReps): boolean {
  return reps.some(({ status, excluded, progress }) => {
    if (excluded || progress !== 'waiting') return false;
    return status === 'missing' || (unknownReps === 'refuse' && (status === 'notFound' || status === 'caseOnly'));
  });
}

/** Problems of rows that do not say whom they mean, so that somebody who looks absent may not be. */
const UNREADABLE = new Set(['key_empty', 'unexpected_error']);

/** Whether nobody knows for whom a row stands. */
export function isUnreadable({ outcome, problems = [] }: RowAnswer): boolean {
  return (outcome === 'invalid' || outcome === 'failed') && problems.some(({ code }) => UNREADABLE.has(code));
}
