import type { Id } from '@muster/contracts';
import { arrayLiteral } from '../records/array-literal.js';
import type { ListRequest } from './list-filter.js';

/** A statement about one page of a table of records, with its parameters. */
export class ListStatement {
  readonly values: unknown[] = [];

  constructor(
    private readonly table: string,
    private readonly companyId: Id,
    private readonly request: ListRequest,
  ) {}

  /**
   * By the index of the order, looking at each record whether it has the words: a page is soon full where many match, and
   * where none does, all records of the company are looked at (see docs/adr/0022).
   */
  page(selected: string): string {
    const { order, limit } = this.request;
    const where = [...this.matching(), ...this.afterPlace()].join(' and ');
    const columns = order.by === 'id' ? ['r.id'] : ['r.updated_at', 'r.id'];
    const sorted = columns.map((column) => `${column} ${order.direction}`).join(', ');
    return `select ${selected} from ${this.table} r where ${where} order by ${sorted} limit ${this.bind(limit)}`;
  }

  /** Whether more than `limit` records match. */
  exceeds(limit: number): string {
    return `select exists (select 1 from ${this.table} r where ${this.matching().join(' and ')} offset ${limit}) as many`;
  }

  private matching(): string[] {
    const { repIds, externalId, updatedSince, words } = this.request;
    const where = [`r.company_id = ${this.bind(this.companyId)}`, 'r.deleted_at is null'];
    if (repIds !== null) where.push(this.isOf(repIds));
    if (externalId !== undefined) where.push(`r.external_id = ${this.bind(externalId)}`);
    if (updatedSince !== undefined) where.push(`r.updated_at >= ${this.bind(updatedSince.toISOString())}::timestamptz`);
    return [...where, ...words.map((word) => this.has(word))];
  }

  /**
   * The first look says no to most records, and costs a tenth of the second. Of a case the planner expects that half of the
   * records have it, so it goes by the order of the list; else it would read all of them and sort.
   */
  private has(word: string): string {
    const given = `${this.bind(word)}::text`;
    return `case when strpos(r.found_by, search_fold(${given})) > 0
      then r.found_by collate pg_c_utf8 ~ search_pattern(${given}) else false end`;
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
