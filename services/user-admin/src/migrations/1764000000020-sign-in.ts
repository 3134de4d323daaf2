import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, fenceByCompany, openToWorker, workerTable } from '@muster/persistence';

const { app, owner, worker, schema } = databaseNames('user-admin');

/** No access token lives as long; a revocation counts until the last token that it could concern has expired. */
const COUNTS_FOR = `interval '15 minutes'`;

const SESSIONS = [
  // Families without a session cannot go on. People sign in once more.
  `truncate "refresh_token"`,
  `alter table "refresh_token" drop column family, drop column revoked_at,
     add column session_id uuid not null, add column used_by text, add column replaced_by uuid,
     add column repeated boolean not null default false`,
  `create index "IDX_refresh_token_session" on "refresh_token" (session_id)`,
  `grant select (expires_at), delete on "refresh_token" to ${worker}`,

  `create table "session" (
     id uuid not null, company_id uuid not null, user_id uuid not null, method text not null, user_agent text, address text,
     created_at timestamptz not null, last_used_at timestamptz not null, expires_at timestamptz not null,
     ended_at timestamptz, constraint "PK_session" primary key (id))`,
  `create index "IDX_session_user" on "session" (company_id, user_id, id)`,
  `create index "IDX_session_expiry" on "session" (expires_at)`,
  ...fenceByCompany('user-admin', 'session'),
  ...openToWorker('user-admin', 'session', 'select (id, expires_at), delete'),
];

// What tokens carry as `ver`: a number and not a time, because a token may be given while the transaction that ends
// it is still open. Apart from the account, which a restore may bring back to what it was.
const VERSIONS = [
  `create table "user_access" (
     user_id uuid not null, company_id uuid not null, version integer not null,
     constraint "PK_user_access" primary key (user_id))`,
  ...fenceByCompany('user-admin', 'user_access', 'select, insert, update'),
  `alter table "api_key" add column version integer not null default 1, add column previous_hash text,
     add column previous_until timestamptz`,
  `grant select (version, previous_hash, previous_until) on "api_key" to ${worker}`,
  // An operator works in the company of nobody, whose id is all zeros, and there on the keys of operators.
  `create policy operators on "api_key" to ${app}, ${owner}
     using (company_id is null and current_setting('muster.company')::uuid = '00000000000000000000000000000000')
     with check (company_id is null and current_setting('muster.company')::uuid = '00000000000000000000000000000000')`,
];

const REVOCATIONS = [
  `create table "revocation" (
     id bigint generated always as identity, company_id uuid not null, kind text not null, subject_id uuid not null,
     min_version integer, except_session uuid, until timestamptz not null default clock_timestamp() + ${COUNTS_FOR},
     xid xid8 not null default pg_current_xact_id(), constraint "PK_revocation" primary key (id))`,
  `create index "IDX_revocation_xid" on "revocation" (xid)`,
  ...fenceByCompany('user-admin', 'revocation', 'select, insert'),
  ...openToWorker('user-admin', 'revocation', 'select, delete'),

  // Ends what the tokens of these accounts say of them; sessions go on and get new ones.
  `create function renew_access(accounts uuid[], except_session uuid) returns void language sql
     set search_path = ${schema}, pg_temp as $$
     with renewed as (
       insert into "user_access" (user_id, company_id, version)
       select a, current_setting('muster.company')::uuid, 1 from unnest(accounts) as a order by a
       on conflict (user_id) do update set version = "user_access".version + 1 returning user_id, version)
     insert into "revocation" (company_id, kind, subject_id, min_version, except_session)
     select current_setting('muster.company')::uuid, 'user', user_id, version, renew_access.except_session from renewed;
   $$`,
  // Ends everything that lets these people in: tokens, sessions, and the keys that they made.
  `create function end_access(accounts uuid[]) returns void language sql
     set search_path = ${schema}, pg_temp as $$
     select renew_access(accounts, null);
     update "session" set ended_at = now()
      where company_id = current_setting('muster.company')::uuid and user_id = any (accounts) and ended_at is null;
     update "api_key" set revoked_at = now()
      where company_id = current_setting('muster.company')::uuid and revoked_at is null
        and created_by in (select 'user:' || replace(a::text, '-', '') from unnest(accounts) as a);
   $$`,
];

/** A statement-level trigger on what becomes of the rows of a table. No code path can forget it. */
function trigger(name: string, table: string, event: 'update' | 'delete', body: string): string[] {
  const transition = event === 'update' ? 'old table as old_rows new table as new_rows' : 'old table as old_rows';
  return [
    `create function ${name}() returns trigger language plpgsql
     security definer set search_path = ${schema}, pg_temp as $$ ${body} $$`,
    `create trigger ${name} after ${event} on "${table}" referencing ${transition}
     for each statement execute function ${name}()`,
  ];
}

const TRIGGERS = [
  ...trigger(
    'end_access_of_changed',
    'user_account',
    'update',
    `declare
       deactivated uuid[]; other_role uuid[];
     begin
       select array_agg(n.id) filter (where o.login_enabled and not n.login_enabled),
              array_agg(n.id) filter (where n.login_enabled and o.authorization_level <> n.authorization_level)
         into deactivated, other_role from new_rows n join old_rows o on o.id = n.id
        where o.login_enabled <> n.login_enabled or o.authorization_level <> n.authorization_level;
       if deactivated is not null then perform end_access(deactivated); end if;
       if other_role is not null then perform renew_access(other_role, null); end if;
       return null;
     end`,
  ),
  ...trigger(
    'end_access_of_deleted',
    'user_account',
    'delete',
    `declare
       deleted uuid[];
     begin
       select array_agg(id) into deleted from old_rows;
       if deleted is not null then perform end_access(deleted); end if;
       return null;
     end`,
  ),
  ...trigger(
    'revoke_session',
    'session',
    'update',
    `begin
       insert into "revocation" (company_id, kind, subject_id)
       select n.company_id, 'session', n.id from new_rows n join old_rows o on o.id = n.id
        where o.ended_at is null and n.ended_at is not null;
       return null;
     end`,
  ),
  ...trigger(
    'revoke_key',
    'api_key',
    'update',
    `begin
       insert into "revocation" (company_id, kind, subject_id, min_version)
       select coalesce(n.company_id, '00000000000000000000000000000000'), 'key', n.id,
              case when n.revoked_at is null then n.version end
         from new_rows n join old_rows o on o.id = n.id
        where (o.revoked_at is null and n.revoked_at is not null) or o.version < n.version;
       return null;
     end`,
  ),
];

const ATTEMPTS = [
  `create table "sign_in_counter" (
     key text not null, failures integer not null default 0, failed_at timestamptz, blocked_until timestamptz,
     succeeded_at timestamptz, seen_at timestamptz not null, constraint "PK_sign_in_counter" primary key (key))`,
  `create index "IDX_sign_in_counter_seen" on "sign_in_counter" (seen_at)`,
  ...workerTable('user-admin', 'sign_in_counter'),
];

const IDENTITY_PROVIDERS = [
  `create table "identity_provider" (
     company_id uuid not null, issuer text not null, audience text not null, match_by text not null,
     claim text not null,
     version integer not null default 1, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(), constraint "PK_identity_provider" primary key (company_id))`,
  ...fenceByCompany('user-admin', 'identity_provider'),

  // An assertion is good once, as long as it is good at all.
  `create table "used_assertion" (
     hash text not null, company_id uuid not null, expires_at timestamptz not null,
     constraint "PK_used_assertion" primary key (company_id, hash))`,
  ...fenceByCompany('user-admin', 'used_assertion', 'select, insert'),
  ...openToWorker('user-admin', 'used_assertion', 'select (expires_at), delete'),
];

export class SignIn1764000000020 implements MigrationInterface {
  readonly name = 'SignIn1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [...SESSIONS, ...VERSIONS, ...REVOCATIONS, ...TRIGGERS, ...ATTEMPTS, ...IDENTITY_PROVIDERS];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Sessions without an end are not gone back to');
  }
}
