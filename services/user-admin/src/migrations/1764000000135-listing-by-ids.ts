import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';
import { reachListingByIds } from './listing/by-ids.js';

export class ListingByIds1764000000135 implements MigrationInterface {
  readonly name = 'ListingByIds1764000000135';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of reachListingByIds(databaseNames('user-admin').schema)) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Accounts by file would be slow again');
  }
}
