import { keep } from './keep.js';

// Each word of the names, e-mail, username and number, their parts before an @, and some beginnings more, a blank before
// each. Put together by functions of texts alone: rows and aggregates cost several times as much.
const FOUND_BY = `
  create function account_terms(names text, email text, username text, employee_number text) returns text
  language plpgsql immutable parallel safe as $$
  declare
    words constant text := $schema.search_fold(concat_ws(' ', names, email, username, employee_number));
    parts constant text := regexp_replace(regexp_replace(words, '@\\S*', '', 'g') collate pg_c_utf8, '[^[:alnum:]]+', ' ', 'g');
  begin
    return regexp_replace(concat_ws(' ', '', words, parts, $schema.search_fold(split_part(email, '@', 2)),
      ltrim($schema.search_fold(employee_number), '0')), '\\s+', ' ', 'g');
  end $$`;

const EXPRESSION = `account_terms(display_name || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, ''), email, username, employee_number)`;

const COLUMN = [
  `alter table "user_account" alter column found_by set expression as (${EXPRESSION})`,
  `update "typeorm_metadata" set value = '${EXPRESSION.replaceAll("'", "''")}' where "table" = 'user_account' and name = 'found_by'`,
  `drop function search_terms(text, text, text, text, uuid[])`,
];

// As many as an array is taken to have: of what is taken to have thousands, the planner would go through the table instead.
const termsOf = (rows: string) =>
  `select r.company_id, left(t.term, 100), r.id from ${rows} r, unnest(string_to_array(r.found_by, ' ')) t(term) where t.term <> ''`;
const only = (these: string, those: string) =>
  `(select company_id, id, found_by from ${these} except select company_id, id, found_by from ${those})`;
const [GONE, COME] = [termsOf(only('old_rows', 'new_rows')), termsOf(only('new_rows', 'old_rows'))];
const remove = (gone: string) => `delete from "user_account_term" t using (${gone}) g(company_id, term, user_id)
  where t.company_id = g.company_id and t.term = g.term and t.user_id = g.user_id`;
const add = (come: string) => `insert into "user_account_term" (company_id, term, user_id) ${come}`;

const distinct = (select: string) => select.replace('select', 'select distinct');

/** Accounts are found by words; their groups stand in a table of their own. */
export function renewTerms(schema: string): string[] {
  return [
    FOUND_BY.replaceAll('$schema', schema),
    ...COLUMN,
    ...['insert', 'update', 'delete'].map((event) => `drop trigger terms_${event} on "user_account"`),
    `drop function keep_account_terms()`,
    ...keep(schema, 'user_account', 'keep_account_terms', {
      insert: `${add(distinct(termsOf('new_rows')))};`,
      update: `if exists ${only('new_rows', 'old_rows')} then
          ${remove(`${GONE} except ${COME}`)};
          ${add(`${COME} except ${GONE}`)};
        end if;`,
      delete: `${remove(distinct(termsOf('old_rows')))};`,
    }),
    `truncate "user_account_term"`,
    add(distinct(termsOf('"user_account"'))),
  ];
}
