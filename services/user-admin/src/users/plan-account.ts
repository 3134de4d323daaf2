import { Problem, type ProblemDetail } from '@muster/contracts';
import { accountFaults } from './account-faults.js';
import { blankState, differences, type AccountState, type AccountWishes } from './account-state.js';
import type { AccountKind } from './account-kinds.js';
import { applyWishes, type CompanyValues } from './apply-wishes.js';
import { todayIn } from './value-faults.js';

export interface PlanContext {
  readonly company: CompanyValues;
  /** In the company's time zone, `yyyy-MM-dd`. */
  readonly today: string;
}

export function planContext(company: CompanyValues & { readonly timeZone: string }, now: Date): PlanContext {
  return { company, today: todayIn(company.timeZone, now) };
}

export interface AccountPlan {
  readonly after: AccountState;
  /** What differs from before; empty: nothing is to be written. */
  readonly changes: Partial<AccountState>;
  /** What is wrong; none of it is written then. */
  readonly faults: readonly ProblemDetail[];
  /** What is accepted, but worth a look. */
  readonly warnings: readonly ProblemDetail[];
}

/** A new account; its username is empty when none was wished for. */
export function planCreation(kind: AccountKind, wishes: AccountWishes, context: PlanContext): AccountPlan {
  const blank = blankState(kind, context.company.language);
  return plan(
    blank,
    withoutNulls(wishes, () => true),
    context,
    true,
  );
}

export function planChange(before: AccountState, wishes: AccountWishes, context: PlanContext): AccountPlan {
  // What there is none of can be emptied, also where a value is required.
  const wanted = withoutNulls(wishes, (property) => before[property] === null);
  return plan(before, wanted, context, false);
}

/** @throws Problem validation_failed when the plan has faults */
export function requireFaultless(faults: readonly ProblemDetail[], at = ''): void {
  if (faults.length === 0) return;
  const errors = faults.map((fault) => ({ ...fault, pointer: at + (fault.pointer ?? '') }));
  throw new Problem('validation_failed', { params: { count: errors.length }, errors });
}

function plan(
  before: AccountState,
  wishes: AccountWishes,
  { company, today }: PlanContext,
  isNew: boolean,
): AccountPlan {
  const after = applyWishes(before, wishes, company);
  return {
    after,
    changes: differences(before, after),
    faults: accountFaults(wishes, after, { today, isNew }),
    warnings: (['phone', 'mobile'] as const)
      .filter((property) => wishes[property] && after[`${property}E164`] === null)
      .map((property) => ({ pointer: `/${property}`, code: 'phone_not_international' })),
  };
}

/** Property by property, as {@link differences}: this is asked twice of each row of a file. */
function withoutNulls(wishes: AccountWishes, drops: (property: keyof AccountWishes) => boolean): AccountWishes {
  const kept: Record<string, unknown> = {};
  for (const property in wishes) {
    const wished = property as keyof AccountWishes;
    if (wishes[wished] !== null || !drops(wished)) kept[property] = wishes[wished];
  }
  return kept;
}
