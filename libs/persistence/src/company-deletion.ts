import type { ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';
import { fenceByCompany, openToWorker } from './tenancy.js';

// SQL for migrations (see docs/adr/0018). Never change what a migration already used: add others beside it.

export interface CompanyDeletionOptions {
  /** Tables that go by themselves, and have to stay until then. */
  readonly keep?: readonly string[];
  /** Logs that nobody else may delete from. */
  readonly locked?: readonly string[];
}

/** Events leave the outbox by being published, and the inbox knows which must not have their effect again. */
const STAY = ['deleted_company', 'outbox', 'inbox'];

/**
 * The table of deleted companies, and `forget_company(at_once)`: deletes up to so many rows of the company of the unit of
 * work from one table, and answers how many; 0 when nothing is left. It asks the catalogue for every table with
 * `company_id`, so that none is forgotten, later ones neither. Refused (55006) for a company that is not in the table.
 */
export function createCompanyDeletion(service: ServiceName, options: CompanyDeletionOptions = {}): string[] {
  const { app, owner, schema } = databaseNames(service);
  const { keep = [], locked = [] } = options;
  const stay = [...STAY, ...keep].map((table) => `'${table}'`).join(', ');
  return [
    `create table "deleted_company" (
       company_id uuid not null, at timestamptz not null default clock_timestamp(), swept_at timestamptz,
       constraint "PK_deleted_company" primary key (company_id))`,
    ...fenceByCompany(service, 'deleted_company', 'select, insert, update'),
    ...openToWorker(service, 'deleted_company', 'select'),
    ...locked.flatMap((table) => [
      `grant delete on "${table}" to ${owner}`,
      `create policy forget on "${table}" for delete to ${owner}
         using (company_id = current_setting('muster.company')::uuid
                and exists (select 1 from "deleted_company" d where d.company_id = "${table}".company_id))`,
    ]),
    `create function forget_company(at_once integer) returns integer language plpgsql
     security definer set search_path = ${schema}, pg_temp as $$
     declare
       company constant uuid := current_setting('muster.company')::uuid;
       found_in regclass;
       deleted integer;
     begin
       if not exists (select 1 from "deleted_company" where company_id = company) then
         raise exception 'a company that was not deleted cannot be forgotten' using errcode = 'object_in_use';
       end if;
       -- Logs last: deleting from the tables writes into them.
       for found_in in
         select c.oid from pg_catalog.pg_class c
           join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and a.atttypid = 'uuid'::regtype
          where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r' and c.relname not in (${stay})
          order by c.relname like '%\\_change' or c.relname = 'audit_log', c.oid
       loop
         execute format('delete from %s where ctid = any (array(
           select ctid from %s where company_id = $1 limit $2))', found_in, found_in) using company, at_once;
         get diagnostics deleted = row_count;
         if deleted > 0 then return deleted; end if;
       end loop;
       delete from "dead_letter" where headers ->> 'ce_company' = replace(company::text, '-', '');
       get diagnostics deleted = row_count;
       return deleted;
     end $$`,
    `revoke execute on function forget_company(integer) from public`,
    `grant execute on function forget_company(integer) to ${app}`,
  ];
}
