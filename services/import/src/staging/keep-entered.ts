import type { Id } from '@muster/contracts';
import type { RepProgress } from '../assignment/rep-verdict.js';
import { isLeftOut, type RepSelection, type ResolvedRep } from '../assignment/resolve-assignment.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import type { FoundRep } from './staged-file.js';

/** A value of the rep column as it stands after the staging. */
export interface StagedRep extends FoundRep {
  /** The configuration leaves it out, or somebody did. */
  readonly excluded: boolean;
  /** Somebody said so. */
  readonly byHand: boolean;
  readonly progress: Extract<RepProgress, 'waiting' | 'skipped'>;
}

export type RepBefore = Pick<ImportRep, 'value' | 'userId' | 'excluded' | 'byHand' | 'progress' | 'firstRow'>;

export interface StagedReps {
  readonly reps: readonly StagedRep[];
  /** Numbers of values whose rows are no part of the import. */
  readonly dropped: readonly number[];
}

/**
 * What a file that is staged anew says of its reps, with what somebody said of them before: whom they left out, took in or
 * skipped. Reps whose rows were written from another file are done, whatever this one has of them.
 * @param rowOffset of this file: rows up to it are those of others
 */
export function keepEntered(
  found: readonly FoundRep[],
  resolved: readonly Pick<ResolvedRep, 'no' | 'userId'>[],
  before: readonly RepBefore[],
  selection: RepSelection,
  rowOffset: number,
): StagedReps {
  const userOf = new Map(resolved.map(({ no, userId }) => [no, userId]));
  const reps: StagedRep[] = [];
  const dropped: number[] = [];
  for (const rep of found) {
    const userId = userOf.get(rep.no) ?? null;
    const same = before.filter((other) => isSame(other, rep.value, userId));
    if (same.some(({ progress, firstRow }) => progress === 'done' && firstRow <= rowOffset)) {
      dropped.push(rep.no);
      continue;
    }
    const said = same.find(({ byHand, progress }) => byHand && progress !== 'done');
    const isSkipped = same.some(({ progress }) => progress === 'skipped');
    reps.push({
      ...rep,
      excluded: said?.excluded ?? isLeftOut(rep.value, selection),
      byHand: said !== undefined,
      progress: isSkipped ? 'skipped' : 'waiting',
    });
  }
  return { reps, dropped };
}

function isSame(before: Pick<RepBefore, 'value' | 'userId'>, value: string, userId: Id | null): boolean {
  return userId === null ? before.value === value : before.userId === userId;
}
