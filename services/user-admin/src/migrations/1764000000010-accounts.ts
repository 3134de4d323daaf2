import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, fenceByCompany, replaceChangeLog } from '@muster/persistence';

const { schema } = databaseNames('user-admin');

const COMPANY = [
  `alter table "company"
     add column defaults jsonb not null default '{}', add column guard_percent smallint not null default 20,
     add column guard_count integer not null default 500, add column night_window_from text not null default '01:00',
     add column night_window_to text not null default '05:00', add column deleted_at timestamptz`,
];

// Texts are found and sorted without regard to letter case and accents, in the order of their code points, so that an
// index does both and every database sorts alike. A long text counts by its beginning.
//
// An account is found by beginnings of the words of its names, e-mail, username and number, and by its groups: `found_by`
// has them all, a blank before each. U+001F, which is in no word, marks the id of a group.
const FOLD = [
  `create function search_fold(given text) returns text language sql immutable strict parallel safe
     return replace(regexp_replace(lower(normalize(translate(given, chr(31), ' '), nfkd) collate pg_c_utf8) collate "C",
                                   '[\\u0300-\\u036f]', '', 'g'), 'ß', 'ss')`,
  `create function sort_key(variadic given text[]) returns text language sql immutable parallel safe
     return left(${schema}.search_fold(array_to_string(given, ' ')), 150)`,
  `create function search_terms(names text, email text, username text, employee_number text, group_ids uuid[])
   returns text language sql immutable parallel safe set search_path = ${schema}, pg_temp as $$
     with whole as (
       select word from regexp_split_to_table(search_fold(concat_ws(' ', names, email, username, employee_number)), '\\s+')
         as w(word)
     )
     select string_agg(distinct ' ' || left(word, 100), '') from (
       select word from whole
       union all
       select part from whole, regexp_split_to_table(split_part(word, '@', 1) collate pg_c_utf8, '[^[:alnum:]]+') as p(part)
       union all
       select search_fold(split_part(email, '@', 2))
       union all
       select ltrim(search_fold(employee_number), '0')
       union all
       select chr(31) || id from unnest(group_ids) as g(id)
     ) terms where word <> ''
   $$`,
];

const GENERATED = {
  name_order: 'sort_key(last_name, first_name)',
  email_order: 'sort_key(email)',
  number_order: 'sort_key(employee_number)',
  found_by: `search_terms(display_name || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, ''), email, username, employee_number, group_ids)`,
};

const time = (name: string) => `add column ${name} text`;
const HOURS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].flatMap((day) => [
  time(`working_hours_${day}_from`),
  time(`working_hours_${day}_to`),
]);

const USER_ACCOUNT = [
  `alter table "user_account"
     add column title text, add column phone text, add column phone_e164 text, add column mobile text,
     add column mobile_e164 text, add column note text, add column home_street text, add column home_postal_code text,
     add column home_city text, add column home_state text, add column home_country text,
     add column home_latitude double precision, add column home_longitude double precision, add column uprn text,
     add column date_of_birth date, add column gender text, add column customer_type text,
     add column tax_identifier text, add column access_level text, add column roles text[] not null default '{}',
     add column role_options text[] not null default '{}', add column group_ids uuid[] not null default '{}',
     ${HOURS.join(', ')},
     add column work_break_mode text, add column work_break_from text, add column work_break_to text,
     add column work_break_minutes smallint, add column overnight_days smallint,
     add column overnight_min_distance smallint, add column overnight_min_minutes smallint,
     add column overnight_max_travel_minutes smallint, add column driving_speed_city smallint,
     add column driving_speed_country smallint, add column driving_speed_highway smallint,
     add column default_call_interval smallint, add column default_call_duration smallint,
     add column default_business_hours text, add column display_name_by_hand boolean not null default false,
     ${Object.entries(GENERATED)
       .map(([name, key]) => `add column ${name} text collate "C" generated always as (${key}) stored`)
       .join(', ')}`,
  `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
   select 'GENERATED_COLUMN', current_database(), '${schema}', 'user_account', c.* from (values
     ${Object.entries(GENERATED)
       .map(([name, key]) => `('${name}', '${key.replaceAll("'", "''")}')`)
       .join(', ')}) c`,
  // What lists filter by stands in the indexes that they are sorted by: a filter that few accounts pass then costs no
  // look at the table. The first takes the place of the index on company and id alone.
  `drop index "IDX_user_account_company"`,
  ...Object.entries({
    created: 'id',
    name: 'name_order, id',
    email: 'email_order, id',
    number: 'number_order, id',
  }).map(
    ([order, columns]) => `create index "IDX_user_account_by_${order}" on "user_account"
      (company_id, ${columns}, kind, authorization_level, has_own_schedule, login_enabled)`,
  ),
  ...replaceChangeLog('user-admin', 'user_account', {
    repColumn: 'id',
    generated: ['email_key', 'username_key', 'password_hash', ...Object.keys(GENERATED)],
  }),
];

// Conditions on plain columns reach an index under row-level security; those on parts of a text do not. Hence a table of
// the terms beside `found_by`.
const termsOf = (rows: string, alias: string) =>
  `select ${alias}.company_id, t.term, ${alias}.id from ${rows}, string_to_table(ltrim(${alias}.found_by), ' ') t(term)`;
const CHANGED = `old_rows o join new_rows n on n.id = o.id and n.found_by is distinct from o.found_by`;

const TERMS = [
  `create table "user_account_term" (
     company_id uuid not null, term text collate "C" not null, user_id uuid not null,
     constraint "PK_user_account_term" primary key (company_id, term, user_id))`,
  ...fenceByCompany('user-admin', 'user_account_term', 'select'),
  `create function keep_account_terms() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   begin
     if tg_op = 'INSERT' then
       insert into "user_account_term" (company_id, term, user_id) ${termsOf('new_rows n', 'n')};
     elsif tg_op = 'DELETE' then
       delete from "user_account_term" t using (${termsOf('old_rows o', 'o')}) gone
        where (t.company_id, t.term, t.user_id) = (gone.company_id, gone.term, gone.id);
     else
       delete from "user_account_term" t
        using (${termsOf(CHANGED, 'o')} except ${termsOf(CHANGED, 'n')}) gone
        where (t.company_id, t.term, t.user_id) = (gone.company_id, gone.term, gone.id);
       insert into "user_account_term" (company_id, term, user_id)
       ${termsOf(CHANGED, 'n')} except ${termsOf(CHANGED, 'o')};
     end if;
     return null;
   end $$`,
  `create trigger terms_insert after insert on "user_account" referencing new table as new_rows
     for each statement execute function keep_account_terms()`,
  `create trigger terms_update after update on "user_account" referencing old table as old_rows new table as new_rows
     for each statement execute function keep_account_terms()`,
  `create trigger terms_delete after delete on "user_account" referencing old table as old_rows
     for each statement execute function keep_account_terms()`,
];

// The code asks before it writes; these hold also against code that does not. Both look at the end of the unit of work,
// within which a licence, or the last administrator's part, may change hands.
const LICENCES = [
  `create table "licence_use" (
     company_id uuid not null, in_use integer not null, constraint "PK_licence_use" primary key (company_id))`,
  ...fenceByCompany('user-admin', 'licence_use', 'select'),
  `create function count_licences() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   begin
     if tg_op = 'INSERT' then
       insert into "licence_use" as l (company_id, in_use)
       select company_id, count(*) from new_rows where kind = 'staff' and has_own_schedule group by company_id
       on conflict (company_id) do update set in_use = l.in_use + excluded.in_use;
     elsif tg_op = 'DELETE' then
       update "licence_use" l set in_use = in_use - o.number
         from (select company_id, count(*) as number from old_rows
                where kind = 'staff' and has_own_schedule group by company_id) o
        where l.company_id = o.company_id;
     else
       insert into "licence_use" as l (company_id, in_use)
       select company_id, sum(change) from (
         select company_id, 1 as change from new_rows where kind = 'staff' and has_own_schedule
         union all
         select company_id, -1 from old_rows where kind = 'staff' and has_own_schedule
       ) c group by company_id having sum(change) <> 0
       on conflict (company_id) do update set in_use = l.in_use + excluded.in_use;
     end if;
     return null;
   end $$`,
  `create trigger licences_insert after insert on "user_account" referencing new table as new_rows
     for each statement execute function count_licences()`,
  `create trigger licences_update after update on "user_account" referencing old table as old_rows new table as new_rows
     for each statement execute function count_licences()`,
  `create trigger licences_delete after delete on "user_account" referencing old table as old_rows
     for each statement execute function count_licences()`,
  // A restore brings schedules back even beyond the licences.
  `create function check_licences() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   begin
     if current_setting('muster.cause', true) not like 'restore:%' and exists (
       select 1 from "licence_use" l join "company" c on c.id = l.company_id
        where l.company_id = new.company_id and l.in_use > c.licences)
     then
       raise exception 'more schedules than licences' using errcode = 'check_violation', constraint = 'CK_licences';
     end if;
     return null;
   end $$`,
  ...(['insert', 'update'] as const).map(
    (event) => `create constraint trigger "CK_licences_${event}" after ${event} on "licence_use"
       deferrable initially deferred for each row
       ${event === 'update' ? 'when (new.in_use > old.in_use)' : ''} execute function check_licences()`,
  ),
];

const ADMINISTRATES = (row: string) =>
  `${row}.kind = 'staff' and ${row}.authorization_level = 2 and ${row}.login_enabled`;
const LAST_ADMINISTRATOR = [
  `create index "IDX_user_account_administrator" on "user_account" (company_id)
     where kind = 'staff' and authorization_level = 2 and login_enabled`,
  `create function check_last_administrator() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   begin
     -- The lock of every writer of accounts: whoever did without waits here, and then sees what the other one did.
     perform pg_advisory_xact_lock(hashtextextended('user-admin accounts ' || replace(old.company_id::text, '-', ''), 0));
     if not exists (select 1 from "user_account" u where u.company_id = old.company_id and ${ADMINISTRATES('u')})
        and exists (select 1 from "company" c where c.id = old.company_id and c.deleted_at is null)
     then
       raise exception 'a company without an active administrator'
         using errcode = 'check_violation', constraint = 'CK_last_administrator';
     end if;
     return null;
   end $$`,
  `create constraint trigger "CK_last_administrator_update" after update on "user_account"
     deferrable initially deferred for each row
     when (${ADMINISTRATES('old')} and not (${ADMINISTRATES('new')})) execute function check_last_administrator()`,
  `create constraint trigger "CK_last_administrator_delete" after delete on "user_account"
     deferrable initially deferred for each row when (${ADMINISTRATES('old')})
     execute function check_last_administrator()`,
];

// What there is already is counted and made findable. The owner is under row-level security too, and has no company here.
const FILL = [
  `alter table "user_account" no force row level security`,
  ...['user_account_term', 'licence_use'].map((table) => `alter table "${table}" no force row level security`),
  `insert into "user_account_term" (company_id, term, user_id) ${termsOf('user_account u', 'u')}`,
  `insert into "licence_use" (company_id, in_use)
   select company_id, count(*) from "user_account" where kind = 'staff' and has_own_schedule group by company_id`,
  `alter table "user_account" force row level security`,
  ...['user_account_term', 'licence_use'].map((table) => `alter table "${table}" force row level security`),
];

export class Accounts1764000000010 implements MigrationInterface {
  readonly name = 'Accounts1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    // Filling comes before the checks: a table with triggers that are still to fire cannot be altered.
    const statements = [...COMPANY, ...FOLD, ...USER_ACCOUNT, ...TERMS, ...LICENCES.slice(0, -2), ...FILL];
    for (const statement of [...statements, ...LICENCES.slice(-2), ...LAST_ADMINISTRATOR])
      await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What accounts hold would be lost');
  }
}
