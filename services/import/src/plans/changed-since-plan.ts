import type { FieldChange, Id, ImportCounters } from '@muster/contracts';
import { repVerdict, type RepVerdict } from '../assignment/rep-verdict.js';
import type { ImportRep } from '../imports/import-rep.entity.js';

/** What of a row's fate a person has seen, or sees: why it is so is told beside. */
export interface Fate {
  readonly outcome: string;
  readonly recordId?: Id | undefined;
  /** Of an update. */
  readonly changes?: readonly FieldChange[] | undefined;
}

interface FateOfRow extends Fate {
  readonly row: number;
}

/** Whether the run did with a row something else than the plan showed: another outcome, record, or change of a field. */
export function isOtherwise(planned: Fate, done: Fate): boolean {
  if (planned.outcome !== done.outcome) return true;
  if (planned.outcome !== 'updated' && planned.outcome !== 'unchanged') return false;
  if (planned.recordId !== undefined && done.recordId !== undefined && planned.recordId !== done.recordId) return true;
  return changeTexts(planned.changes).join('\n') !== changeTexts(done.changes).join('\n');
}

function changeTexts(changes: readonly FieldChange[] = []): string[] {
  return changes.map(({ field, from, to }) => JSON.stringify([field, from, to])).sort();
}

type ShownRep = Pick<ImportRep, 'plannedStatus' | 'excluded'>;
type UnknownReps = 'refuse' | 'ignore';

/** What became of all rows of a value by the plan that was shown. Whoever was left out since then made that plan void. */
export function shownVerdict({ plannedStatus, excluded }: ShownRep, unknownReps: UnknownReps): RepVerdict | undefined {
  if (plannedStatus === null) return undefined;
  return repVerdict({ status: plannedStatus, excluded, progress: 'waiting' }, unknownReps);
}

/** How many answers of a chunk are otherwise. @param planned as the plan has them; none where a verdict decided */
export function countOtherwise(
  planned: readonly FateOfRow[],
  shown: RepVerdict | undefined,
  done: readonly FateOfRow[],
): number {
  const plannedOf = new Map(planned.map((answer) => [answer.row, answer]));
  return done.filter((answer) => {
    const fate = shown ?? plannedOf.get(answer.row);
    return fate !== undefined && isOtherwise(fate, answer);
  }).length;
}

/** Rows of one value, as a run finds them. */
export interface RowsOfRep {
  /** For the owner, unless a verdict says what becomes of them. */
  readonly rows: number;
  /** Invalid in themselves, unless they are ignored with all others. */
  readonly settled: number;
  /** What the plan counted of all of them; null: none. */
  readonly plan: ImportCounters | null;
}

/** How many rows of a value are otherwise because it named somebody else, or nobody, when the run began. */
export function countDecidedOtherwise(
  { rows, settled, plan }: RowsOfRep,
  shown: RepVerdict | undefined,
  now: RepVerdict | undefined,
): number {
  const settledShown = shown?.outcome === 'ignored' ? 'ignored' : 'invalid';
  const settledNow = now?.outcome === 'ignored' ? 'ignored' : 'invalid';
  const ofSettled = settledShown === settledNow ? 0 : settled;
  // The owner is asked: each answer is compared when it comes.
  if (!now || !plan) return ofSettled;
  if (shown) return ofSettled + (shown.outcome === now.outcome ? 0 : rows);
  const alike = plan[now.outcome] - (settledShown === now.outcome ? settled : 0);
  return ofSettled + rows - alike;
}
