import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { isOrSharesGroup } from './list-conditions.js';
import { listOrder, SORT_ORDERS, type SortOrder } from './list-order.js';
import type { UserAccount } from './user-account.entity.js';
import { UserList, type PageRequest } from './user-list.repository.js';

let server: UserAdmin;
let company: TestCompany;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
});
afterAll(() => server?.service.stop());

interface Item {
  readonly id: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
}
const page = async (token: string, query: string) => {
  const { status, body } = await server.call('GET', `/v1/users?${query}`, { token });
  expect(status, JSON.stringify(body)).toBe(200);
  return { items: body['items'] as Item[], next: body['nextCursor'] as string | null };
};
const namesOf = (items: readonly Item[]) => items.map(({ email }) => email?.split('@')[0]);
const pages = async (token: string, query: string) => {
  const all: Item[][] = [];
  for (let cursor = ''; ;) {
    const { items, next } = await page(token, `${query}${cursor}`);
    all.push(items);
    if (next === null) return all;
    cursor = `&cursor=${next}`;
  }
};

describe('the search', () => {
  const PEOPLE = [
    { email: 'joerg.gruenwald@example.com', firstName: 'Jörg', lastName: 'Grünwald-Strauß', employeeNumber: '000701' },
    { email: 'bea@firma.example.org', firstName: 'Béatrice', lastName: "O'Neill", username: 'Bea.1' },
    { email: 'li@example.com', firstName: '李', lastName: 'Ⅷ', displayName: '100%_Li' },
  ];
  beforeAll(async () => {
    for (const person of PEOPLE) await server.createUser(company.token, person);
  });

  it.each([
    ['jorg', ['joerg.gruenwald']],
    ['JÖRG', ['joerg.gruenwald']],
    ['grün', ['joerg.gruenwald']],
    ['strauss', ['joerg.gruenwald']],
    ['Grünwald-Strauß', ['joerg.gruenwald']],
    ['gru jo', ['joerg.gruenwald']],
    ['gru bea', []],
    ['örg', []],
    ['joerg.gruenwald@example.com', ['joerg.gruenwald']],
    ['gruenwald', ['joerg.gruenwald']],
    ['000701', ['joerg.gruenwald']],
    ['701', ['joerg.gruenwald']],
    ['0701', []],
    ['beatrice', ['bea']],
    ["o'ne", ['bea']],
    ['neill', ['bea']],
    ['firma', ['bea']],
    ['bea.1', ['bea']],
    ['李', ['li']],
    ['100%', ['li']],
    ['%', []],
    ['_', []],
    ['com', []],
    ['example.com', ['Admin', 'joerg.gruenwald', 'li']],
    ['x'.repeat(200), []],
    ['\u001f', []],
  ])('%j finds %j', async (q, expected) => {
    const { items } = await page(company.token, `q=${encodeURIComponent(q)}`);
    expect(namesOf(items)).toEqual(expected);
  });

  it('knows what accounts are called now', async () => {
    const { body } = await server.createUser(company.token, { email: 'was@example.com', lastName: 'Before' });
    const json = { lastName: 'After', email: 'now@example.com', username: 'now' };
    const headers = { 'if-match': '*' };
    await server.call('PATCH', `/v1/users/${String(body['id'])}`, { token: company.token, json, headers });
    expect((await page(company.token, 'q=before')).items).toEqual([]);
    expect((await page(company.token, 'q=was')).items).toEqual([]);
    expect((await page(company.token, 'q=after')).items).toHaveLength(1);
    expect((await page(company.token, 'q=now@')).items).toHaveLength(1);
  });

  it('finds nobody of another company', async () => {
    const other = await server.company();
    expect((await page(other.token, 'q=bea')).items).toEqual([]);
    expect(namesOf((await page(other.token, 'q=admin')).items)).toEqual(['Admin']);
  });
});

describe('the order', () => {
  let token: string;
  beforeAll(async () => {
    ({ token } = await server.company());
    const people = [
      { email: 'c@example.com', firstName: 'Ärni', lastName: 'zeta', employeeNumber: '10' },
      { email: 'B@example.com', firstName: 'Bo', lastName: 'Ähre', employeeNumber: '9' },
      { email: 'd@example.com', firstName: 'Al', lastName: 'Ahre' },
      { email: 'e@example.com', firstName: 'Al', lastName: 'Ahre' },
    ];
    for (const person of people) await server.createUser(token, person);
  });

  const ORDER: [SortOrder, string[]][] = [
    ['createdAt', ['Admin', 'c', 'B', 'd', 'e']],
    ['name', ['Admin', 'd', 'e', 'B', 'c']],
    ['email', ['Admin', 'B', 'c', 'd', 'e']],
    ['employeeNumber', ['Admin', 'd', 'e', 'c', 'B']],
  ];

  it.each(ORDER)('by %s is %j, page by page, and the other way round', async (sort, expected) => {
    for (const limit of [1, 2, 4, 5]) {
      expect(namesOf((await pages(token, `sort=${sort}&limit=${limit}`)).flat())).toEqual(expected);
      expect(namesOf((await pages(token, `sort=-${sort}&limit=${limit}`)).flat())).toEqual(expected.toReversed());
    }
  });

  it('keeps its place while accounts come, go and are renamed', async () => {
    const { token } = await server.company();
    const ids = new Map<string, string>();
    for (const name of ['a', 'c', 'e', 'g', 'i']) {
      const { body } = await server.createUser(token, { email: `${name}@example.com`, lastName: name });
      ids.set(name, String(body['id']));
    }
    const first = await page(token, 'sort=email&limit=3');
    expect(namesOf(first.items)).toEqual(['a', 'Admin', 'c']);
    await server.createUser(token, { email: 'b@example.com' });
    await server.createUser(token, { email: 'f@example.com' });
    const rename = (name: string, email: string) =>
      server.call('PATCH', `/v1/users/${ids.get(name)}`, { token, json: { email }, headers: { 'if-match': '*' } });
    await rename('c', 'zz@example.com');
    await rename('i', 'aa@example.com');
    const second = await page(token, `sort=email&limit=10&cursor=${first.next}`);
    expect(namesOf(second.items)).toEqual(['e', 'f', 'g', 'zz']);
  });

  it('does not take the cursor of another order', async () => {
    const { next } = await page(token, 'sort=email&limit=1');
    for (const sort of ['-email', 'name', 'createdAt']) {
      const { body } = await server.call('GET', `/v1/users?sort=${sort}&cursor=${next}`, { token });
      expect(body).toMatchObject({ status: 400, code: 'invalid_cursor' });
    }
    const unknown = await server.call('GET', '/v1/users?sort=size', { token });
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ pointer: '/sort' }] });
  });
});

describe('a company with many accounts', () => {
  const ACCOUNTS = 12_000;
  const GROUP = newId();
  let scope: Scope;

  beforeAll(async () => {
    const { id } = await server.company({ licences: 1_000_000 });
    scope = { companyId: id, actor: 'system', cause: 'request:test' };
    // One in 97 is called Zora, the last two thousand have the numbers that begin with 9.
    await server.change(
      id,
      `insert into user_account (id, company_id, kind, email, username, display_name, first_name, last_name,
         employee_number, authorization_level, has_own_schedule, language, login_enabled, group_ids)
       select gen_random_uuid(), $1, 'staff', 'muster' || n || '@example.com', 'p' || n, 'x', case when n % 97 = 0 then 'Zora' else 'Anna' end,
         'Muster' || n, case when n > ${ACCOUNTS - 2_000} then '9' else '1' end || n, n % 3, n % 2 = 0, 'en', n % 1000 <> 0,
         case when n % 4 = 0 then array[$2::uuid] else '{}' end
       from generate_series(1, ${ACCOUNTS}) n`,
      [id, GROUP],
    );
    await server.change(id, 'analyze user_account', []).catch(() => undefined);
  });

  const REQUESTS: [string, Partial<PageRequest>][] = [
    ['no condition', {}],
    ['few', { filter: { q: 'zora' } }],
    ['many, spread', { filter: { q: 'anna' } }],
    ['many, at the end of the order', { filter: { q: '9' } }],
    ['two words', { filter: { q: 'anna must' } }],
    // Each has several terms that begin so.
    ['two words, the second of few', { filter: { q: 'anna muster1' } }],
    ['a word and a column', { filter: { q: 'zora', authorizationLevel: 2 } }],
    ['a group', { filter: { group: GROUP } }],
    ['a group, and a word', { filter: { group: GROUP, q: 'zor' } }],
    ['the sight of a supervisor', { also: [isOrSharesGroup(newId(), [GROUP])] }],
    ['the sight of a supervisor, and a word', { also: [isOrSharesGroup(newId(), [GROUP])], filter: { q: '9' } }],
    ['few by a column', { filter: { loginEnabled: false } }],
    ['holders of a licence without a number', { filter: { holdsLicence: true, withoutEmployeeNumber: true } }],
    ['nobody', { filter: { q: 'nobody' } }],
  ];

  const run = (request: Partial<PageRequest>, sort: SortOrder, plans: string[]) =>
    server.service.app.get(UnitOfWork).run(scope, async (manager) => {
      const all = { filter: {}, also: [], order: listOrder(sort), after: undefined, limit: 51, ...request };
      return new UserList().page(explaining(manager, plans), scope.companyId, all);
    });

  it.each(REQUESTS)(
    '%s: every order gives what a plain look at all accounts gives, by indexes',
    async (_what, request) => {
      const everybody = await run({ limit: 20_000, ...(request.also && { also: request.also }) }, 'createdAt', []);
      for (const sort of SORT_ORDERS) {
        const plans: string[] = [];
        const found = await run(request, sort, plans);
        const expected = plainly(everybody, request, sort).slice(0, 51);
        expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(plans.join('\n')).not.toMatch(/Seq Scan/);
      }
    },
  );

  /** Writes down the plan of each statement, as the app role, which row-level security holds. */
  function explaining(manager: EntityManager, plans: string[]): EntityManager {
    const query = async (text: string, parameters: unknown[]) => {
      await manager.query('set local enable_seqscan = off');
      const plan = await manager.query<{ 'QUERY PLAN': string }[]>(`explain ${text}`, parameters);
      plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
      return manager.query<object[]>(text, parameters);
    };
    return new Proxy(manager, {
      get: (target, name): unknown => (name === 'query' ? query : Reflect.get(target, name)),
    });
  }

  function plainly(all: readonly UserAccount[], { filter = {} }: Partial<PageRequest>, sort: SortOrder): UserAccount[] {
    const { q = '', group, holdsLicence, withoutEmployeeNumber, authorizationLevel, loginEnabled } = filter;
    const textOf = (u: UserAccount) => ` ${u.firstName} ${u.lastName} ${u.email} ${u.employeeNumber}`.toLowerCase();
    const found = all.filter(
      (u) =>
        q.split(' ').every((word) => textOf(u).includes(` ${word}`)) &&
        (group === undefined || u.groupIds.includes(group)) &&
        (holdsLicence === undefined || u.hasOwnSchedule === holdsLicence) &&
        (withoutEmployeeNumber === undefined || (u.employeeNumber === null) === withoutEmployeeNumber) &&
        (authorizationLevel === undefined || u.authorizationLevel === authorizationLevel) &&
        (loginEnabled === undefined || u.loginEnabled === loginEnabled),
    );
    const { property, direction } = listOrder(sort);
    const keyOf = (u: UserAccount) => `${property === undefined ? '' : u[property]}\0${u.id}`;
    const sorted = found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    return direction === 'asc' ? sorted : sorted.toReversed();
  }
});
