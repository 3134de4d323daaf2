import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany, openToWorker } from '@muster/persistence';

const STATEMENTS = [
  `alter table "import_job" add run_reps uuid[], add runs integer not null default 0, add run_point_at timestamptz,
     add reading integer not null default 1, add row_offset integer not null default 0`,
  `alter table "import_rep" add progress text not null default 'waiting', add by_hand boolean not null default false,
     add reading integer not null default 1`,
  // What began before there was a rep by rep had all of its reps in one run.
  `alter table "import_rep" no force row level security`,
  `alter table "import_job" no force row level security`,
  `update "import_rep" r set progress = case when j.state in ('completed', 'completedWithErrors') then 'done' else 'running' end
     from "import_job" j where j.id = r.import_id and j.started_at is not null`,
  `alter table "import_rep" force row level security`,
  `alter table "import_job" force row level security`,
  `create table "import_reading" (
     company_id uuid not null, import_id uuid not null, no integer not null, upload_id uuid not null,
     configuration jsonb not null, configuration_id uuid, configuration_version integer, layout jsonb,
     row_offset integer not null, constraint "PK_import_reading" primary key (import_id, no))`,
  `create index "IDX_import_reading_upload" on "import_reading" (upload_id)`,
  `drop index "IDX_import_job_idle"`,
  `create index "IDX_import_job_idle" on "import_job" (changed_at) where state in ('draft', 'staged', 'planned', 'paused')`,
];

export class RepByRep1764000000040 implements MigrationInterface {
  readonly name = 'RepByRep1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...STATEMENTS,
      ...fenceByCompany('import', 'import_reading'),
      // Files are kept for as long as an import has rows of them.
      ...openToWorker('import', 'import_reading', 'select'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Which reps were imported, and how, is not forgotten');
  }
}
