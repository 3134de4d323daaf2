import type { Id } from '@muster/contracts';
import {
  afterPlace,
  columnConditions,
  orderBy,
  Parameters,
  type ListPlace,
  type TermCondition,
  type UserFilter,
} from './list-conditions.js';
import type { ListOrder } from './list-order.js';

export interface PageRequest {
  readonly filter: UserFilter;
  /** More that an account must meet, such as being seen by the caller. */
  readonly also: readonly TermCondition[];
  readonly order: ListOrder;
  readonly after: ListPlace | undefined;
  readonly limit: number;
}

interface Selection {
  readonly rows?: string;
  readonly limit?: number;
}

/** A statement about one page, with its parameters. Each is made by a new one of these. */
export class ListStatement {
  private readonly parameters = new Parameters();

  constructor(
    private readonly companyId: Id,
    private readonly request: PageRequest,
  ) {}

  get values(): unknown[] {
    return this.parameters.values;
  }

  /** Of each condition how many entries of its index meet it, counted up to `limit`. */
  counts(terms: readonly TermCondition[], limit: number): string {
    const counts = terms.map(
      (term) => `(select count(*) from (${this.who(term)} limit ${limit}) counted(id))::integer`,
    );
    return `select array[${counts.join(', ')}] as numbers`;
  }

  /** The same of those conditions that few of the next accounts of the list meet; null of the others. */
  countsOfSparse(terms: readonly TermCondition[], limit: number, next: number): string {
    const counts = terms.map(
      (term) => `case when (select count(*) from next n where ${this.hold([term], 'n.id').join()}) * 10 < ${next}
        then (select count(*) from (${this.who(term)} limit ${limit}) counted(id))::integer end`,
    );
    return `with next(id) as materialized (${this.select([], { limit: next })}) select array[${counts.join(', ')}] as numbers`;
  }

  /** By the index of the order, which has all columns that are filtered by. */
  inOrder(): string {
    return this.select([]);
  }

  /** Of those that meet a condition, those that meet everything. */
  gathered(term: TermCondition, others: readonly TermCondition[]): string {
    // One by one: joined otherwise, all rows that there are would be asked before it is known which were gathered.
    const rows = 'found cross join lateral (select * from user_listing r where r.user_id = found.id offset 0) l';
    return `with found(id) as materialized (select distinct w.id from (${this.who(term)}) w(id))
      ${this.select([...this.mayHold(others), ...this.holds(others, 'l')], { rows })}`;
  }

  /** Of the next accounts of the list, those that meet everything, and how many were looked at. */
  inOrderWhere(terms: readonly TermCondition[], tried: number): string {
    return `with next(id) as materialized (${this.select([], { limit: tried })})
      select array(select n.id from next n where ${this.hold(terms, 'n.id').join(' and ')} limit ${this.request.limit}) as ids,
             (select count(*) from next)::integer as looked`;
  }

  /**
   * By the index of the order. Each account is asked, until one says no: the index, what it may have; all that meet some
   * conditions, whether it is among them; itself, for the others.
   */
  inOrderAmong(among: readonly TermCondition[], others: readonly TermCondition[]): string {
    const isAmong = among.map((term) => `l.user_id in (${this.who(term)})`);
    // Within a case the planner cannot make a join of it, which would sort.
    const cases = [...this.mayHold(others), ...isAmong, ...this.hold(others, 'l.user_id')].map(
      (condition) => `when (${condition}) is not true then false`,
    );
    return this.select([`case ${cases.join(' ')} else true end`]);
  }

  private who(term: TermCondition): string {
    return term.who(this.companyId, this.parameters);
  }

  private mayHold(terms: readonly TermCondition[]): string[] {
    return terms.flatMap((term) => term.mayHold?.('l', this.parameters) ?? []);
  }

  private holds(terms: readonly TermCondition[], l: string): string[] {
    return terms.map((term) => term.holds(l, this.parameters));
  }

  /** A look at the row itself, one by one in the order in which they come. */
  private hold(terms: readonly TermCondition[], id: string): string[] {
    if (terms.length === 0) return [];
    return [`(select ${this.holds(terms, 'r').join(' and ')} from user_listing r where r.user_id = ${id})`];
  }

  private select(conditions: readonly string[], selection: Selection = {}): string {
    const { filter, order, after } = this.request;
    const { rows = 'user_listing l', limit = this.request.limit } = selection;
    const where = [
      `l.company_id = ${this.parameters.add(this.companyId)}`,
      ...columnConditions(filter, 'l', this.parameters),
      ...afterPlace(order, after, 'l', this.parameters),
      ...conditions,
    ];
    return `select l.user_id as id from ${rows} where ${where.join(' and ')} order by ${orderBy(order, 'l')} limit ${limit}`;
  }
}
