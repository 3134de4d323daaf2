import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { UserAdmin } from '../test-support/user-admin.js';

const ACCOUNTS = 800;
const MANY = 4_000;
const [NORTH, SOUTH] = [newId(), newId()];

let server: UserAdmin;
let scope: Scope;

beforeAll(async () => {
  server = await UserAdmin.start({ config: { databasePoolSize: 1 } });
  const { id } = await server.company({ licences: 1 });
  scope = { companyId: id, actor: 'system', cause: 'request:test' };
  await add(1, ACCOUNTS);
});
afterAll(() => server?.service.stop());

const change = (statement: string, parameters: unknown[] = []) => server.change(scope.companyId, statement, parameters);

const add = (from: number, to: number) =>
  change(
    `insert into user_account (id, company_id, kind, email, username, display_name, last_name, authorization_level,
       has_own_schedule, language, group_ids)
     select gen_random_uuid(), $1, 'staff', 'm' || n || '@example.com', 'p' || n, 'x', 'Muster' || n, 0, false, 'en', array[$2::uuid]
       from generate_series($3::integer, $4::integer) n`,
    [scope.companyId, NORTH, from, to],
  );

/** What stands beside the accounts and is not, or no longer, what they and their links say; and the other way round. */
async function strayRows(): Promise<Record<string, number>> {
  const terms = `select distinct id, left(t, 100) from user_account, string_to_table(found_by, ' ') t where t <> ''`;
  const members = `select distinct id, g from user_account, unnest(group_ids) g`;
  const listed = [
    'name_order',
    'email_order',
    'number_order',
    'kind',
    'authorization_level',
    'has_own_schedule',
    'login_enabled',
    'group_ids',
    'found_by',
  ];
  // Of each beginning of a word its account has the bits, whatever other bits it has.
  const signs = `select l.user_id from user_listing l, string_to_table(l.found_by, ' ') t, generate_series(1, 3) n
    where t <> '' and l.term_signs & term_signs(left(t, n)) <> term_signs(left(t, n))`;
  const listing = `select u.id, ${listed.join(', ')}, coalesce(l.state, 'none') from user_account u
    left join access_link l on l.user_id = u.id and l.replaced_at is null`;
  const pairs = {
    terms: [terms, 'select user_id, term from user_account_term'],
    members: [members, 'select user_id, group_id from user_group_member'],
    signs: [signs, 'select null::uuid where false'],
    listing: [listing, `select user_id, ${listed.join(', ')}, link_state from user_listing`],
  };
  return server.service.app.get(UnitOfWork).run(scope, async (manager) => {
    const strays: Record<string, number> = {};
    for (const [name, [one, other]] of Object.entries(pairs)) {
      const text = `select count(*)::integer as stray from ((${one} except ${other}) union all (${other} except ${one})) s`;
      strays[name] = (await manager.query<{ stray: number }[]>(text))[0]?.stray ?? -1;
    }
    return strays;
  });
}

const NONE = { terms: 0, members: 0, signs: 0, listing: 0 };

it.each([
  ['came into being', 'select 1'],
  ['are called otherwise', `update user_account set last_name = 'Other', email = 'n' || email where email like 'm1%'`],
  ['changed groups', `update user_account set group_ids = '{${NORTH},${SOUTH}}' where email like 'm2%'`],
  ['left all groups', `update user_account set group_ids = '{}' where email like 'm3%'`],
  ['have a group twice', `update user_account set group_ids = '{${NORTH},${NORTH}}' where email like 'm35%'`],
  ['were deactivated', `update user_account set login_enabled = false where email like 'm4%'`],
  ['were activated', `update user_account set login_enabled = true where email like 'm41%'`],
  [
    'have another level and a number',
    `update user_account set authorization_level = 1, employee_number = email where email like 'm5%'`,
  ],
  [
    'have links that were sent',
    `update access_link set state = 'sent', token_hash = id::text, channel = 'email' where state = 'created'`,
  ],
  ['have another address than their links', `update user_account set email = 'x' || email where email like 'm6%'`],
  ['have links that were replaced', `update access_link set replaced_at = now() where state = 'disabled'`],
  ['are gone', `delete from user_account where email like 'm7%'`],
])('what stands beside accounts is right when they %s', async (_what, statement) => {
  await change(statement);
  expect(await strayRows()).toEqual(NONE);
});

it.each([
  [
    'new accounts',
    (n: number) => `insert into user_account (id, company_id, kind, email, username, display_name, last_name,
     authorization_level, has_own_schedule, language) select gen_random_uuid(), current_setting('muster.company')::uuid, 'staff',
     'z' || n || '@example.com', 'z' || n, 'x', 'z', 0, false, 'en' from generate_series(1, ${n}) n`,
  ],
  [
    'another group',
    (n: number) => `update user_account set group_ids = '{${SOUTH}}' where id in
     (select id from user_account where email like 'z%' limit ${n})`,
  ],
  [
    'links that were sent',
    (n: number) => `update access_link set state = 'sent', token_hash = id::text, channel = 'email'
     where id in (select l.id from access_link l join user_account u on u.id = l.user_id where u.email like 'z%' limit ${n})`,
  ],
])(
  'of %s nobody else is looked at, though the plan is of a time when there was one account',
  async (_what, statement) => {
    const seen = `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::integer as rows
      from pg_stat_xact_user_tables where relname = 'user_listing'`;
    const looked = await server.service.app.get(UnitOfWork).run(scope, async (manager) => {
      const rows = async () => (await manager.query<{ rows: number }[]>(seen))[0]?.rows ?? 0;
      const before = await rows();
      await manager.query(statement(50));
      return (await rows()) - before;
    });
    expect(looked).toBeLessThanOrEqual(100);
    expect(await strayRows()).toEqual(NONE);
  },
);

// NUL is in no text of the database, and U+001F is taken for a blank.
const text = fc.string({ unit: 'binary', maxLength: 200 }).map((given) => given.replaceAll('\0', '\u001f'));
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 200 }).map((given) => given.replaceAll('\0', '\u001f'));

it('lists are sorted by the folded text, whatever its characters', async () => {
  const texts = fc.sample(fc.oneof(text, ascii), { numRuns: 2_000, seed: 138 });
  const others = await server.service.app.get(UnitOfWork).run(scope, (manager) =>
    manager.query<{ given: string }[]>(
      `select given from unnest($1::text[]) g(given)
        where sort_key(given, null, 'Z') is distinct from left(search_fold(array_to_string(array[given, 'Z'], ' ')), 150)`,
      [texts],
    ),
  );
  expect(others).toEqual([]);
});

// By a loop within a loop it takes minutes.
it('thousands change in a moment, also on a connection that has changed one at a time', async () => {
  for (const field of ['phone', 'last_name', 'email']) {
    await change(
      `update user_account set ${field} = coalesce(${field}, '') || '1' where id = (select max(id::text)::uuid from user_account)`,
    );
  }
  await add(10_000, 10_000 + MANY);
  const began = performance.now();
  await change(`update user_account set group_ids = '{${SOUTH}}', note = 'x', email = 'y' || email`);
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(await strayRows()).toEqual(NONE);
});
