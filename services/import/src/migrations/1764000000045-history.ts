import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const { schema } = databaseNames('import');

const HAS_ERRORS = `state in ('failed', 'aborted') or coalesce((counters ->> 'invalid')::integer, 0) > 0 or coalesce((counters ->> 'failed')::integer, 0) > 0`;

const STATEMENTS = [
  `alter table "import_job" add origin text, add has_errors boolean generated always as (${HAS_ERRORS}) stored`,
  `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
   values ('GENERATED_COLUMN', current_database(), '${schema}', 'import_job', 'has_errors', $$${HAS_ERRORS}$$)`,
  // Whatever the history is filtered by is looked at in the index, newest first; the rows themselves are wide.
  `create index "IDX_import_job_history" on "import_job" (company_id, id, created_at, entity, state, created_by,
     configuration_id, unattended, origin, has_errors)`,
  `drop index "IDX_import_job_company"`,
];

export class History1764000000045 implements MigrationInterface {
  readonly name = 'History1764000000045';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('How imports came in would be forgotten');
  }
}
