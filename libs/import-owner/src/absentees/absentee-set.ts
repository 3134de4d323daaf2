import type { Id } from '@muster/contracts';

/** Of one plan, and of one rep where there are reps. */
export interface AbsenteeSet {
  readonly companyId: Id;
  readonly importId: Id;
  readonly planId: Id;
  readonly repId: Id | null;
}

/** SQL: a row is the rep's whose id is `$3`, or the company's where that is null. */
export const ofRep = ({ repId }: AbsenteeSet) =>
  repId === null ? '($3::uuid is null and rep_id is null)' : 'rep_id = $3';

/** Whose chunks tell who is present: those of the rep, or of everybody where rows of other reps may take records along. */
export const chunksOf = (of: AbsenteeSet, acrossReps: boolean) =>
  acrossReps ? '($3::uuid is null or true)' : ofRep(of);
