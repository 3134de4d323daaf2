import type { FieldChange, Id, RowAnswer, RowProblem } from '@muster/contracts';
import type { RowPlan } from '@muster/import-model';
import { accountField } from '../users/account-fields.js';
import type { BatchItem, BatchOutcome, BatchProblem } from '../users/batch/batch-item.js';
import { cellOf, cutCell, groupsForPeople, wishesOfCells } from './account-cells.js';
import type { AccountDecision } from './decide-accounts.js';
import type { UserAccount } from '../users/user-account.entity.js';

/** What a decided row asks of the accounts; undefined: nothing. */
export function batchItem({ plan }: AccountDecision, accounts: ReadonlyMap<Id, UserAccount>): BatchItem | undefined {
  if (plan.outcome === 'created') return { does: 'create', kind: 'staff', wishes: wishesOfCells(plan.values) };
  if (plan.outcome !== 'updated') return undefined;
  const before = accounts.get(plan.id);
  return { does: 'change', id: plan.id, ...(before && { before }), wishes: wishesOfCells(plan.set) };
}

/** Problems that other rows of the file may solve. */
const MAY_BE_GIVEN = new Set(['value_taken', 'licence_exceeded', 'last_administrator']);

/** Whether a row is to wait for the last order. */
export function mayBeGiven(outcome: BatchOutcome): boolean {
  return outcome.outcome === 'refused' && outcome.problems.every(({ code }) => MAY_BE_GIVEN.has(code));
}

/** What a row that nothing was asked for comes to. */
export function answerOfPlan(row: number, plan: Exclude<RowPlan, { outcome: 'created' | 'updated' }>): RowAnswer {
  if (plan.outcome === 'unchanged') return { row, outcome: 'unchanged', recordId: plan.id };
  const { outcome, id, problems } = plan;
  return { row, outcome, ...(id !== undefined && { recordId: id }), problems: [...problems] };
}

/** @param dryRun the account that would be created has no id yet */
export function answerOfOutcome(
  row: number,
  outcome: BatchOutcome,
  groupNames: ReadonlyMap<Id, string>,
  dryRun: boolean,
): RowAnswer {
  switch (outcome.outcome) {
    case 'created':
      return {
        row,
        outcome: 'created',
        ...(!dryRun && { recordId: outcome.account.id }),
        ...warnings(outcome.warnings),
      };
    case 'changed': {
      const { account, differences } = outcome;
      const changes = differences.map((difference) => fieldChange(difference, groupNames));
      return { row, outcome: 'updated', recordId: account.id, changes, ...warnings(outcome.warnings) };
    }
    case 'unchanged':
      return { row, outcome: 'unchanged', recordId: outcome.account.id, ...warnings(outcome.warnings) };
    case 'refused': {
      const id = outcome.account && { recordId: outcome.account.id };
      return { row, outcome: 'invalid', ...id, problems: outcome.problems.map(rowProblem) };
    }
  }
}

function warnings(problems: readonly BatchProblem[]): { problems?: RowProblem[] } {
  return problems.length > 0 ? { problems: problems.map(rowProblem) } : {};
}

function rowProblem({ code, field, params }: BatchProblem): RowProblem {
  return { code, ...(field !== undefined && { field }), ...(params && { params: { ...params } }) };
}

type Difference = Extract<BatchOutcome, { outcome: 'changed' }>['differences'][number];

function fieldChange({ field: id, from, to }: Difference, groupNames: ReadonlyMap<Id, string>): FieldChange {
  const field = accountField(id);
  if (!field) throw new Error(`Accounts have no field ${id}`);
  const shown = (value: typeof from) => {
    const cell = cellOf(field, value);
    return cutCell(field.type === 'groups' ? groupsForPeople(cell, groupNames) : cell);
  };
  return { field: id, from: shown(from), to: shown(to) };
}
