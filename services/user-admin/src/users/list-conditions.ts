import type { Id } from '@muster/contracts';
import type { AccountLinkState } from '../access-links/link-state.js';
import type { AccountKind } from './account-kinds.js';
import type { ListOrder } from './list-order.js';

export interface UserFilter {
  readonly q?: string;
  readonly kind?: AccountKind;
  readonly authorizationLevel?: number;
  readonly hasOwnSchedule?: boolean;
  readonly loginEnabled?: boolean;
  readonly group?: Id;
  readonly withoutEmployeeNumber?: boolean;
  readonly holdsLicence?: boolean;
  readonly accessLinkState?: AccountLinkState;
}

/** Where a page ended: the value that is sorted by, if any, and the id. */
export interface ListPlace {
  readonly key: string | undefined;
  readonly id: Id;
}

/** Gathers the parameters of a statement. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder of a value */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * Something that an account is found by, said in three ways: who meets it, by an index; whether a row of `user_listing` that
 * is at hand meets it; and, if that tells anything, whether its entry in the index of an order leaves it possible.
 */
export interface TermCondition {
  /** @returns a select of the ids of accounts, some perhaps twice */
  who(companyId: Id, parameters: Parameters): string;
  /** @param l alias of `user_listing` */
  holds(l: string, parameters: Parameters): string;
  /** @param l alias of `user_listing` */
  mayHold?(l: string, parameters: Parameters): string;
}

const folded = (placeholder: string) => `left(search_fold(${placeholder}::text), 100)`;

/** A word of the account begins so. */
function beginsWith(word: string): TermCondition {
  return {
    who: (companyId, parameters) => {
      const from = folded(parameters.add(word));
      return `select t.user_id from user_account_term t where t.company_id = ${parameters.add(companyId)}
        and t.term >= ${from} and t.term < ${from} || chr(1114111)`;
    },
    holds: (l, parameters) => `strpos(${l}.found_by, ' ' || ${folded(parameters.add(word))}) > 0`,
    mayHold: (l, parameters) => {
      const signs = `term_signs(${folded(parameters.add(word))})`;
      return `${l}.term_signs & ${signs} = ${signs}`;
    },
  };
}

/** Accounts rarely have more groups; each is looked for by hash, which the overlap of two arrays is not. */
const GROUPS_BY_HASH = 4;

/** It belongs to one of the groups. */
function inGroups(groupIds: readonly Id[]): TermCondition {
  return {
    who: (companyId, parameters) =>
      `select m.user_id from user_group_member m where m.company_id = ${parameters.add(companyId)}
        and m.group_id = any(${parameters.add([...groupIds])}::uuid[])`,
    holds: (l, parameters) => {
      const groups = `${parameters.add([...groupIds])}::uuid[]`;
      const first = Array.from({ length: GROUPS_BY_HASH }, (_, no) => `${l}.group_ids[${no + 1}] = any(${groups})`);
      const others = `(cardinality(${l}.group_ids) > ${GROUPS_BY_HASH} and ${l}.group_ids && ${groups})`;
      // A group that is not there is null.
      return `((${[...first, others].join(' or ')}) is true)`;
    },
  };
}

/** It is this account, or belongs to one of the groups. */
export function isOrSharesGroup(userId: Id, groupIds: readonly Id[]): TermCondition {
  const members = inGroups(groupIds);
  return {
    who: (companyId, parameters) =>
      `${members.who(companyId, parameters)} union all select ${parameters.add(userId)}::uuid`,
    holds: (l, parameters) => `(${l}.user_id = ${parameters.add(userId)}::uuid or ${members.holds(l, parameters)})`,
  };
}

export function termConditions({ q, group }: UserFilter): TermCondition[] {
  const words = (q ?? '').trim().split(/\s+/u).filter(Boolean);
  return [...words.map(beginsWith), ...(group === undefined ? [] : [inGroups([group])])];
}

/** Conditions on columns of `user_listing`, which stand in its indexes, but for the employee number. */
export function columnConditions(filter: UserFilter, l: string, parameters: Parameters): string[] {
  const columns = {
    kind: 'kind',
    authorizationLevel: 'authorization_level',
    hasOwnSchedule: 'has_own_schedule',
    loginEnabled: 'login_enabled',
    accessLinkState: 'link_state',
  } as const;
  const conditions = Object.entries(columns).flatMap(([property, column]) => {
    const value = filter[property as keyof typeof columns];
    return value === undefined ? [] : [`${l}.${column} = ${parameters.add(value)}`];
  });
  if (filter.withoutEmployeeNumber !== undefined) {
    conditions.push(`${l}.number_order ${filter.withoutEmployeeNumber ? '=' : '>'} ''`);
  }
  if (filter.holdsLicence !== undefined) {
    conditions.push(`${filter.holdsLicence ? '' : 'not '}(${l}.kind = 'staff' and ${l}.has_own_schedule)`);
  }
  return conditions;
}

/** What comes after a place of the list; nothing for the first page. */
export function afterPlace(
  { column, direction }: ListOrder,
  place: ListPlace | undefined,
  l: string,
  parameters: Parameters,
): string[] {
  if (!place) return [];
  const comparison = direction === 'asc' ? '>' : '<';
  const id = `${parameters.add(place.id)}::uuid`;
  if (column === undefined) return [`${l}.user_id ${comparison} ${id}`];
  return [`(${l}.${column}, ${l}.user_id) ${comparison} (${parameters.add(place.key)}::text, ${id})`];
}

export function orderBy({ column, direction }: ListOrder, l: string): string {
  return [...(column === undefined ? [] : [column]), 'user_id'].map((name) => `${l}.${name} ${direction}`).join(', ');
}
