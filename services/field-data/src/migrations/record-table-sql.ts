import { createChangeLog, databaseNames, fenceByCompany } from '@muster/persistence';

const SERVICE = 'field-data';

// SQL for migrations of tables of records. Never change what a migration already used.

/** A table of records with its change log. @param fields definitions of the columns that hold fields, `customer_id` among them */
export function createRecordTable(table: string, fields: string): string[] {
  return [
    `create table "${table}" (
       id uuid not null, company_id uuid not null, rep_id uuid not null, external_id text, ${fields},
       custom_fields jsonb not null default '{}',
       version integer not null default 1, created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(), deleted_at timestamptz,
       constraint "PK_${table}" primary key (id))`,
    ...externalIdIndex(table),
    `create index "IDX_${table}_binned" on "${table}" (company_id, rep_id, external_id) where deleted_at is not null`,
    `create index "IDX_${table}_rep" on "${table}" (company_id, rep_id, id)`,
    // Without the id: the planner would take it for look-ups by id, and read through all of the company.
    `create index "IDX_${table}_updated" on "${table}" (company_id, updated_at)`,
    `create index "IDX_${table}_customer" on "${table}" (company_id, customer_id)`,
    ...fenceByCompany(SERVICE, table),
    ...createChangeLog(SERVICE, table, { repColumn: 'rep_id', generated: [] }),
    ...createForgetFunction(table),
  ];
}

/**
 * A record in the recycle bin does not keep its external id from others. With the rep at the end, the index finds a key at
 * one rep and at all reps of a company alike.
 */
export function externalIdIndex(table: string): string[] {
  return [
    `create unique index "UQ_${table}_external_id" on "${table}" (company_id, external_id, rep_id) where deleted_at is null`,
  ];
}

/**
 * Empties the change log of records that are gone: nobody cuts the change log of those that are there. One that was moved to
 * another rep before is there, and keeps its log.
 */
function createForgetFunction(table: string): string[] {
  const { app, schema } = databaseNames(SERVICE);
  return [
    `create function forget_${table}(records uuid[]) returns void language sql
     security definer set search_path = ${schema}, pg_temp as $$
       delete from "${table}_change" l
        where l.record_id = any (records) and l.company_id = current_setting('muster.company')::uuid
          and not exists (select 1 from "${table}" r where r.id = l.record_id)
     $$`,
    `revoke execute on function forget_${table}(uuid[]) from public`,
    `grant execute on function forget_${table}(uuid[]) to ${app}`,
  ];
}
