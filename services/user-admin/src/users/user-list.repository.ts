import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import {
  afterPlace,
  columnConditions,
  orderBy,
  Parameters,
  termConditions,
  type ListPlace,
  type TermCondition,
  type UserFilter,
} from './list-conditions.js';
import type { ListOrder } from './list-order.js';
import { UserAccount } from './user-account.entity.js';

/** So many accounts are gathered and sorted, rather than looked for in the order of the list. */
const FEW = 1_000;
/** So many accounts are looked at in the order of the list before all that match are gathered. */
const TRIED = 4_000;

export interface PageRequest {
  readonly filter: UserFilter;
  /** More that an account must meet, such as being seen by the caller. */
  readonly also: readonly TermCondition[];
  readonly order: ListOrder;
  readonly after: ListPlace | undefined;
  readonly limit: number;
}

/**
 * Pages of accounts. What row-level security lets reach an index (comparisons of plain columns) finds them; which way is
 * the short one depends on how many match, so that is asked first. Each way gives the same page.
 */
@Injectable()
export class UserList {
  async page(manager: EntityManager, companyId: Id, request: PageRequest): Promise<UserAccount[]> {
    const ids = await this.ids(manager, companyId, request);
    const found = await manager.findBy(UserAccount, { id: In(ids) });
    const byId = new Map(found.map((account) => [account.id, account]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Of the accounts of a page, in its order. */
  async ids(manager: EntityManager, companyId: Id, request: PageRequest): Promise<Id[]> {
    const terms = [...termConditions(request.filter), ...request.also];
    const statement = new ListStatement(companyId, request);
    const query = async (text: string) =>
      (await manager.query<{ id: Id }[]>(text, statement.take())).map(({ id }) => id);
    const number = async (text: string) => {
      const [row] = await manager.query<{ number: number }[]>(text, statement.take());
      return row?.number ?? 0;
    };
    if (terms.length === 0) return query(statement.inOrder());
    for (const term of terms) {
      if ((await number(statement.count(term, FEW + 1))) <= FEW) return query(statement.gathered(term, terms));
    }
    const first = await query(statement.inOrderWhere(terms, TRIED));
    if (first.length === request.limit) return first;
    const left = await number(statement.countInOrder(TRIED));
    return left < TRIED ? first : query(statement.inOrderOfAll(terms));
  }
}

class ListStatement {
  private parameters = new Parameters();

  constructor(
    private readonly companyId: Id,
    private readonly request: PageRequest,
  ) {}

  /** The parameters of the statement that was made last. */
  take(): unknown[] {
    const { values } = this.parameters;
    this.parameters = new Parameters();
    return values;
  }

  /** How many terms of accounts meet a condition, counted up to `limit`. */
  count(condition: TermCondition, limit: number): string {
    const who = condition.who(this.companyId, this.parameters);
    return `select count(*) as number from (select * from (${who}) all_of_them limit ${limit}) counted`;
  }

  /** Of those that meet a condition, those that meet everything. */
  gathered(condition: TermCondition, terms: readonly TermCondition[]): string {
    const who = condition.who(this.companyId, this.parameters);
    const others = terms.filter((term) => term !== condition).map((term) => term.holds('u', this.parameters));
    const rows = 'found join user_account u on u.id = found.id';
    return `with found(id) as materialized (select distinct w.id from (${who}) w(id)) ${this.select(others, this.request.limit, { rows })}`;
  }

  /** By the index of the order, with conditions on its columns. */
  inOrder(): string {
    return this.select([], this.request.limit);
  }

  /** How many accounts are left in the list, counted up to `limit`. */
  countInOrder(limit: number): string {
    return `select count(*) as number from (${this.select([], limit)}) counted`;
  }

  /** Of the next accounts of the list, those that meet everything: soon a page full where many do. */
  inOrderWhere(terms: readonly TermCondition[], tried: number): string {
    const next = this.select([], tried, { columns: 'u.id, u.found_by, u.group_ids' });
    const where = terms.map((term) => term.holds('n', this.parameters));
    return `select n.id from (${next}) n where ${where.join(' and ')} limit ${this.request.limit}`;
  }

  /** By the index of the order, looking each account up among all that match: where those that match stand far behind. */
  inOrderOfAll(terms: readonly TermCondition[]): string {
    // Within a case the planner cannot make a join of it, which would sort.
    const where = terms.map(
      (term) => `case when u.id in (${term.who(this.companyId, this.parameters)}) then true else false end`,
    );
    return this.select(where, this.request.limit);
  }

  private select(
    conditions: readonly string[],
    limit: number,
    { columns = 'u.id', rows = 'user_account u' }: { columns?: string; rows?: string } = {},
  ): string {
    const { filter, order, after } = this.request;
    const where = [
      `u.company_id = ${this.parameters.add(this.companyId)}`,
      ...columnConditions(filter, 'u', this.parameters),
      ...afterPlace(order, after, 'u', this.parameters),
      ...conditions,
    ];
    return `select ${columns} from ${rows} where ${where.join(' and ')} order by ${orderBy(order, 'u')} limit ${limit}`;
  }
}
