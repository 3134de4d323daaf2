import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createChunkResultTable } from '@muster/import-owner';

export class Imports1764000000100 implements MigrationInterface {
  readonly name = 'Imports1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of createChunkResultTable('user-admin')) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What an import has done is not forgotten');
  }
}
