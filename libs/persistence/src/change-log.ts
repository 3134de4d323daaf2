import type { ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';
import { fenceByCompany } from './tenancy.js';

// SQL for migrations of versioned tables (see docs/adr/0006). Never change what a migration already used.

/** The mark of each restore point in an owner's schema: what had been committed when it was made. */
export function createMarkTable(service: ServiceName): string[] {
  return [
    `create table "mark" (
       company_id uuid not null, restore_point_id uuid not null, snapshot pg_snapshot not null,
       at timestamptz not null default clock_timestamp(), system_id bigint not null,
       constraint "PK_mark" primary key (company_id, restore_point_id))`,
    ...fenceByCompany(service, 'mark', 'select, insert'),
  ];
}

export interface ChangeLogOptions {
  readonly repColumn: string;
  readonly generated: readonly string[];
}

/**
 * Gives `table` a change log `<table>_change`, filled by statement-level triggers: the old row for an update or delete,
 * the bare id for an insert, with transaction, time, actor and cause. A write that names no cause fails. The app role can
 * only read the log. `repColumn` names the column that tells whose record it is; `generated` are left out of old rows.
 */
export function createChangeLog(service: ServiceName, table: string, options: ChangeLogOptions): string[] {
  const log = `${table}_change`;
  const trigger = (event: string, transition: string) =>
    `create trigger log_${event} after ${event} on "${table}" referencing ${transition}
     for each statement execute function log_${table}_change()`;
  return [
    `create table "${log}" (
       seq bigint generated always as identity, company_id uuid not null, rep_id uuid not null, record_id uuid not null,
       xid xid8 not null, at timestamptz not null, op "char" not null, cause text not null, actor text not null,
       old jsonb, constraint "PK_${log}" primary key (record_id, seq))`,
    `create index "IDX_${log}_since" on "${log}" (company_id, xid)`,
    logFunction(service, table, options),
    // A transition table allows one event per trigger.
    trigger('insert', 'new table as new_rows'),
    trigger('update', 'old table as old_rows'),
    trigger('delete', 'old table as old_rows'),
    ...fenceByCompany(service, log, 'select'),
  ];
}

/** For a migration that adds generated columns: the change log from now on leaves out all of `generated`. */
export function replaceChangeLog(service: ServiceName, table: string, options: ChangeLogOptions): string[] {
  return [logFunction(service, table, options).replace('create function', 'create or replace function')];
}

/** All at once: each one by itself copies the row. */
function wholeRow({ generated }: ChangeLogOptions): string {
  return generated.length === 0 ? 'to_jsonb(o)' : `to_jsonb(o) - '{${generated.join(',')}}'::text[]`;
}

function logFunction(service: ServiceName, table: string, options: ChangeLogOptions): string {
  const { repColumn } = options;
  const { schema } = databaseNames(service);
  const log = `${table}_change`;
  return `create function log_${table}_change() returns trigger language plpgsql
   security definer set search_path = ${schema}, pg_temp as $$
   declare
     who constant text := nullif(current_setting('muster.actor', true), '');
     why constant text := nullif(current_setting('muster.cause', true), '');
   begin
     if who is null or why is null then
       raise exception 'a write to % names no actor and cause', tg_table_name;
     end if;
     if tg_op = 'INSERT' then
       insert into "${log}" (company_id, rep_id, record_id, xid, at, op, cause, actor)
       select company_id, ${repColumn}, id, pg_current_xact_id(), clock_timestamp(), 'I', why, who from new_rows;
     else
       insert into "${log}" (company_id, rep_id, record_id, xid, at, op, cause, actor, old)
       select company_id, ${repColumn}, id, pg_current_xact_id(), clock_timestamp(), left(tg_op, 1)::"char", why, who,
              ${wholeRow(options)} from old_rows o;
     end if;
     return null;
   end $$`;
}

/**
 * For a migration: from now on an old row is kept without what was empty in it, which a record made of it has empty all the
 * same. Of a wide table that is half of it, and half of the time. The columns stand in the function as they are now; should
 * the table have got others since, rows are kept whole.
 */
export function keepFilledColumns(service: ServiceName, table: string, options: ChangeLogOptions): string[] {
  const whole = wholeRow(options);
  const columns = (relation: string) =>
    `from pg_catalog.pg_attribute where attrelid = ${relation} and attnum > 0 and not attisdropped`;
  const filled = `case when (select sum(attnum) ${columns('tg_relid')}) = $present
                then json_object($columns absent on null returning jsonb) else ${whole} end`;
  const made = logFunction(service, table, options)
    .replace('create function', 'create or replace function')
    .replace(`${whole} from old_rows`, () => `${filled} from old_rows`);
  return [
    `do $make$ begin execute (
       select replace(replace($function$${made}$function$, '$present', sum(attnum)::text), '$columns',
                string_agg(format('%L: o.%I', attname, attname), ', ' order by attnum)
                  filter (where attname <> all ('{${options.generated.join(',')}}'::text[])))
         ${columns(`'"${table}"'::regclass`)});
     end $make$`,
  ];
}

/**
 * `pg_current_snapshot()`, in which the own transaction is still in progress. PostgreSQL leaves it out of the list of those: once it
 * has a number, and a later one has committed, its own changes would count as seen.
 */
const SNAPSHOT_BEFORE_OWN_CHANGES = `select case when own < pg_snapshot_xmax(seen)
    then concat_ws(':', pg_snapshot_xmin(seen), pg_snapshot_xmax(seen), (select string_agg(xid::text, ',' order by xid)
      from (select own union select pg_snapshot_xip(seen)) in_progress(xid)))::pg_snapshot
    else seen end as snapshot
  from (select pg_current_snapshot() as seen, pg_current_xact_id_if_assigned() as own) now`;

/**
 * Sets the mark of a restore point ($1 company, $2 restore point); a repeat keeps the first. What the own transaction has
 * changed or is about to change comes after the point. Needs READ COMMITTED.
 */
export const SET_MARK = `insert into "mark" (company_id, restore_point_id, snapshot, system_id)
  select $1, $2, snapshot, system_identifier from pg_control_system(), (${SNAPSHOT_BEFORE_OWN_CHANGES}) before
  on conflict do nothing`;

/** Whether the owner holds the mark and it is of this cluster, not of one that was dumped and loaded here. */
export const HAS_MARK = `select exists (select 1 from "mark", pg_control_system() s
  where restore_point_id = $1 and system_id = s.system_identifier) as held`;
