import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { termConditions, type TermCondition } from './list-conditions.js';
import { ListStatement, type PageRequest } from './list-statement.js';
import { UserAccount } from './user-account.entity.js';

export type { PageRequest } from './list-statement.js';

/** So many accounts are gathered and sorted, rather than looked for in the order of the list. */
const FEW = 10_000;
/** So many accounts are looked at in the order of the list before those that match are gathered. */
const TRIED = 1_000;
/** Of so many it is looked whether a condition is met here and there, or by accounts that stand together elsewhere. */
const SAMPLE = 200;
/** What more accounts meet, an account is asked itself, rather than looked up among them. */
const MANY = 60_000;

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
    const counted = async (terms: readonly TermCondition[], limit: number): Promise<readonly number[]> => {
      if (terms.length === 0) return [];
      return (await query<{ numbers: number[] }>((statement) => statement.counts(terms, limit)))[0]?.numbers ?? [];
    };

    const terms = [...termConditions(request.filter), ...request.also];
    if (terms.length === 0) return idsBy((statement) => statement.inOrder());
    const rarest = rarestOf(terms, await counted(terms, FEW + 1));
    if (rarest) {
      const others = terms.filter((term) => term !== rarest);
      return idsBy((statement) => statement.gathered(rarest, others));
    }
    // Most accounts without a word are told by the index of the order; those without a group are not.
    const groups = terms.filter((term) => !term.mayHold);
    if (groups.length === 0) return idsBy((statement) => statement.inOrderAmong([], terms));
    const [next] = await query<{ ids: Id[]; looked: number }>((statement) => statement.inOrderWhere(terms, TRIED));
    if (next && (next.ids.length === request.limit || next.looked < TRIED)) return next.ids;
    // Groups filled one after the other stand far apart in the order.
    const [sparse] = await query<{ numbers: (number | null)[] }>((statement) =>
      statement.countsOfSparse(groups, MANY + 1, SAMPLE),
    );
    const among = groups.filter((_, no) => (sparse?.numbers[no] ?? Infinity) <= MANY);
    const others = terms.filter((term) => !among.includes(term));
    return idsBy((statement) => statement.inOrderAmong(among, others));
  }
}

/** The condition that the fewest meet, if they are few. */
function rarestOf(terms: readonly TermCondition[], numbers: readonly number[]): TermCondition | undefined {
  const fewest = Math.min(...numbers);
  return fewest <= FEW ? terms[numbers.indexOf(fewest)] : undefined;
}
