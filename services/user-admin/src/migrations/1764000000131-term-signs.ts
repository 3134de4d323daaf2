import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';
import { addTermSigns } from './listing/term-signs.js';

// The owner is under row-level security too, and has no company here.
const TABLES = ['user_account', 'user_listing'];

export class TermSigns1764000000131 implements MigrationInterface {
  readonly name = 'TermSigns1764000000131';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...TABLES.map((table) => `alter table "${table}" no force row level security`),
      ...addTermSigns(databaseNames('user-admin').schema),
      ...TABLES.map((table) => `alter table "${table}" force row level security`),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Searches for a letter would be slow again');
  }
}
