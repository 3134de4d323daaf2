import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createCompanyDeletion } from '@muster/persistence';

const DELETION = createCompanyDeletion('import');

export class CompanyDeletion1764000000070 implements MigrationInterface {
  readonly name = 'CompanyDeletion1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of DELETION) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What is left of deleted companies would stay');
  }
}
