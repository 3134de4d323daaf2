import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FirstThatWait1764000000049 implements MigrationInterface {
  readonly name = 'FirstThatWait1764000000049';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index "IDX_import_chunk_front" on "import_chunk" (import_id, seq) where state = 'staged'`,
    );
    // Files that were given up of late are looked for again and again; few of all are.
    await runner.query(
      `create index "IDX_upload_file_removed" on "upload" (file_removed_at) where file_removed_at is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index "IDX_upload_file_removed"`);
    await runner.query(`drop index "IDX_import_chunk_front"`);
  }
}
