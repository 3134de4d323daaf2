import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PartsCutFromOneFile1764000000048 implements MigrationInterface {
  readonly name = 'PartsCutFromOneFile1764000000048';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "upload_part" add row_offset integer, add is_own boolean not null default false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "upload_part" drop row_offset, drop is_own`);
  }
}
