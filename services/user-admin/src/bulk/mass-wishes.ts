import type { Id, ProblemDetail } from '@muster/contracts';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import { ACCOUNT_KINDS } from '../users/account-kinds.js';
import { blankState, type AccountState, type AccountWishes } from '../users/account-state.js';
import { planChange, type PlanContext } from '../users/plan-account.js';

/** What is wished of each account of a mass change. */
export interface MassWishes {
  readonly wishes: AccountWishes;
  readonly addGroups: readonly Id[];
  readonly removeGroups: readonly Id[];
}

export const NO_WISHES: MassWishes = { wishes: {}, addGroups: [], removeGroups: [] };

/** The wishes of one account: groups are added to those that it has. */
export function wishesFor({ wishes, addGroups, removeGroups }: MassWishes): (before: AccountState) => AccountWishes {
  if (addGroups.length + removeGroups.length === 0) return () => wishes;
  const leaving = new Set(removeGroups);
  return ({ groupIds }) => ({
    ...wishes,
    groupIds: [...new Set([...groupIds, ...addGroups])].filter((id) => !leaving.has(id)),
  });
}

/** Ids of the fields that are wished for. */
export function fieldsOf({ wishes, addGroups, removeGroups }: MassWishes): string[] {
  const changesGroups = addGroups.length + removeGroups.length > 0;
  return ACCOUNT_FIELDS.filter(({ property }) => property in wishes || (property === 'groupIds' && changesGroups)).map(
    ({ id }) => id,
  );
}

/** Faults of a value that no account could cure. */
const OF_THE_VALUE = ['required', 'too_long', 'time_format', 'phone_characters', 'invalid_format', 'not_unique'];

/** What is wrong with wishes for whomever they are; pointers into the changes. */
export function massFaults(mass: MassWishes, context: PlanContext): ProblemDetail[] {
  const { wishes, addGroups, removeGroups } = mass;
  if (Object.keys(wishes).length + addGroups.length + removeGroups.length === 0) return [{ code: 'nothing_to_change' }];
  const faults = ACCOUNT_KINDS.flatMap((kind) => {
    const before = blankState(kind, context.company.language);
    return planChange(before, wishes, context).faults.filter(({ code }) => OF_THE_VALUE.includes(code));
  });
  const first = faults.filter(({ pointer }, at) => faults.findIndex((other) => other.pointer === pointer) === at);
  return [...first, ...groupFaults(mass)];
}

function groupFaults({ wishes, addGroups, removeGroups }: MassWishes): ProblemDetail[] {
  const isSet = wishes.groupIds !== undefined;
  const adding = new Set(addGroups);
  const code = 'groups_contradict';
  if (isSet && addGroups.length > 0) return [{ pointer: '/addUserGroups', code }];
  if (removeGroups.some((id) => isSet || adding.has(id))) return [{ pointer: '/removeUserGroups', code }];
  return [];
}
