import { databaseNames, fenceByCompany } from '@muster/persistence';

const SERVICE = 'field-data';
const { schema } = databaseNames(SERVICE);

// SQL for migrations. Never change what a migration already used.

/**
 * What records are found by: beginnings of words, whatever the letter case and accents (see docs/adr/0015). Each word of the
 * texts and the external id, the parts that lie between signs, and the external id without its leading zeros.
 */
export const SEARCH_FUNCTIONS = [
  `create function search_fold(given text) returns text language sql immutable strict parallel safe
     return replace(regexp_replace(lower(normalize(given, nfkd) collate pg_c_utf8) collate "C", '[\\u0300-\\u036f]', '', 'g'),
                    'ß', 'ss')`,
  `create function record_terms(external_id text, texts text) returns text language plpgsql immutable parallel safe as $$
   declare
     words constant text := ${schema}.search_fold(concat_ws(' ', external_id, texts));
   begin
     return regexp_replace(concat_ws(' ', words, regexp_replace(words collate pg_c_utf8, '[^[:alnum:]]+', ' ', 'g'),
                                     ltrim(${schema}.search_fold(external_id), '0')), '\\s+', ' ', 'g');
   end $$`,
];

/**
 * A table of the words beside a table of records: under row-level security conditions on plain columns reach an index, those
 * on parts of a text do not. Triggers keep it in step; what they join they reach by its keys, row by row, since the plan of
 * their statements is made once for a session, perhaps for one row, perhaps for thousands.
 * @param texts expressions over the columns of the table
 */
export function createSearch(table: string, texts: readonly string[]): string[] {
  const terms = `${table}_term`;
  const rowsOf = (rows: string) =>
    `select company_id, id, external_id, concat_ws(' ', ${texts.join(', ')}) from ${rows}`;
  const termsOf = (rows: string) => `select distinct r.company_id, left(t.term, 100), r.id
    from (${rows}) r(company_id, id, external_id, texts), string_to_table(record_terms(r.external_id, r.texts), ' ') t(term)
    where t.term <> ''`;
  const only = (these: string, those: string) => `${rowsOf(these)} except ${rowsOf(those)}`;
  const [gone, come] = [termsOf(only('old_rows', 'new_rows')), termsOf(only('new_rows', 'old_rows'))];
  const add = (added: string) => `insert into "${terms}" (company_id, term, record_id) ${added}`;
  const remove = (removed: string) => `delete from "${terms}" t using (${removed}) g(company_id, term, record_id)
    where t.company_id = g.company_id and t.term = g.term and t.record_id = g.record_id`;
  const keep = {
    insert: { transition: 'new table as new_rows', body: `${add(termsOf(rowsOf('new_rows')))};` },
    update: {
      transition: 'old table as old_rows new table as new_rows',
      body: `if exists (${only('new_rows', 'old_rows')}) then
               ${remove(`(${gone}) except (${come})`)};
               ${add(`(${come}) except (${gone})`)};
             end if;`,
    },
    delete: { transition: 'old table as old_rows', body: `${remove(termsOf(rowsOf('old_rows')))};` },
  };
  return [
    `create table "${terms}" (
       company_id uuid not null, term text collate "C" not null, record_id uuid not null,
       constraint "PK_${terms}" primary key (company_id, term, record_id))`,
    ...fenceByCompany(SERVICE, terms, 'select'),
    ...Object.entries(keep).flatMap(([event, { transition, body }]) => [
      `create function keep_${terms}_${event}() returns trigger language plpgsql
       security definer set search_path = ${schema}, pg_temp set enable_hashjoin = off
       set enable_mergejoin = off set enable_seqscan = off as $$
       begin
         ${body}
         return null;
       end $$`,
      `create trigger keep_${terms}_${event} after ${event} on "${table}" referencing ${transition}
       for each statement execute function keep_${terms}_${event}()`,
    ]),
    // The owner is under row-level security too, and has no company here.
    ...unforced([table, terms], [add(termsOf(rowsOf(`"${table}"`)))]),
  ];
}

function unforced(tables: readonly string[], statements: readonly string[]): string[] {
  return [
    ...tables.map((table) => `alter table "${table}" no force row level security`),
    ...statements,
    ...tables.map((table) => `alter table "${table}" force row level security`),
  ];
}
