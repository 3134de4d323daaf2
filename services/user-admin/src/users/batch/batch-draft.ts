import type { ProblemDetail } from '@muster/contracts';
import { consequencesOf, type Consequences } from '../account-rules.js';
import type { AccountState } from '../account-state.js';
import { planChange, planCreation, type AccountPlan, type PlanContext } from '../plan-account.js';
import type { UserAccount } from '../user-account.entity.js';
import type { UniqueValues } from './account-batch.repository.js';
import { UNIQUE_FIELDS, type BatchItem, type BatchOptions, type BatchProblem, type UniqueField } from './batch-item.js';

/** What an item of a batch would make of its account, judged by itself. */
export interface Draft extends AccountPlan {
  /** undefined: it is new. */
  readonly before: UserAccount | undefined;
  /** Unique values that change; null: given up. */
  readonly unique: UniqueValues;
  /** undefined: it is new. */
  readonly consequences: Consequences | undefined;
}

/** @returns undefined when there is no such account */
export function draftOf(item: BatchItem, before: UserAccount | undefined, context: PlanContext): Draft | undefined {
  if (item.does === 'create') {
    const plan = planCreation(item.kind, item.wishes, context);
    return {
      ...plan,
      before: undefined,
      consequences: undefined,
      unique: uniqueValues(plan.after, (value) => !!value),
    };
  }
  if (!before) return undefined;
  const plan = planChange(before, typeof item.wishes === 'function' ? item.wishes(before) : item.wishes, context);
  const consequences = consequencesOf(before, plan.after);
  return { ...plan, before, consequences, unique: uniqueValues(plan.changes, (value) => value !== undefined) };
}

function uniqueValues(
  values: Partial<AccountState>,
  counts: (value: string | null | undefined) => boolean,
): UniqueValues {
  const wished = UNIQUE_FIELDS.filter((field) => counts(values[field])).map((field) => [field, values[field]]);
  return Object.fromEntries(wished) as Partial<Record<UniqueField, string | null>>;
}

/** What stands in the way of a draft by itself. @param references `unknown_group` and `unknown_code` */
export function problemsOf(
  { changes, faults, consequences }: Draft,
  references: readonly ProblemDetail[],
  { allowScheduleRemoval = false }: BatchOptions,
): BatchProblem[] {
  const problems = [...faults, ...references].map(batchProblem);
  if (!consequences?.losesSchedule || allowScheduleRemoval || changes.hasOwnSchedule === undefined) return problems;
  return [...problems, { code: 'schedule_removal_not_allowed', field: 'hasOwnSchedule' }];
}

/** The pointer into a body as the id of a field. */
export function batchProblem({ pointer, code, params }: ProblemDetail): BatchProblem {
  const field = (pointer ?? '').slice(1).replaceAll('/', '.');
  return { code, ...(field !== '' && { field }), ...(params && { params }) };
}
