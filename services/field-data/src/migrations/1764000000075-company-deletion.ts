import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createCompanyDeletion } from '@muster/persistence';

const DELETION = createCompanyDeletion('field-data');

export class CompanyDeletion1764000000075 implements MigrationInterface {
  readonly name = 'CompanyDeletion1764000000075';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of DELETION) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What is left of deleted companies would stay');
  }
}
