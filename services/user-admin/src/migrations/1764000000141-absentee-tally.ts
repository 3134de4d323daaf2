import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tallyAbsentees } from '@muster/import-owner';

export class AbsenteeTally1764000000141 implements MigrationInterface {
  readonly name = 'AbsenteeTally1764000000141';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tallyAbsentees('user-admin')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index "IDX_absentee_code"`);
    await runner.query(`drop table "absentee_tally"`);
  }
}
