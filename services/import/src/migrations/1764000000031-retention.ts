import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table "import_job" add changed_at timestamptz not null default now()`,
  `alter table "upload" add file_removed_at timestamptz`,
  // What the retention looks for, over all companies.
  `create index "IDX_import_job_idle" on "import_job" (changed_at) where state in ('draft', 'staged', 'planned')`,
  `create index "IDX_upload_file" on "upload" (created_at) where file_removed_at is null`,
];

export class Retention1764000000031 implements MigrationInterface {
  readonly name = 'Retention1764000000031';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "upload" drop file_removed_at`);
    await runner.query(`alter table "import_job" drop changed_at`);
  }
}
