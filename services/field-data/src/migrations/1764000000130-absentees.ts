import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAbsenteeTables } from '@muster/import-owner';

export class Absentees1764000000130 implements MigrationInterface {
  readonly name = 'Absentees1764000000130';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of createAbsenteeTables('field-data')) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What a sync has removed is not forgotten');
  }
}
