import type { FieldCandidate } from './field-candidate.js';

/** Below this a candidate is shown, but not suggested. */
const SUGGESTED_FROM = 0.6;
/** Confidences that differ by less are the same. */
const NEGLIGIBLE = 1e-6;

/** Why a column is suggested for nothing: no field is like it, none enough, others have them, or nothing tells who should. */
export type NotSuggested = 'nothing' | 'unsure' | 'taken' | 'tied';

interface Pair {
  readonly column: number;
  readonly candidate: FieldCandidate;
}

/** Which columns the fields are given to. */
export interface GivenFields {
  /** By column: mostly one; several where earlier imports had the column feed several. */
  readonly fields: ReadonlyMap<number, readonly FieldCandidate[]>;
  /** By field: the columns that are suggested for it, or that are as good for it, so that none is. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
  readonly why: (column: number) => NotSuggested | undefined;
}

/**
 * Gives each field to the column that is surest of it, the surest pairs first; who loses one gets the next best. Where two
 * columns are as sure of a field, or a column of two fields, nobody is given anything: a guess would look like knowledge.
 * @param found the candidates of each column, the best first
 */
export function giveFields(found: readonly (readonly FieldCandidate[])[]): GivenFields {
  const fields = new Map<number, FieldCandidate[]>();
  const columns = new Map<string, number[]>();
  const tied = new Set<number>();
  for (const equals of stepsOf(found)) {
    const open = equals.filter(({ column, candidate }) => {
      const feedsMore = fields.get(column)?.every(isHistory) && isHistory(candidate);
      return !columns.has(candidate.field) && !tied.has(column) && (!fields.has(column) || feedsMore);
    });
    for (const { column, candidate } of open) {
      const rivals = open.filter((one) => one.candidate.field === candidate.field).map((one) => one.column);
      const choices = open.filter((one) => one.column === column).map((one) => one.candidate);
      columns.set(candidate.field, rivals);
      if (rivals.length > 1 || (choices.length > 1 && !choices.every(isHistory))) tied.add(column);
      else fields.set(column, [...(fields.get(column) ?? []), candidate]);
    }
  }
  const why = (column: number): NotSuggested | undefined => {
    if (fields.has(column)) return undefined;
    if (tied.has(column)) return 'tied';
    const [best] = found[column] ?? [];
    if (!best) return 'nothing';
    return best.confidence < SUGGESTED_FROM ? 'unsure' : 'taken';
  };
  return { fields, columns, why };
}

/** Pairs worth suggesting, those of one confidence together, the surest first. */
function stepsOf(found: readonly (readonly FieldCandidate[])[]): Pair[][] {
  const pairs = found
    .flatMap((candidates, column) => candidates.map((candidate): Pair => ({ column, candidate })))
    .filter(({ candidate }) => candidate.confidence >= SUGGESTED_FROM)
    .toSorted((a, b) => b.candidate.confidence - a.candidate.confidence || a.column - b.column);
  const steps: Pair[][] = [];
  for (const pair of pairs) {
    const last = steps.at(-1);
    const confidence = last?.[0]?.candidate.confidence ?? Number.POSITIVE_INFINITY;
    if (last && confidence - pair.candidate.confidence < NEGLIGIBLE) last.push(pair);
    else steps.push([pair]);
  }
  return steps;
}

/** Fields that one column fed before, it may feed again, all of them. */
function isHistory({ reason }: FieldCandidate): boolean {
  return reason === 'history';
}
