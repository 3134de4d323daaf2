import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, fenceByCompany, openToWorker } from '@muster/persistence';

const SERVICE = 'field-data';
const { app, schema } = databaseNames(SERVICE);

const TABLES = [
  `create table "key_set" (
     id uuid not null, company_id uuid not null, entity text not null, paths text[] not null,
     state text not null default 'new', since bigint, at_record uuid, used_at timestamptz not null default clock_timestamp(),
     constraint "PK_key_set" primary key (id),
     constraint "UQ_key_set_paths" unique (company_id, entity, paths))`,
  ...fenceByCompany(SERVICE, 'key_set'),
  ...openToWorker(SERVICE, 'key_set', 'select (id, company_id, state, used_at)'),
  // The digest first, the rep after it: one index finds a key at one rep and at all reps of a company alike.
  `create table "record_key" (
     key_set_id uuid not null, digest bytea not null, rep_id uuid not null, record_id uuid not null, company_id uuid not null,
     constraint "PK_record_key" primary key (key_set_id, digest, rep_id, record_id))`,
  ...fenceByCompany(SERVICE, 'record_key', 'select, insert, delete'),
];

const FUNCTIONS = [
  // 128 bits of the values together; whoever finds a record by it compares the values themselves.
  `create function key_digest(key_values text[]) returns bytea language sql stable parallel safe as $$
     select substr(sha256(convert_to(to_jsonb(key_values)::text, 'UTF8')), 1, 16)
   $$`,
  // The keys of the records in the relation "given": a statement, since the key fields are the company's choice.
  `create function record_keys_of(given text, key_set_id uuid, paths text[]) returns text language sql immutable as $$
     select format('select company_id, %L::uuid as key_set_id, ${schema}.key_digest(key_values) as digest, rep_id, id as record_id
                    from (select company_id, rep_id, id, array[%s] as key_values from %s r) keyed
                    where array_position(key_values, null) is null', key_set_id, string_agg(
              case when path like 'custom\\_fields.%' then format('custom_fields ->> %L', substr(path, 15))
                   else format('to_jsonb(r.%I) #>> ''{}''', path) end, ', ' order by place), given)
     from unnest(paths) with ordinality as fields(path, place)
   $$`,
  `create function keep_record_keys() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   declare
     key_set record;
     columns constant text := 'company_id, key_set_id, digest, rep_id, record_id';
     keys_before text;
     keys_after text;
   begin
     for key_set in
       select id, paths from "key_set" where entity = tg_table_name::text and state <> 'leaving' order by id
     loop
       keys_before := record_keys_of('old_rows', key_set.id, key_set.paths);
       keys_after := record_keys_of('new_rows', key_set.id, key_set.paths);
       if tg_op = 'INSERT' then
         execute format('insert into "record_key" (%s) %s on conflict do nothing', columns, keys_after);
       else
         if tg_op = 'DELETE' then keys_after := keys_before || ' limit 0'; end if;
         execute format('with before as (%s), after as (%s),
             gone as (delete from "record_key" k using (table before except table after) b
                      where k.key_set_id = b.key_set_id and k.digest = b.digest and k.rep_id = b.rep_id
                        and k.record_id = b.record_id)
           insert into "record_key" (%s) (table after except table before) on conflict do nothing',
           keys_before, keys_after, columns);
       end if;
     end loop;
     return null;
   end $$`,
  // Takes in the next records of the company in the order of their ids; answers the last, or null when there was none.
  // They are locked until then: a key that is changed meanwhile would be taken in as it was.
  `create function fill_key_set(wanted uuid, at_once integer) returns uuid language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   declare
     key_set "key_set";
     records uuid[];
   begin
     select * into strict key_set from "key_set" where id = wanted;
     execute format('select array_agg(id) from (select id from %I where company_id = $1 and ($2 is null or id > $2)
                     order by id limit $3 for share) locked', key_set.entity)
       into records using key_set.company_id, key_set.at_record, at_once;
     execute format('insert into "record_key" (company_id, key_set_id, digest, rep_id, record_id) %s on conflict do nothing',
       record_keys_of(format('(select * from %I where id = any ($1))', key_set.entity), key_set.id, key_set.paths))
       using records;
     return records[cardinality(records)];
   end $$`,
  `revoke execute on function fill_key_set(uuid, integer) from public`,
  `grant execute on function fill_key_set(uuid, integer) to ${app}`,
];

function triggersOf(table: string): string[] {
  const trigger = (event: string, transition: string) =>
    `create trigger key_${event} after ${event} on "${table}" referencing ${transition}
     for each statement execute function keep_record_keys()`;
  return [
    trigger('insert', 'new table as new_rows'),
    trigger('update', 'old table as old_rows new table as new_rows'),
    trigger('delete', 'old table as old_rows'),
  ];
}

/** What records are found by whose key fields have no index of their own (see docs/adr/0031). */
export class RecordKeys1764000000131 implements MigrationInterface {
  readonly name = 'RecordKeys1764000000131';

  async up(runner: QueryRunner): Promise<void> {
    const tables = ['customer', 'appointment', 'task', 'report'];
    const statements = [...TABLES, ...FUNCTIONS, ...tables.flatMap(triggersOf)];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['customer', 'appointment', 'task', 'report']) {
      for (const event of ['insert', 'update', 'delete']) await runner.query(`drop trigger key_${event} on "${table}"`);
    }
    const functions = ['fill_key_set', 'keep_record_keys', 'record_keys_of', 'key_digest'];
    for (const name of functions) await runner.query(`drop function ${name}`);
    await runner.query(`drop table "record_key", "key_set"`);
  }
}
