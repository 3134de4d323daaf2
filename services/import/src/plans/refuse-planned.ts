import type { RowAnswer, RowProblem } from '@muster/contracts';
import type { OutcomeCounts } from '../imports/counters.js';

/** Planned answers with the rows refused that the rules over the whole file refuse. @param moved counts rows by the outcomes they lose and get */
export function refusePlanned(
  answers: readonly RowAnswer[],
  refused: ReadonlyMap<number, RowProblem>,
  moved: Partial<OutcomeCounts>,
): RowAnswer[] {
  return answers.map((answer) => {
    const problem = refused.get(answer.row);
    if (!problem) return answer;
    const { row, outcome, recordId } = answer;
    count(moved, outcome, -1);
    count(moved, 'invalid', 1);
    return { row, outcome: 'invalid', ...(recordId !== undefined && { recordId }), problems: [problem] };
  });
}

function count(moved: Partial<OutcomeCounts>, outcome: RowAnswer['outcome'], by: number): void {
  Object.assign(moved, { [outcome]: (moved[outcome] ?? 0) + by });
}
