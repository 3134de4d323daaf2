import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Absentees1764000000021 implements MigrationInterface {
  readonly name = 'Absentees1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "import_job" add absentees jsonb`);
  }

  async down(): Promise<void> {
    throw new Error('Who was deactivated is not forgotten');
  }
}
