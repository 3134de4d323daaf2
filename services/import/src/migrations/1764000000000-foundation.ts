import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createMessagingTables } from '@muster/messaging';
import { fenceByCompany, openToWorker } from '@muster/persistence';
import { createIdempotencyTable } from '@muster/platform';

const TABLES = [
  `create table "upload" (
     id uuid not null, company_id uuid not null, file_name text not null, byte_size bigint not null, sha256 text not null,
     source jsonb not null, row_count integer not null, created_by text not null,
     created_at timestamptz not null default now(), constraint "PK_upload" primary key (id))`,
  `create index "IDX_upload_content" on "upload" (company_id, sha256)`,

  `create table "import_job" (
     id uuid not null, company_id uuid not null, entity text not null, state text not null, upload_id uuid not null,
     configuration jsonb not null, next_step text, layout jsonb,
     attempt integer not null default 0, staging_tries integer not null default 0, lease_until timestamptz, staged boolean not null default false,
     bytes_read bigint not null default 0, counters jsonb not null, plan jsonb,
     open_chunks integer not null default 0, abort_requested boolean not null default false,
     restore_point_id uuid, run_point_id uuid, point_ready boolean not null default false,
     point_asked_at timestamptz, errors_before integer not null default 0,
     problem jsonb, created_by text not null, requested_by uuid,
     version integer not null default 1, created_at timestamptz not null default now(), started_at timestamptz,
     finished_at timestamptz, constraint "PK_import_job" primary key (id))`,
  `create index "IDX_import_job_company" on "import_job" (company_id, id)`,
  `create index "IDX_import_job_upload" on "import_job" (company_id, upload_id)`,
  // The lock: one import of a company and entity writes at a time.
  `create unique index "UQ_import_job_running" on "import_job" (company_id, entity) where state = 'running'`,
  `create index "IDX_import_job_active" on "import_job" (id)
     where state in ('staging', 'planning', 'running')`,

  `create table "import_rep" (
     company_id uuid not null, import_id uuid not null, no integer not null, value text not null, user_id uuid,
     display_name text, login_enabled boolean, similar_value text, status text not null, excluded boolean not null default false,
     row_count integer not null default 0, first_row integer not null, counters jsonb not null,
     plan jsonb, constraint "PK_import_rep" primary key (import_id, no))`,
  `create index "IDX_import_rep_user" on "import_rep" (import_id, user_id)`,

  `create table "import_chunk" (
     company_id uuid not null, import_id uuid not null, seq integer not null, attempt integer not null,
     rep_no integer not null, state text not null, row_count integer not null, settled_count integer not null,
     first_row integer not null, last_row integer not null, rows bytea not null, settled bytea, planned bytea,
     answers bytea, sent_at timestamptz, constraint "PK_import_chunk" primary key (import_id, seq))`,
  // Compressed already.
  `alter table "import_chunk" alter column rows set storage external, alter column settled set storage external,
     alter column planned set storage external, alter column answers set storage external`,
  `create index "IDX_import_chunk_waiting" on "import_chunk" (import_id, rep_no, seq) where state = 'staged'`,
  `create index "IDX_import_chunk_sent" on "import_chunk" (import_id, sent_at) where state = 'sent'`,
  `create index "IDX_import_chunk_row" on "import_chunk" (import_id, first_row)`,
];

export class Foundation1764000000000 implements MigrationInterface {
  readonly name = 'Foundation1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...TABLES,
      ...fenceByCompany('import', 'upload'),
      ...fenceByCompany('import', 'import_job'),
      ...fenceByCompany('import', 'import_rep'),
      ...fenceByCompany('import', 'import_chunk'),
      ...openToWorker('import', 'upload', 'select'),
      ...openToWorker('import', 'import_job', 'select, update'),
      ...openToWorker('import', 'import_rep', 'select'),
      ...openToWorker('import', 'import_chunk', 'select, update'),
      ...createMessagingTables('import'),
      ...createIdempotencyTable('import'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}
