import type { RowAnswer } from '@muster/contracts';
import { cutCell } from './account-cells.js';
import type { KnownValues } from '../users/batch/account-batch.repository.js';
import type { BatchItem, BatchOutcome } from '../users/batch/batch-item.js';
import type { AccountDecision } from './decide-accounts.js';
import { effectsOf } from './planned-effects.js';

interface PlannedRow {
  readonly row: { readonly row: number };
  readonly item: BatchItem;
}

/**
 * The answers of a plan with what they mean to the rules over the whole file. Whoever asks for a value that somebody has is
 * answered as if it were free: the import knows whether its holder gives it up.
 */
export function plannedAnswers(
  answers: readonly RowAnswer[],
  asking: readonly PlannedRow[],
  outcomes: readonly BatchOutcome[],
  decisions: readonly AccountDecision[],
  known: KnownValues,
): RowAnswer[] {
  const places = new Map(asking.map(({ row }, place) => [row.row, place]));
  const decisionOf = new Map(decisions.map((decision) => [decision.row, decision]));
  return answers.map((answer) => {
    const place = places.get(answer.row);
    const [asked, outcome] = place === undefined ? [] : [asking[place], outcomes[place]];
    if (!asked || !outcome || outcome.outcome === 'unchanged') return answer;
    const waits = outcome.outcome === 'refused' && outcome.problems.every(({ code }) => code === 'value_taken');
    if (outcome.outcome === 'refused' && !waits) return answer;
    const planned = waits ? asIfFree(answer.row, decisionOf.get(answer.row)) : answer;
    const effects = effectsOf(asked.item, known);
    return Object.keys(effects).length > 0 ? { ...planned, effects } : planned;
  });
}

function asIfFree(row: number, decision: AccountDecision | undefined): RowAnswer {
  const plan = decision?.plan;
  if (plan?.outcome !== 'updated') return { row, outcome: 'created' };
  const changes = plan.changes.map(({ field, from, to }) => ({ field, from: cutCell(from), to: cutCell(to) }));
  return { row, outcome: 'updated', recordId: plan.id, changes };
}
