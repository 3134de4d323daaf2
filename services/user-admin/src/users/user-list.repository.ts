import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { termConditions, type TermCondition } from './list-conditions.js';
import { ListStatement, type PageRequest } from './list-statement.js';
import { UserAccount } from './user-account.entity.js';

export type { PageRequest } from './list-statement.js';

/** So many accounts are gathered and sorted, rather than looked for in the order of the list. */
const FEW = 3_000;
/** So many accounts are looked at in the order of the list before those that match are gathered. */
const TRIED = 2_000;
/** Of a condition that more meet, an account is asked itself rather than looked up among them. */
const MANY = 30_000;

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
    const query = <Row>(make: (statement: ListStatement) => string): Promise<Row[]> => {
      const statement = new ListStatement(companyId, request);
      return manager.query<Row[]>(make(statement), statement.values);
    };
    const idsBy = async (make: (statement: ListStatement) => string) =>
      (await query<{ id: Id }>(make)).map(({ id }) => id);
    const counted = async (terms: readonly TermCondition[], limit: number): Promise<CountedTerm[]> => {
      const [row] = await query<{ numbers: number[] }>((statement) => statement.counts(terms, limit));
      const all = terms.map((term, no) => ({ term, number: row?.numbers[no] ?? 0 }));
      return all.toSorted((a, b) => a.number - b.number);
    };

    const terms = [...termConditions(request.filter), ...request.also];
    if (terms.length === 0) return idsBy((statement) => statement.inOrder());
    const [rarest] = await counted(terms, FEW + 1);
    if (rarest && rarest.number <= FEW) {
      const others = terms.filter((term) => term !== rarest.term);
      return idsBy((statement) => statement.gathered(rarest.term, others));
    }
    const [next] = await query<{ ids: Id[]; looked: number }>((statement) => statement.inOrderWhere(terms, TRIED));
    if (next && (next.ids.length === request.limit || next.looked < TRIED)) return next.ids;
    const { among, others } = split(await counted(terms, terms.length > 1 ? MANY + 1 : 1));
    return idsBy((statement) => statement.inOrderAmong(among, others));
  }
}

interface CountedTerm {
  readonly term: TermCondition;
  readonly number: number;
}

/** @param counted the rarest first, which is always looked up */
function split(counted: readonly CountedTerm[]): Record<'among' | 'others', TermCondition[]> {
  const isAmong = ({ number }: CountedTerm, no: number) => no === 0 || number <= MANY;
  return {
    among: counted.filter(isAmong).map(({ term }) => term),
    others: counted.filter((one, no) => !isAmong(one, no)).map(({ term }) => term),
  };
}
