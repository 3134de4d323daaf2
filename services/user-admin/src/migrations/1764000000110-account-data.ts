import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, fenceByCompany } from '@muster/persistence';

const { schema } = databaseNames('user-admin');

// Whose it is stands in `user_id`: deleting the account forgets it.
const DOWNLOAD = [
  `create table "data_download" (
     user_id uuid not null, company_id uuid not null, digest text not null, sent_at timestamptz not null,
     constraint "PK_data_download" primary key (user_id))`,
  ...fenceByCompany('user-admin', 'data_download', 'select, insert, update'),
];

// What a token says of a person of role 1 is what its role options permit. The trigger stands already, on every way that
// accounts change; this is what it does, joining as the migration of lists has it.
const PERMISSIONS_OF_PEOPLE = [
  `create or replace function end_access_of_changed() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp set enable_nestloop = off set enable_seqscan = off as $$
   declare
     deactivated uuid[]; other_rights uuid[];
   begin
     select array_agg(n.id) filter (where o.login_enabled and not n.login_enabled),
            array_agg(n.id) filter (where n.login_enabled and (o.authorization_level <> n.authorization_level
              or n.kind = 'person' and o.role_options is distinct from n.role_options))
       into deactivated, other_rights from new_rows n join old_rows o on o.id = n.id
      where o.login_enabled <> n.login_enabled or o.authorization_level <> n.authorization_level
         or n.kind = 'person' and o.role_options is distinct from n.role_options;
     if deactivated is not null then perform end_access(deactivated); end if;
     if other_rights is not null then perform renew_access(other_rights, null); end if;
     return null;
   end $$`,
  `create function renew_access_by_role_options() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   declare
     people uuid[];
   begin
     select array_agg(u.id) into people from "user_account" u
      where u.company_id = new.company_id and u.kind = 'person' and u.authorization_level = 2 and u.login_enabled
        and u.role_options <> '{}';
     if people is not null then perform renew_access(people, null); end if;
     return null;
   end $$`,
  // A list that is written for the first time takes the place of the preset one.
  `create trigger renew_access_by_role_options after insert or update on "code_list"
     for each row when (new.list = 'role-options') execute function renew_access_by_role_options()`,
];

export class AccountData1764000000110 implements MigrationInterface {
  readonly name = 'AccountData1764000000110';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DOWNLOAD, ...PERMISSIONS_OF_PEOPLE]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Tokens would go on saying what no longer holds');
  }
}
