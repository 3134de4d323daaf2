import { databaseNames, replaceChangeLog } from '@muster/persistence';

const SERVICE = 'field-data';
const { schema } = databaseNames(SERVICE);

// SQL for migrations. Never change what a migration already used.

/**
 * What a record is found by: the words of its external id and its texts, whatever the letter case and accents, the parts that lie
 * between signs, and the external id without its leading zeros; a blank before each.
 */
export const SEARCH_FUNCTIONS = [
  `create function search_fold(given text) returns text language sql immutable strict parallel safe
     return replace(regexp_replace(lower(normalize(given, nfkd) collate pg_c_utf8) collate "C", '[\\u0300-\\u036f]', '', 'g'),
                    'ß', 'ss')`,
  `create function record_terms(external_id text, variadic texts text[]) returns text language plpgsql immutable parallel safe as $$
   declare
     words constant text := ${schema}.search_fold(concat_ws(' ', external_id, array_to_string(texts, ' ')));
     parts constant text := regexp_replace(words collate pg_c_utf8, '[^[:alnum:]]+', ' ', 'g');
   begin
     return ' ' || case when parts = words then words else regexp_replace(words || ' ' || parts, '\\s+', ' ', 'g') end
       || case when external_id like '0%' then ' ' || ltrim(${schema}.search_fold(external_id), '0') else '' end;
   end $$`,
];

/** A column of what records are found by. The change log leaves it out. @param expression see {@link SEARCH_FUNCTIONS} */
export function addFoundBy(table: string, expression: string): string[] {
  return [
    `alter table "${table}" add column found_by text generated always as (${expression}) stored`,
    `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
     values ('GENERATED_COLUMN', current_database(), '${schema}', '${table}', 'found_by', '${expression.replaceAll("'", "''")}')`,
    ...replaceChangeLog(SERVICE, table, { repColumn: 'rep_id', generated: ['found_by'] }),
  ];
}
