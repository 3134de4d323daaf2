import type { ServiceName } from '@muster/contracts';
import { auditErasure, type Erasable } from './audit-erasure.js';
import { AUDIT_FUNCTIONS, JOIN_AUDITS_BY_HASH, WRITE_AUDITS_AS_TEXT } from './audit-functions.js';
import { databaseNames } from './service-database.js';

// SQL for migrations (see docs/adr/0013). Never change what a migration already used.

export interface AuditLogOptions {
  /** What may be noted that is no change of a row, such as signing in. */
  readonly notes: readonly string[];
  /** Whose values can be taken out after they were deleted. */
  readonly erasable: Erasable;
}

const COMPANY = `company_id = current_setting('muster.company')::uuid`;

/**
 * The table `audit_log`, which only the database itself fills: triggers of {@link auditTable}, `note_audit` and
 * `erase_from_audit`. The app role can read its company's entries and nothing else; nobody can change one, but for erasing.
 * Ids are UUIDv7 of the database: the key is the order in which a company's entries are read, and says the time.
 */
export function createAuditLog(service: ServiceName, { notes, erasable }: AuditLogOptions): string[] {
  const { app, owner, schema } = databaseNames(service);
  return [
    `create table "audit_log" (
       id uuid not null default uuidv7(), company_id uuid not null,
       at timestamptz not null generated always as (uuid_extract_timestamp(id)) virtual,
       actor text not null, cause text not null, action text not null, subject_kind text not null,
       subject_id text not null, subject_label text, person_id text, changes jsonb not null,
       constraint "PK_audit_log" primary key (company_id, id))`,
    `create index "IDX_audit_log_subject" on "audit_log" (company_id, subject_id, id)`,
    `create index "IDX_audit_log_cause" on "audit_log" (company_id, cause, id)`,
    `alter table "audit_log" enable row level security`,
    `alter table "audit_log" force row level security`,
    `create policy read on "audit_log" for select to ${app}, ${owner} using (${COMPANY})`,
    // The functions are the owner's, and under the policies too.
    `create policy write on "audit_log" for insert to ${owner} with check (${COMPANY})`,
    `revoke delete, truncate on "audit_log" from ${owner}`,
    `grant select on "audit_log" to ${app}`,
    // Which tables are audited by which rules, and what columns they had when their triggers were made.
    `create table "audited_table" (
       name text not null, rules jsonb not null, columns text, constraint "PK_audited_table" primary key (name))`,
    ...AUDIT_FUNCTIONS.map((statement) => statement.replaceAll('$schema', schema)),
    `revoke execute on function compile_audit(regclass, text, jsonb), compile_audits() from public`,
    noteFunction(schema, notes),
    `revoke execute on function note_audit(text, text, text, text, text, jsonb) from public`,
    `grant execute on function note_audit(text, text, text, text, text, jsonb) to ${app}`,
    ...auditErasure(service, erasable),
  ];
}

/** For a migration: from now on the triggers of audited tables stay quick for thousands of rows, whatever came before. */
export function joinAuditsByHash(service: ServiceName): string[] {
  const { schema } = databaseNames(service);
  return JOIN_AUDITS_BY_HASH.map((statement) => statement.replaceAll('$schema', schema));
}

/** For a migration: from now on entries are written by another way that is cheaper, and say the same. */
export function writeAuditsAsText(service: ServiceName): string[] {
  const { schema } = databaseNames(service);
  return WRITE_AUDITS_AS_TEXT.map((statement) => statement.replaceAll('$schema', schema));
}

/** For a migration that lets more be noted: from now on all of `notes`. */
export function replaceAuditNotes(service: ServiceName, notes: readonly string[]): string[] {
  const { schema } = databaseNames(service);
  return [noteFunction(schema, notes).replace('create function', 'create or replace function')];
}

/** `note_audit(action, kind, id, label, person, details)`: an entry by the actor and cause of the unit of work. */
function noteFunction(schema: string, notes: readonly string[]): string {
  const actions = notes.map((note) => `'${note}'`).join(', ');
  return `create function note_audit(action text, kind text, id text, label text, person text, details jsonb)
     returns void language plpgsql security definer set search_path = ${schema}, pg_temp as $$
     declare
       who constant text := nullif(current_setting('muster.actor', true), '');
       why constant text := nullif(current_setting('muster.cause', true), '');
     begin
       if who is null or why is null then raise exception 'a note in the audit log names no actor and cause'; end if;
       if action is null or action not in (${actions}) then
         raise exception 'the audit log takes no note of %', action;
       end if;
       insert into "audit_log" (company_id, actor, cause, action, subject_kind, subject_id, subject_label, person_id, changes)
       select current_setting('muster.company')::uuid, who, why, action, kind, id, label, person,
              coalesce(jsonb_agg(jsonb_build_object('field', d.key, 'from', null, 'to', d.value)), '[]')
         from jsonb_each(coalesce(details, '{}')) d;
     end $$`;
}
