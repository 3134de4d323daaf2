import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table "import_job" add pace jsonb, add planned_at timestamptz`,
  `alter table "import_rep" add planned_status text, add changed_since_plan integer`,
  `alter table "import_chunk" add changed_since_plan integer not null default 0`,
];

export class PlansAndPace1764000000043 implements MigrationInterface {
  readonly name = 'PlansAndPace1764000000043';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "import_chunk" drop changed_since_plan`);
    await runner.query(`alter table "import_rep" drop planned_status, drop changed_since_plan`);
    await runner.query(`alter table "import_job" drop pace, drop planned_at`);
  }
}
