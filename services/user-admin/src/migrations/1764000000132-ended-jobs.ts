import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, openToWorker } from '@muster/persistence';

const { worker } = databaseNames('user-admin');

/** The worker sees which companies have something that ended long ago. */
export class EndedJobs1764000000132 implements MigrationInterface {
  readonly name = 'EndedJobs1764000000132';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`grant select (created_at, finished_at) on "mass_change" to ${worker}`);
    await runner.query(`grant select (finished_at) on "access_link_job" to ${worker}`);
    const transfers = openToWorker('user-admin', 'transfer', 'select (company_id, finished_at)');
    for (const statement of transfers) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`revoke select (created_at, finished_at) on "mass_change" from ${worker}`);
    await runner.query(`revoke select (finished_at) on "access_link_job" from ${worker}`);
    await runner.query(`revoke select (company_id, finished_at) on "transfer" from ${worker}`);
    await runner.query(`drop policy worker on "transfer"`);
  }
}
