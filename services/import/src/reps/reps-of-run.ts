import { Problem, type Id } from '@muster/contracts';
import { repVerdict, type RepVerdict } from '../assignment/rep-verdict.js';
import type { ImportRep } from '../imports/import-rep.entity.js';

type Rep = Pick<ImportRep, 'no' | 'userId' | 'status' | 'excluded' | 'progress'>;
type UnknownReps = 'refuse' | 'ignore';

/** Which values of the rep column a plan or a run is of, by their numbers. */
export interface RepsOfRun {
  /** Their rows go to the owner. */
  readonly open: readonly number[];
  /** What becomes of all rows of the others. */
  readonly decided: ReadonlyMap<number, RepVerdict>;
}

/** Whether there is something of a rep to import: nobody has tried it, skipped it or left it out. */
export function isOpen(rep: Rep, unknownReps: UnknownReps): boolean {
  return rep.progress === 'waiting' && !repVerdict(rep, unknownReps);
}

/**
 * The values that name the chosen reps, or all that wait. Rows that come to nothing whoever is imported are decided with the
 * last rep: until then their values may come to name somebody.
 */
export function repsOfRun(reps: readonly Rep[], chosen: readonly Id[] | null, unknownReps: UnknownReps): RepsOfRun {
  const open = reps.filter((rep) => isOpen(rep, unknownReps));
  const ofRun = open.filter(({ userId }) => !chosen || (userId !== null && chosen.includes(userId)));
  const decided = new Map<number, RepVerdict>();
  if (ofRun.length === open.length) {
    for (const rep of reps) {
      const verdict = rep.progress === 'waiting' ? repVerdict(rep, unknownReps) : undefined;
      if (verdict) decided.set(rep.no, verdict);
    }
  }
  return { open: ofRun.map(({ no }) => no), decided };
}

/** Why a rep cannot be run or skipped; undefined: it can, or no row names it. */
export function standingOf(reps: readonly Rep[], userId: Id, unknownReps: UnknownReps): string | undefined {
  const named = reps.filter((rep) => rep.userId === userId);
  const [first] = named;
  if (!first || named.some((rep) => isOpen(rep, unknownReps))) return undefined;
  if (first.progress !== 'waiting') return first.progress;
  return first.excluded ? 'excluded' : first.status;
}

/** @throws Problem import_without_reps, unknown_rep_in_request, rep_not_waiting unless each of them waits */
export function requireWaiting(reps: readonly Rep[], chosen: readonly Id[], unknownReps: UnknownReps): void {
  if (reps.some(({ status }) => status === 'company')) throw new Problem('import_without_reps');
  for (const rep of chosen) {
    if (!reps.some(({ userId }) => userId === rep)) throw new Problem('unknown_rep_in_request', { params: { rep } });
    const standing = standingOf(reps, rep, unknownReps);
    if (standing !== undefined) throw new Problem('rep_not_waiting', { params: { rep, standing } });
  }
}
