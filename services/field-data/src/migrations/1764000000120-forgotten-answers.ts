import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

/** Results of chunks are deleted when no repeat of the chunk can come any more. */
export class ForgottenAnswers1764000000120 implements MigrationInterface {
  readonly name = 'ForgottenAnswers1764000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`grant delete on "chunk_result" to ${databaseNames('field-data').app}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`revoke delete on "chunk_result" from ${databaseNames('field-data').app}`);
  }
}
