import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const { app, schema } = databaseNames('user-admin');

// Whose the rows of a table are stands in `user_id` everywhere; asking the catalogue, no table is forgotten, later ones
// neither. Only for accounts that are gone: the change log of those that are there is not to be cut.
const FORGET = [
  `create function forget_account(account uuid) returns void language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   declare
     company constant uuid := current_setting('muster.company')::uuid;
     kept regclass;
   begin
     if exists (select 1 from "user_account" u where u.id = account) then
       raise exception 'an account that is still there cannot be forgotten' using errcode = 'object_in_use';
     end if;
     delete from "user_account_change" where record_id = account and company_id = company;
     for kept in
       select c.oid from pg_catalog.pg_class c
         join pg_catalog.pg_attribute u on u.attrelid = c.oid and u.attname = 'user_id' and u.atttypid = 'uuid'::regtype
         join pg_catalog.pg_attribute o on o.attrelid = c.oid and o.attname = 'company_id'
        where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r' order by c.oid
     loop
       execute format('delete from %s where user_id = $1 and company_id = $2', kept) using account, company;
     end loop;
   end $$`,
  `revoke execute on function forget_account(uuid) from public`,
  `grant execute on function forget_account(uuid) to ${app}`,
];

export class Deletion1764000000060 implements MigrationInterface {
  readonly name = 'Deletion1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [`grant delete on "user_account" to ${app}`, ...FORGET]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Who was deleted does not come back');
  }
}
