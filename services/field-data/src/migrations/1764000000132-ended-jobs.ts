import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const { worker } = databaseNames('field-data');

/** The worker sees which companies have orders that ended long ago. */
export class EndedJobs1764000000132 implements MigrationInterface {
  readonly name = 'EndedJobs1764000000132';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`grant select (finished_at) on "record_order" to ${worker}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`revoke select (finished_at) on "record_order" from ${worker}`);
  }
}
