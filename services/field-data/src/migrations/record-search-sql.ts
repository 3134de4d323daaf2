import { databaseNames, replaceChangeLog } from '@muster/persistence';

const SERVICE = 'field-data';
const { schema } = databaseNames(SERVICE);

// SQL for migrations. Never change what a migration already used.

/**
 * How texts are searched (see docs/adr/0022): without regard to letter case and accents. Most texts are ASCII, for which letter
 * case is all; what is done to the others costs five times as much.
 */
export const SEARCH_FUNCTIONS = [
  `create function search_fold(given text) returns text language plpgsql immutable strict parallel safe as $$
   begin
     if octet_length(given) = char_length(given) then return lower(given collate "C"); end if;
     return replace(regexp_replace(lower(normalize(given, nfkd) collate pg_c_utf8) collate "C", '[\\u0300-\\u036f]', '', 'g'),
                    'ß', 'ss');
   end $$`,
  // A word begins after anything but a letter or digit, and zeros before a number do not count.
  `create function search_pattern(word text) returns text language plpgsql immutable strict parallel safe as $$
   declare
     folded constant text := ${schema}.search_fold(word);
   begin
     return case when folded collate pg_c_utf8 ~ '^[[:alnum:]]' then '(^|[^[:alnum:]])' else '(^|[[:space:]])' end
       || case when folded ~ '^[0-9]' then '0*' else '' end
       || regexp_replace(folded collate pg_c_utf8, '([^[:alnum:][:space:]])', '\\\\\\1', 'g');
   end $$`,
];

/** A column of what records are found by. The change log leaves it out. */
export function addFoundBy(table: string, columns: readonly string[]): string[] {
  const expression = `search_fold(${columns.map((column) => `coalesce(${column}, '')`).join(" || ' ' || ")})`;
  return [
    `alter table "${table}" add column found_by text generated always as (${expression}) stored`,
    `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
     values ('GENERATED_COLUMN', current_database(), '${schema}', '${table}', 'found_by', '${expression.replaceAll("'", "''")}')`,
    ...replaceChangeLog(SERVICE, table, { repColumn: 'rep_id', generated: ['found_by'] }),
  ];
}
