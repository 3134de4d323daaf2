import type { MigrationInterface, QueryRunner } from 'typeorm';
import { indexAbsenteesByState } from '@muster/import-owner';

export class AbsenteesByState1764000000136 implements MigrationInterface {
  readonly name = 'AbsenteesByState1764000000136';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of indexAbsenteesByState()) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index "IDX_absentee_planned" on "absentee" (company_id, plan_id, rep_id, record_id) where state = 'planned'`,
    );
    await runner.query(`drop index "IDX_absentee_state"`);
  }
}
