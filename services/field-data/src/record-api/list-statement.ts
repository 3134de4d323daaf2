import type { Id } from '@muster/contracts';
import { arrayLiteral } from '../records/array-literal.js';
import type { ListRequest } from './list-filter.js';

/** The word as the table of terms has it. */
const folded = (placeholder: string) => `left(search_fold(${placeholder}::text), 100)`;

/** A statement about one page of a table of records, with its parameters. Each is made by a new one of these. */
export class ListStatement {
  readonly values: unknown[] = [];

  constructor(
    private readonly table: string,
    private readonly companyId: Id,
    private readonly request: ListRequest,
  ) {}

  /** Of each word how many entries of the index begin so, counted up to `limit`. */
  counts(limit: number): string {
    const counts = this.request.words.map(
      (word) => `(select count(*) from (${this.who(word)} limit ${limit}) counted(id))::integer`,
    );
    return `select array[${counts.join(', ')}] as numbers`;
  }

  /** Whether more than `limit` records match. */
  exceeds(limit: number): string {
    const where = this.matching(this.request.words.map((word) => `r.id in (${this.who(word)})`));
    return `select exists (select 1 from ${this.table} r where ${where.join(' and ')} offset ${limit}) as many`;
  }

  /** By the index of the order. */
  inOrder(selected: string): string {
    return this.select(selected, `${this.table} r`, []);
  }

  /** Of the records that have one of the words, those that have the others too. */
  gathered(selected: string, rarest: number): string {
    const words = this.request.words;
    const found = `found(id) as materialized (select distinct w.id from (${this.who(words[rarest] ?? '')}) w(id))`;
    const others = words.filter((_, place) => place !== rarest).map((word) => this.isAmong(word));
    return `with ${found} ${this.select(selected, `found join ${this.table} r on r.id = found.id`, others)}`;
  }

  /** By the index of the order, looking each record up among all that have the words. */
  inOrderAmong(selected: string): string {
    return this.select(selected, `${this.table} r`, this.request.words.map((word) => this.isAmong(word))); // prettier-ignore
  }

  /** Within a case the planner cannot make a join of it, which would sort. */
  private isAmong(word: string): string {
    return `case when r.id in (${this.who(word)}) then true else false end`;
  }

  private who(word: string): string {
    const from = folded(this.bind(word));
    return `select t.record_id from ${this.table}_term t where t.company_id = ${this.bind(this.companyId)}
      and t.term >= ${from} and t.term < ${from} || chr(1114111)`;
  }

  private select(selected: string, from: string, conditions: readonly string[]): string {
    const { order, limit } = this.request;
    const where = [...this.matching(conditions), ...this.afterPlace()];
    const columns = order.by === 'id' ? ['r.id'] : ['r.updated_at', 'r.id'];
    const sorted = columns.map((column) => `${column} ${order.direction}`).join(', ');
    return `select ${selected} from ${from} where ${where.join(' and ')} order by ${sorted} limit ${this.bind(limit)}`;
  }

  private matching(conditions: readonly string[]): string[] {
    const { repIds, externalId, updatedSince } = this.request;
    const where = [`r.company_id = ${this.bind(this.companyId)}`, 'r.deleted_at is null', ...conditions];
    if (repIds !== null) where.push(this.isOf(repIds));
    if (externalId !== undefined) where.push(`r.external_id = ${this.bind(externalId)}`);
    if (updatedSince !== undefined) where.push(`r.updated_at >= ${this.bind(updatedSince.toISOString())}::timestamptz`);
    return where;
  }

  private isOf(repIds: readonly Id[]): string {
    const [repId, ...more] = repIds;
    if (more.length === 0) return `r.rep_id = ${this.bind(repId)}`;
    return `r.rep_id = any(${this.bind(arrayLiteral(repIds))}::uuid[])`;
  }

  private afterPlace(): string[] {
    const { order, after } = this.request;
    if (!after) return [];
    const comparison = order.direction === 'asc' ? '>' : '<';
    if (order.by === 'id') return [`r.id ${comparison} ${this.bind(after.id)}::uuid`];
    const place = `(${this.bind(after.updatedAt)}::timestamptz, ${this.bind(after.id)}::uuid)`;
    return [`(r.updated_at, r.id) ${comparison} ${place}`];
  }

  private bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}
