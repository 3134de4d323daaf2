import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCOUNT_OF_POINT = [
  `alter table "restore_point" add column user_id uuid`,
  `create index "IDX_restore_point_user" on "restore_point" (company_id, user_id) where user_id is not null`,
];

export class OwnPoints1764000000070 implements MigrationInterface {
  readonly name = 'OwnPoints1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of ACCOUNT_OF_POINT) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Points would forget whom they are about');
  }
}
