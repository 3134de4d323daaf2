import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToWorker } from '@muster/persistence';

const STATEMENTS = [
  `alter table "import_job"
     add unattended boolean not null default false,
     add queued boolean not null default false,
     add warnings jsonb not null default '[]',
     add approved_guard jsonb,
     add start_at text,
     add scheduled_for timestamptz,
     add window_until timestamptz,
     add look_at timestamptz`,
  // Who waits for approval, or behind one that does.
  `create index "IDX_import_job_waiting" on "import_job" (company_id, entity, id) where state = 'awaitingApproval'`,
  `create index "IDX_import_job_queued" on "import_job" (company_id, entity, id) where queued`,
  `create index "IDX_import_job_scheduled" on "import_job" (look_at) where state = 'scheduled'`,
  `create index "IDX_import_job_configuration" on "import_job" (company_id, configuration_id, finished_at)
     where configuration_id is not null and finished_at is not null`,
  `alter table "import_configuration" add expected_by jsonb, add judged_until timestamptz, add missed_at timestamptz,
     add look_at timestamptz`,
  `create index "IDX_import_configuration_expected" on "import_configuration" (look_at) where look_at is not null`,
];

export class WaitingRuns1764000000044 implements MigrationInterface {
  readonly name = 'WaitingRuns1764000000044';

  async up(runner: QueryRunner): Promise<void> {
    const worker = openToWorker('import', 'import_configuration', 'select');
    for (const statement of [...STATEMENTS, ...worker]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What waits would not be found again');
  }
}
