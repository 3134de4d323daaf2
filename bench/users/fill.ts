import pg from 'pg';
import type { Id } from '@muster/contracts';

const GROUPS = 200;
/** So many of the groups are regions, which were filled one after the other; the others have members everywhere. */
const REGIONS = 100;
const AT_ONCE = 10_000;

const FIRST = [
  ...['Anna', 'Bernd', 'Clara', 'David', 'Eva', 'Felix', 'Greta', 'Hans', 'Ines', 'Jakob', 'Karin', 'Lukas', 'Maria'],
  ...['Norbert', 'Olga', 'Paul', 'Rita', 'Stefan', 'Tina', 'Ulrich', 'Vera', 'Walter', 'Xaver', 'Yvonne', 'Zoe'],
  ...['Jörg', 'Müge', 'Sabine', 'Susanne', 'Sandra'],
];
const LAST = [
  ...['Mus', 'Hu', 'Ba', 'Gru', 'Mai', 'Schmi', 'Schnei', 'We', 'Zim', 'Wag', 'Ber', 'Hof', 'Kra', 'Le', 'Stei'],
].flatMap((begin) =>
  [
    ...['ter', 'ber', 'er', 'mann', 'wald', 'hofer', 'ler', 'dt', 'ger', 'bauer', 'inger', 'mayr', 'ling', 'feld', 'n'],
  ].map((end) => begin + end),
);

// Every account has a region and a team; every fifth belongs to group 100. Numbers are given in order of creation, and most
// that is asked for stands together somewhere: the last accounts have links that nobody has sent, the first used theirs.
const ACCOUNTS = `
  insert into user_account (id, company_id, kind, email, username, display_name, first_name, last_name, authorization_level,
    has_own_schedule, language, employee_number, group_ids, login_enabled, password_hash, note, phone, home_street,
    home_postal_code, home_city, home_country, home_latitude, home_longitude, working_hours_mon_from,
    working_hours_mon_to, date_of_birth, roles)
  select uuidv7(), $1::uuid, case when n % 200 = 13 then 'portal' when n % 200 = 14 then 'person' else 'staff' end,
    lower(fn) || '.' || lower(ln) || n || '@example.com', lower(fn) || '.' || lower(ln) || n, fn || ' ' || ln, fn, ln,
    case when n % 1000 = 1 then 2 when n % 50 = 1 then 1 else 0 end, n % 3 <> 0 and n % 200 not in (13, 14), 'de',
    case when n % 4 <> 0 then lpad(n::text, 6, '0') end,
    array[groups[1 + n * ${REGIONS} / ($4 + 1)], groups[${REGIONS + 2} + n % ${GROUPS - REGIONS - 1}]]
      || case when n % 5 = 0 then array[groups[${REGIONS + 1}]] else '{}' end,
    n % 50 <> 0, case when n % 40 = 1 then 'none' end, 'a note of ' || n, '+43 316 ' || n, 'Street ' || n,
    '80' || n % 100, 'Graz', 'AT', 47 + n / 1e6, 15.4, '08:00', '16:30', '1980-01-01'::date + n % 9000, '{a,b}'
  from (select n, ($5::text[])[1 + n * 7919 % ${FIRST.length}] as fn, ($6::text[])[1 + n::bigint * 104729 % ${LAST.length}] as ln,
               $7::uuid[] as groups from generate_series($2::integer, $3::integer) n) numbered`;

const LINKS = `
  update access_link l set state = s.state, token_hash = case when s.state <> 'created' then md5(l.id::text) end
    from (select l.id, case when a.place % 500 = 7 then 'failed' when a.place < 0.6 * $2 then 'used'
                            when a.place < 0.8 * $2 then 'delivered' when a.place < 0.85 * $2 then 'sent'
                            else 'created' end as state
            from access_link l join (select id, row_number() over (order by id) as place from user_account
                                      where company_id = $1) a on a.id = l.user_id
           where l.company_id = $1 and l.replaced_at is null and l.state = 'created') s
   where s.id = l.id and s.state <> 'created'`;

/** A company filled with accounts. */
export interface Filled {
  readonly groups: readonly Id[];
}

/** The superuser's connection, working on a company as the service's owner does. */
export async function connectAs(adminUrl: string, companyId: Id): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(
    `select set_config('search_path', 'user_admin', false), set_config('muster.company', $1, false),
            set_config('muster.actor', 'system', false), set_config('muster.cause', 'request:bench', false)`,
    [companyId],
  );
  return client;
}

/** Gives a company so many accounts, two hundred groups and links in every state, past the API but for nothing else. */
export async function fill(client: pg.Client, companyId: Id, accounts: number): Promise<Filled> {
  const { rows } = await client.query<{ id: Id }>(
    `insert into user_group (id, company_id, name) select uuidv7(), $1, 'Group ' || n from generate_series(1, $2::integer) n
     returning replace(id::text, '-', '') as id`,
    [companyId, GROUPS],
  );
  const groups = rows.map(({ id }) => id);
  for (let from = 1; from <= accounts; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE - 1, accounts);
    await client.query(ACCOUNTS, [companyId, from, to, accounts, FIRST, LAST, groups]);
  }
  await client.query(LINKS, [companyId, accounts]);
  // What the database does by itself within a minute.
  await client.query('vacuum analyze');
  return { groups };
}
