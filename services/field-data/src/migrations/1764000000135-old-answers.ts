import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hideOldAnswers, showOldAnswers } from '@muster/import-owner';

export class OldAnswers1764000000135 implements MigrationInterface {
  readonly name = 'OldAnswers1764000000135';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of showOldAnswers('field-data')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of hideOldAnswers('field-data')) await runner.query(statement);
  }
}
