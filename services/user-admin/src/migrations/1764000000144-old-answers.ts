import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hideOldAnswers, showOldAnswers } from '@muster/import-owner';

export class OldAnswers1764000000144 implements MigrationInterface {
  readonly name = 'OldAnswers1764000000144';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of showOldAnswers('user-admin')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of hideOldAnswers('user-admin')) await runner.query(statement);
  }
}
