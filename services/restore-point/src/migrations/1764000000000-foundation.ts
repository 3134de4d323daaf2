import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createMessagingTables } from '@muster/messaging';
import { fenceByCompany, openToWorker } from '@muster/persistence';
import { createIdempotencyTable } from '@muster/platform';

const RESTORE_POINT = [
  `create table "restore_point" (
     id uuid not null, company_id uuid not null, occasion text not null, import_id uuid, name text not null,
     state text not null, marks text[] not null default '{}', created_by text not null, cause text not null,
     created_at timestamptz not null default now(), asked_at timestamptz not null default now(),
     ready_at timestamptz, closed_at timestamptz,
     constraint "PK_restore_point" primary key (id))`,
  `create index "IDX_restore_point_company" on "restore_point" (company_id, id)`,
  `create index "IDX_restore_point_import" on "restore_point" (company_id, import_id) where import_id is not null`,
  `create index "IDX_restore_point_marking" on "restore_point" (asked_at) where state = 'marking'`,
];

export class Foundation1764000000000 implements MigrationInterface {
  readonly name = 'Foundation1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...RESTORE_POINT,
      ...fenceByCompany('restore-point', 'restore_point', 'select, insert, update'),
      ...openToWorker('restore-point', 'restore_point', 'select, update'),
      ...createMessagingTables('restore-point'),
      ...createIdempotencyTable('restore-point'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}
