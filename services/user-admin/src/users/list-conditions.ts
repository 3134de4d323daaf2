import type { Id } from '@muster/contracts';
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
 * Something that an account is found by, said twice: who meets it, by the index of terms, and whether a row that is at
 * hand meets it.
 */
export interface TermCondition {
  /** @returns a select of the ids of accounts, some perhaps twice */
  who(companyId: Id, parameters: Parameters): string;
  /** @param u alias of what has the columns of `user_account` */
  holds(u: string, parameters: Parameters): string;
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
    holds: (u, parameters) => `strpos(${u}.found_by, ' ' || ${folded(parameters.add(word))}) > 0`,
  };
}

/** It belongs to one of the groups. */
function inGroups(groupIds: readonly Id[]): TermCondition {
  return {
    who: (companyId, parameters) =>
      `select t.user_id from user_account_term t where t.company_id = ${parameters.add(companyId)}
        and t.term = any(array(select chr(31) || id from unnest(${parameters.add([...groupIds])}::uuid[]) as g(id)))`,
    holds: (u, parameters) => `${u}.group_ids && ${parameters.add([...groupIds])}::uuid[]`,
  };
}

/** It is this account, or belongs to one of the groups. */
export function isOrSharesGroup(userId: Id, groupIds: readonly Id[]): TermCondition {
  const members = inGroups(groupIds);
  return {
    who: (companyId, parameters) =>
      `${members.who(companyId, parameters)} union all select ${parameters.add(userId)}::uuid`,
    holds: (u, parameters) => `(${u}.id = ${parameters.add(userId)}::uuid or ${members.holds(u, parameters)})`,
  };
}

export function termConditions({ q, group }: UserFilter): TermCondition[] {
  const words = (q ?? '').trim().split(/\s+/u).filter(Boolean);
  return [...words.map(beginsWith), ...(group === undefined ? [] : [inGroups([group])])];
}

/** Conditions on columns that stand in the indexes of lists, but for the employee number. */
export function columnConditions(filter: UserFilter, u: string, parameters: Parameters): string[] {
  const columns = {
    kind: 'kind',
    authorizationLevel: 'authorization_level',
    hasOwnSchedule: 'has_own_schedule',
    loginEnabled: 'login_enabled',
  } as const;
  const conditions = Object.entries(columns).flatMap(([property, column]) => {
    const value = filter[property as keyof typeof columns];
    return value === undefined ? [] : [`${u}.${column} = ${parameters.add(value)}`];
  });
  if (filter.withoutEmployeeNumber !== undefined) {
    conditions.push(`${u}.number_order ${filter.withoutEmployeeNumber ? '=' : '>'} ''`);
  }
  if (filter.holdsLicence !== undefined) {
    conditions.push(`${filter.holdsLicence ? '' : 'not '}(${u}.kind = 'staff' and ${u}.has_own_schedule)`);
  }
  return conditions;
}

/** What comes after a place of the list; nothing for the first page. */
export function afterPlace(
  { column, direction }: ListOrder,
  place: ListPlace | undefined,
  u: string,
  parameters: Parameters,
): string[] {
  if (!place) return [];
  const comparison = direction === 'asc' ? '>' : '<';
  const id = `${parameters.add(place.id)}::uuid`;
  if (column === undefined) return [`${u}.id ${comparison} ${id}`];
  return [`(${u}.${column}, ${u}.id) ${comparison} (${parameters.add(place.key)}::text, ${id})`];
}

export function orderBy({ column, direction }: ListOrder, u: string): string {
  return [...(column === undefined ? [] : [column]), 'id'].map((name) => `${u}.${name} ${direction}`).join(', ');
}
