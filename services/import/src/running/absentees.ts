import { ownerOfEntity, type Id, type ImportCounters, type RowAnswer } from '@muster/contracts';
import type { StoredProblem } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { isOpen } from '../reps/reps-of-run.js';

/** `due`: to be sent; `sent`: the owner has it; `answered`: the plan, or the run, is done with it. */
export type AbsenteesState = 'due' | 'sent' | 'answered';

/** Why nobody goes who is absent from the file, or nobody more. */
export type WithheldReason =
  'unreadable_rows' | 'unknown_rep' | 'more_than_planned' | 'restore_point_void' | 'too_many_errors' | 'aborted';

/** What a sync does with those who are absent from its file. */
export interface Absentees {
  /** Under which their owner notes them. */
  readonly planId?: Id;
  /** How many the plan foresees; the run touches no more of them. null: it is not known yet. */
  readonly planned: number | null;
  readonly withheld: WithheldReason | null;
  /** The last administrator stays. */
  readonly passedOver: readonly { readonly recordId: Id; readonly code: string }[];
}

/** Of a plan that begins. */
export function newAbsentees(planId: Id): Absentees {
  return { planId, planned: null, withheld: null, passedOver: [] };
}

/** What an import counts of those who are gone, or are to go. */
export function goneCount(entity: string, count: number): Pick<ImportCounters, 'deactivated' | 'removed'> {
  return ownerOfEntity(entity) === 'user-admin' ? { deactivated: count } : { removed: count };
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
