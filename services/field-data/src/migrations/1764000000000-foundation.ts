import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createMessagingTables } from '@muster/messaging';
import { createChangeLog, createMarkTable, fenceByCompany } from '@muster/persistence';
import { createIdempotencyTable } from '@muster/platform';

const CUSTOMER = [
  `create table "customer" (
     id uuid not null, company_id uuid not null, rep_id uuid not null, external_id text,
     name1 text not null, name2 text, name3 text, salutation text, first_name text, last_name text,
     street text, postal_code text, city text, state text, country text,
     latitude double precision, longitude double precision,
     phone text, mobile text, email text, website text,
     call_interval integer, call_duration integer, category text, notes text, business_hours text,
     do_not_call boolean not null default false, last_call timestamp without time zone,
     custom_fields jsonb not null default '{}',
     version integer not null default 1, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(), deleted_at timestamptz,
     constraint "PK_customer" primary key (id))`,
  // A record in the recycle bin does not keep its external id from others.
  `create unique index "UQ_customer_external_id" on "customer" (company_id, rep_id, external_id) where deleted_at is null`,
  `create index "IDX_customer_binned" on "customer" (company_id, rep_id, external_id) where deleted_at is not null`,
  `create index "IDX_customer_rep" on "customer" (company_id, rep_id, id)`,
  // Without the id: the planner would take it for look-ups by id, and read through all of the company.
  `create index "IDX_customer_updated" on "customer" (company_id, updated_at)`,
];

const CHUNK_RESULT = `create table "chunk_result" (
  company_id uuid not null, import_id uuid not null, seq integer not null, rep_id uuid not null,
  restore_point_id uuid not null, answers text, at timestamptz not null default clock_timestamp(),
  constraint "PK_chunk_result" primary key (company_id, import_id, seq))`;

export class Foundation1764000000000 implements MigrationInterface {
  readonly name = 'Foundation1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...CUSTOMER,
      ...fenceByCompany('field-data', 'customer'),
      ...createChangeLog('field-data', 'customer', { repColumn: 'rep_id', generated: [] }),
      ...createMarkTable('field-data'),
      CHUNK_RESULT,
      ...fenceByCompany('field-data', 'chunk_result', 'select, insert, update'),
      ...createMessagingTables('field-data'),
      ...createIdempotencyTable('field-data'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}
