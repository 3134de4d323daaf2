import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Id } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { ACCOUNT_LINK_STATES, type AccountLinkState } from '../access-links/link-state.js';
import { UserAdmin } from '../test-support/user-admin.js';
import { isOrSharesGroup, termConditions, type TermCondition, type UserFilter } from './list-conditions.js';
import { listOrder, SORT_ORDERS, type SortOrder } from './list-order.js';
import { ListStatement, type PageRequest } from './list-statement.js';

const ACCOUNTS = 600;
const LIMIT = 40;
const GROUPS = Array.from({ length: 9 }, () => newId());
const WORDS = ['a', 'an', 'Änna', 'b', 'bo', 'muster', 'm', 'muster1', '9', '91', 'example.com', 'nobody'];

let server: UserAdmin;
let scope: Scope;
let accounts: Account[];

/** As the tables of accounts and links themselves say it. */
interface Account {
  readonly id: Id;
  readonly kind: string;
  readonly level: number;
  readonly hasOwnSchedule: boolean;
  readonly loginEnabled: boolean;
  readonly groupIds: readonly Id[];
  readonly text: string;
  readonly number: string | null;
  readonly state: AccountLinkState;
  readonly name: string;
  readonly email: string;
}

beforeAll(async () => {
  server = await UserAdmin.start();
  const { id } = await server.company({ licences: ACCOUNTS });
  scope = { companyId: id, actor: 'system', cause: 'request:test' };
  // Some have no group, some more than are looked for by hash.
  await server.change(
    id,
    `insert into user_account (id, company_id, kind, email, username, display_name, first_name, last_name, employee_number,
       authorization_level, has_own_schedule, language, login_enabled, group_ids)
     select gen_random_uuid(), $1, case when n % 7 = 0 then 'portal' else 'staff' end, 'm' || n * 7919 % 601 || '@example.com', 'p' || n,
       'x', case when n % 3 = 0 then 'Bo' else 'Anna' end, 'Muster' || n, case when n % 4 > 0 then case when n > 500 then '9' else '1' end || n end,
       n % 3, n % 2 = 0 and n % 7 > 0, 'en', n % 11 > 0, ($2::uuid[])[1 + n % 9 : n % 9 + n % 8]
     from generate_series(1, ${ACCOUNTS}) n`,
    [id, GROUPS],
  );
  await server.change(
    id,
    `update access_link set state = ($1::text[])[1 + l.no % 5] from (select id, row_number() over (order by id) as no from access_link) l
      where l.id = access_link.id and access_link.state = 'created' and l.no % 6 > 0`,
    [ACCOUNT_LINK_STATES.filter((state) => !['none', 'created'].includes(state))],
  );
  await server.change(id, `update user_account set login_enabled = true where number_order > '15'`, []);
  await server.change(id, `delete from user_account where last_name ~ 'Muster33'`, []);
  accounts = await unitOfWork((manager) =>
    manager.query<Account[]>(
      `select u.id, kind, authorization_level as level, has_own_schedule as "hasOwnSchedule", login_enabled as "loginEnabled",
              group_ids as "groupIds", lower(concat(' ', first_name, ' ', last_name, ' ', email, ' ', username, ' ', employee_number, ' ', split_part(email, '@', 2))) as text,
              employee_number as number, coalesce(l.state, 'none') as state, coalesce(lower(last_name || ' ' || first_name), '') as name,
              email
         from user_account u left join access_link l on l.user_id = u.id and l.replaced_at is null`,
    ),
  );
});
afterAll(() => server?.service.stop());

function unitOfWork<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
  return server.service.app.get(UnitOfWork).run(scope, work);
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const request = fc.record({
  words: fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 3 }),
  group: optional(fc.constantFrom(...GROUPS)),
  kind: optional(fc.constantFrom('staff', 'portal')),
  authorizationLevel: optional(fc.constantFrom(0, 1, 2)),
  hasOwnSchedule: optional(fc.boolean()),
  loginEnabled: optional(fc.boolean()),
  withoutEmployeeNumber: optional(fc.boolean()),
  holdsLicence: optional(fc.boolean()),
  accessLinkState: optional(fc.constantFrom(...ACCOUNT_LINK_STATES)),
  sight: optional(fc.subarray(GROUPS)),
  sort: fc.constantFrom(...SORT_ORDERS),
  after: optional(fc.nat(ACCOUNTS)),
});
type Wished = typeof request extends fc.Arbitrary<infer T> ? T : never;

function meets(account: Account, wished: Wished): boolean {
  const is = <T>(wish: T | undefined, value: T) => wish === undefined || wish === value;
  return (
    wished.words.every((word) => account.text.includes(` ${word.replace('Ä', 'a')}`)) &&
    (wished.group === undefined || account.groupIds.includes(wished.group)) &&
    (wished.sight === undefined || wished.sight.some((id) => account.groupIds.includes(id))) &&
    is<string>(wished.kind, account.kind) &&
    is<number>(wished.authorizationLevel, account.level) &&
    is(wished.hasOwnSchedule, account.hasOwnSchedule) &&
    is(wished.loginEnabled, account.loginEnabled) &&
    is(wished.withoutEmployeeNumber, account.number === null) &&
    is(wished.holdsLicence, account.kind === 'staff' && account.hasOwnSchedule) &&
    is(wished.accessLinkState, account.state)
  );
}

const keyOf = (account: Account, sort: SortOrder) => {
  const keys = { createdAt: '', name: account.name, email: account.email, employeeNumber: account.number ?? '' };
  return keys[sort.replace('-', '') as keyof typeof keys];
};
const placeOf = (account: Account, sort: SortOrder) => `${keyOf(account, sort)}\0${account.id}`;

function plainly(wished: Wished): Id[] {
  const { sort, after } = wished;
  const sign = sort.startsWith('-') ? -1 : 1;
  const compare = (a: Account, b: Account) => (placeOf(a, sort) < placeOf(b, sort) ? -sign : sign);
  const last = after === undefined ? undefined : accounts[after % accounts.length];
  const rest = accounts.filter((account) => last === undefined || (account !== last && compare(last, account) < 0));
  const found = rest.filter((account) => meets(account, wished)).toSorted(compare);
  return found.slice(0, LIMIT).map(({ id }) => id);
}

function requestOf({ words, sight, sort, after, ...filter }: Wished): PageRequest {
  const order = listOrder(sort);
  const last = after === undefined ? undefined : accounts[after % accounts.length];
  const key = last && order.column !== undefined ? keyOf(last, sort) : undefined;
  return {
    filter: { ...(filter as UserFilter), q: words.join(' ') },
    also: sight ? [isOrSharesGroup(newId(), sight)] : [],
    order,
    after: last && { key, id: last.id },
    limit: LIMIT,
  };
}

/** Every way to the page, whichever the list would take. */
async function everyWay(manager: EntityManager, page: PageRequest): Promise<Id[][]> {
  const terms = [...termConditions(page.filter), ...page.also];
  const run = async <Row>(make: (statement: ListStatement) => string): Promise<Row[]> => {
    const statement = new ListStatement(scope.companyId, page);
    return manager.query<Row[]>(make(statement), statement.values);
  };
  const idsOf = async (make: (statement: ListStatement) => string) => (await run<{ id: Id }>(make)).map(({ id }) => id);
  if (terms.length === 0) return [await idsOf((statement) => statement.inOrder())];
  const without = (term: TermCondition) => terms.filter((other) => other !== term);
  const [sparse] = await run<{ numbers: (number | null)[] }>((statement) => statement.countsOfSparse(terms, 3, LIMIT));
  for (const number of sparse?.numbers ?? []) expect([null, 0, 1, 2, 3]).toContain(number);
  const [tried] = await run<{ ids: Id[] }>((statement) => statement.inOrderWhere(terms, ACCOUNTS));
  const ways = [
    tried?.ids ?? [],
    await idsOf((statement) => statement.inOrderAmong(terms, [])),
    await idsOf((statement) => statement.inOrderAmong([], terms)),
  ];
  for (const term of terms) {
    ways.push(await idsOf((statement) => statement.gathered(term, without(term))));
    ways.push(await idsOf((statement) => statement.inOrderAmong([term], without(term))));
  }
  return ways;
}

it('every way to a page gives what a plain look at all accounts gives', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (wished) => {
      const expected = plainly(wished);
      const ways = await unitOfWork((manager) => everyWay(manager, requestOf(wished)));
      for (const found of ways) expect(found).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
