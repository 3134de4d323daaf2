import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Guard1764000000020 implements MigrationInterface {
  readonly name = 'Guard1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "import_job" add guard jsonb, add approved_by text`);
  }

  async down(): Promise<void> {
    throw new Error('Who approved what is not forgotten');
  }
}
