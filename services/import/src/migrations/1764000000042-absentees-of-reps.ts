import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const STATEMENTS = [
  `alter table "import_rep" add absentees_state text, add absentees_sent_at timestamptz, add absentees integer,
     add absentees_base integer, add removed integer not null default 0`,
  `alter table "import_chunk" add standing bytea, add unreadable_count integer not null default 0`,
  // The dispatcher sends the orders.
  `grant update (absentees_state, absentees_sent_at) on "import_rep" to ${databaseNames('import').worker}`,
  // Until now accounts alone could be absent, and were deactivated.
  `alter table "import_job" no force row level security`,
  `update "import_job" set counters = counters || jsonb_build_object('deactivated', absentees -> 'deactivated')
    where absentees is not null`,
  `alter table "import_job" force row level security`,
];

export class AbsenteesOfReps1764000000042 implements MigrationInterface {
  readonly name = 'AbsenteesOfReps1764000000042';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What a sync has removed is not forgotten');
  }
}
