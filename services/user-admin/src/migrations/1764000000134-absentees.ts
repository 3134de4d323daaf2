import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAbsenteeTables } from '@muster/import-owner';

export class Absentees1764000000134 implements MigrationInterface {
  readonly name = 'Absentees1764000000134';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of createAbsenteeTables('user-admin')) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Whom a sync has deactivated is not forgotten');
  }
}
