import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createMessagingTables } from '@muster/messaging';
import { fenceByCompany } from '@muster/persistence';
import { createIdempotencyTable } from '@muster/platform';

const NOTIFICATION = [
  `create table "notification" (
     id uuid not null, company_id uuid not null, user_id uuid not null, kind text not null, subject text not null,
     params jsonb not null, created_at timestamptz not null default now(), read_at timestamptz,
     constraint "PK_notification" primary key (id),
     constraint "UQ_notification_subject" unique (company_id, user_id, kind, subject))`,
  `create index "IDX_notification_user" on "notification" (company_id, user_id, id)`,
  `create index "IDX_notification_unread" on "notification" (company_id, user_id) where read_at is null`,
];

export class Foundation1764000000000 implements MigrationInterface {
  readonly name = 'Foundation1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...NOTIFICATION,
      ...fenceByCompany('notification', 'notification', 'select, insert, update'),
      ...createMessagingTables('notification'),
      ...createIdempotencyTable('notification'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to go back to');
  }
}
