import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createMessagingTables } from '@muster/messaging';
import {
  createChangeLog,
  createMarkTable,
  databaseNames,
  fenceByCompany,
  openToWorker,
  workerTable,
} from '@muster/persistence';
import { createIdempotencyTable } from '@muster/platform';

const { app, owner, worker, schema } = databaseNames('user-admin');

const COMPANY = [
  `create table "company" (
     id uuid not null, name text not null, name_key text generated always as (lower(name)) stored,
     language text not null, time_zone text not null, country text not null, licences integer not null,
     host_system text not null default 'none', import_row_limit integer not null default 100000,
     import_byte_limit bigint not null default 31457280, version integer not null default 1,
     created_at timestamptz not null default now(),
     constraint "PK_company" primary key (id), constraint "UQ_company_name" unique (name_key))`,
  // A company's own row is told by its id.
  `alter table "company" enable row level security`,
  `alter table "company" force row level security`,
  `create policy company on "company" to ${app}, ${owner}
     using (id = current_setting('muster.company')::uuid) with check (id = current_setting('muster.company')::uuid)`,
  `grant select, insert, update on "company" to ${app}`,
  // Operators list companies, and sign-in finds them by name; there are no secrets in it.
  ...openToWorker('user-admin', 'company', 'select'),
];

const USER_ACCOUNT = [
  `create table "user_account" (
     id uuid not null, company_id uuid not null, kind text not null, employee_number text, email text,
     email_key text generated always as (lower(email)) stored, username text not null,
     username_key text generated always as (lower(username)) stored, display_name text not null, first_name text,
     last_name text, authorization_level smallint not null, has_own_schedule boolean not null,
     login_enabled boolean not null default true, language text not null, password_hash text,
     version integer not null default 1, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     constraint "PK_user_account" primary key (id),
     constraint "UQ_user_account_email" unique (company_id, email_key) deferrable initially immediate,
     constraint "UQ_user_account_employee_number" unique (company_id, employee_number) deferrable initially immediate,
     constraint "UQ_user_account_username" unique (company_id, username_key) deferrable initially immediate)`,
  `create index "IDX_user_account_company" on "user_account" (company_id, id)`,
  ...fenceByCompany('user-admin', 'user_account', 'select, insert, update'),
  ...createChangeLog('user-admin', 'user_account', {
    repColumn: 'id',
    // A password is no business of a restore.
    generated: ['email_key', 'username_key', 'password_hash'],
  }),
];

const API_KEY = [
  `create table "api_key" (
     id uuid not null, company_id uuid, name text not null, scopes text[] not null, secret_hash text not null,
     expires_at timestamptz, created_by text not null, created_at timestamptz not null default now(),
     revoked_at timestamptz, last_used_at timestamptz, constraint "PK_api_key" primary key (id))`,
  `create index "IDX_api_key_company" on "api_key" (company_id, id)`,
  ...fenceByCompany('user-admin', 'api_key', 'select, insert, update'),
  // The worker looks a key up, notes its use, and makes keys of operators.
  `create policy worker_look_up on "api_key" for select to ${worker} using (true)`,
  `create policy worker_use on "api_key" for update to ${worker} using (true)`,
  `create policy worker_operators on "api_key" for insert to ${worker} with check (company_id is null)`,
  `grant select (id, company_id, name, scopes, secret_hash, expires_at, revoked_at, last_used_at) on "api_key" to ${worker}`,
  `grant update (last_used_at) on "api_key" to ${worker}`,
  `grant insert on "api_key" to ${worker}`,
];

const TOKENS = [
  `create table "refresh_token" (
     id uuid not null, family uuid not null, company_id uuid not null, user_id uuid not null, hash text not null,
     expires_at timestamptz not null, used_at timestamptz, revoked_at timestamptz,
     constraint "PK_refresh_token" primary key (id))`,
  `create index "IDX_refresh_token_family" on "refresh_token" (family)`,
  `create index "IDX_refresh_token_user" on "refresh_token" (company_id, user_id)`,
  ...fenceByCompany('user-admin', 'refresh_token'),
  // Only whose it is: the rest is read in the company.
  ...openToWorker('user-admin', 'refresh_token', 'select (id, company_id)'),

  `create table "signing_key" (
     kid text not null, private_jwk jsonb not null, public_jwk jsonb not null,
     created_at timestamptz not null default now(), constraint "PK_signing_key" primary key (kid))`,
  ...workerTable('user-admin', 'signing_key', 'select, insert'),
];

// TypeORM keeps the expressions of generated columns in a table that it makes before it migrates, and compares them with
// the entities.
const GENERATED_COLUMNS = [
  `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
   select 'GENERATED_COLUMN', current_database(), '${schema}', c.* from (values
     ('company', 'name_key', 'lower(name)'),
     ('user_account', 'email_key', 'lower(email)'),
     ('user_account', 'username_key', 'lower(username)')) c`,
];

export class Foundation1764000000000 implements MigrationInterface {
  readonly name = 'Foundation1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...COMPANY,
      ...USER_ACCOUNT,
      ...createMarkTable('user-admin'),
      ...API_KEY,
      ...TOKENS,
      ...GENERATED_COLUMNS,
      ...createMessagingTables('user-admin'),
      ...createIdempotencyTable('user-admin'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}
