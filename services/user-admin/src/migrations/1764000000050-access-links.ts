import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditTable, databaseNames, fenceByCompany, openToWorker } from '@muster/persistence';

const { schema } = databaseNames('user-admin');

const LINK = [
  `alter table "company" add column access_link_days smallint not null default 7`,
  `create table "access_link" (
     id uuid not null, company_id uuid not null, user_id uuid not null, state text not null default 'created',
     channel text, failure text, token_hash text, attempt smallint not null default 0, expires_at timestamptz,
     requested_at timestamptz, requested_by text, requested_cause text, sent_at timestamptz, settled_at timestamptz,
     used_at timestamptz, disabled_at timestamptz, replaced_at timestamptz, lease_until timestamptz,
     created_at timestamptz not null default now(), constraint "PK_access_link" primary key (id))`,
  `create unique index "UQ_access_link_current" on "access_link" (user_id) where replaced_at is null`,
  `create unique index "UQ_access_link_token" on "access_link" (token_hash)`,
  `create index "IDX_access_link_user" on "access_link" (company_id, user_id, id)`,
  `create index "IDX_access_link_state" on "access_link" (company_id, state, user_id) where replaced_at is null`,
  `create index "IDX_access_link_waiting" on "access_link" (requested_at)
     where replaced_at is null and requested_at is not null and state in ('created', 'sent')`,
  ...fenceByCompany('user-admin', 'access_link', 'select, insert, update'),
  // A token alone tells the company; and links that wait to be sent are taken over all companies.
  ...openToWorker(
    'user-admin',
    'access_link',
    `select (id, company_id, token_hash, state, attempt, requested_at, requested_by, requested_cause, replaced_at,
             lease_until), update (lease_until)`,
  ),
  ...auditTable('user-admin', 'access_link', {
    kind: 'access-link',
    person: 'user_id',
    label: 'r.channel',
    masked: { token_hash: 'token' },
    // What follows from the state, and that an account has a link from its beginning.
    ignored: [
      ...['user_id', 'channel', 'attempt', 'requested_at', 'requested_by', 'requested_cause', 'sent_at', 'settled_at'],
      ...['used_at', 'disabled_at', 'replaced_at', 'lease_until'],
    ],
  }),
];

const JOBS = [
  `create table "access_link_job" (
     id uuid not null, company_id uuid not null, channel text not null, state text not null default 'running',
     total integer not null, created_by text not null, cause text not null,
     created_at timestamptz not null default now(), finished_at timestamptz,
     constraint "PK_access_link_job" primary key (id))`,
  `create index "IDX_access_link_job_company" on "access_link_job" (company_id, finished_at)`,
  `create index "IDX_access_link_job_running" on "access_link_job" (id) where state = 'running'`,
  ...fenceByCompany('user-admin', 'access_link_job'),
  ...openToWorker('user-admin', 'access_link_job', 'select (id, company_id, state, created_by, cause)'),
  `create table "access_link_job_item" (
     job_id uuid not null, user_id uuid not null, company_id uuid not null, outcome text not null default 'pending',
     link_id uuid, constraint "PK_access_link_job_item" primary key (job_id, user_id))`,
  `create index "IDX_access_link_job_item_pending" on "access_link_job_item" (job_id, user_id) where outcome = 'pending'`,
  ...fenceByCompany('user-admin', 'access_link_job_item'),
];

// A new account has a link, unless it begins deactivated or with a password. This holds for every way on which accounts
// come into being and change, a restore among them.
const NEW_LINK = `insert into "access_link" (id, company_id, user_id) select uuidv7(), a.company_id, a.id from`;

/** What becomes of the links of accounts that change. Links that were ended stay ended. */
const KEEP_LINKS = `
  declare
    deactivated uuid[]; renewed uuid[];
  begin
    select array_agg(n.id) filter (where o.login_enabled and not n.login_enabled),
           array_agg(n.id) filter (where n.login_enabled and (not o.login_enabled or l.user_id is not null))
      into deactivated, renewed
      from new_rows n join old_rows o on o.id = n.id
           -- What was sent to an address that turned out to be another's must not let that one in.
           left join "access_link" l on l.user_id = n.id and l.replaced_at is null and l.token_hash is not null
             and l.state in ('sent', 'delivered', 'failed')
             and case l.channel when 'email' then o.email_key is distinct from n.email_key
                                else o.mobile_e164 is distinct from n.mobile_e164 end
     where o.login_enabled <> n.login_enabled or o.email_key is distinct from n.email_key
        or o.mobile_e164 is distinct from n.mobile_e164;
    if deactivated is not null then
      update "access_link" set state = 'disabled', disabled_at = now()
       where user_id = any (deactivated) and replaced_at is null;
    end if;
    if renewed is not null then
      update "access_link" set replaced_at = now() where user_id = any (renewed) and replaced_at is null;
      ${NEW_LINK} (select company_id, id from new_rows where id = any (renewed) order by id) a;
    end if;
    return null;
  end`;

function trigger(event: 'insert' | 'update' | 'delete', body: string): string[] {
  const rows = { insert: 'new table as new_rows', delete: 'old table as old_rows' };
  const transition = event === 'update' ? `${rows.delete} ${rows.insert}` : rows[event];
  const name = `keep_access_links_${event}`;
  return [
    `create function ${name}() returns trigger language plpgsql
     security definer set search_path = ${schema}, pg_temp as $$ ${body} $$`,
    `create trigger ${name} after ${event} on "user_account" referencing ${transition}
     for each statement execute function ${name}()`,
  ];
}

const TRIGGERS = [
  ...trigger(
    'insert',
    `begin
       ${NEW_LINK} (select company_id, id from new_rows where login_enabled and password_hash is null order by id) a;
       return null;
     end`,
  ),
  ...trigger('update', KEEP_LINKS),
  ...trigger(
    'delete',
    `begin
       delete from "access_link" where user_id in (select id from old_rows);
       return null;
     end`,
  ),
];

// The owner is under row-level security too, and has no company here.
const FILL = [
  ...['user_account', 'access_link'].map((table) => `alter table "${table}" no force row level security`),
  `${NEW_LINK} (select company_id, id from "user_account" where login_enabled and password_hash is null order by id) a`,
  ...['user_account', 'access_link'].map((table) => `alter table "${table}" force row level security`),
];

export class AccessLinks1764000000050 implements MigrationInterface {
  readonly name = 'AccessLinks1764000000050';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...LINK, ...JOBS, ...FILL, ...TRIGGERS]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What links there were would be forgotten');
  }
}
