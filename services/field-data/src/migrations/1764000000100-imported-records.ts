import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ImportedRecords1764000000100 implements MigrationInterface {
  readonly name = 'ImportedRecords1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table "chunk_result" alter column rep_id drop not null, add postponed text,
         add waiting boolean not null default false, add record_ids uuid[] not null default '{}'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('What an import has named is not forgotten');
  }
}
