import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany, replaceAuditNotes } from '@muster/persistence';

const NOTES = [
  ...['signed-in', 'sign-in-failed', 'sign-in-locked', 'sign-in-unlocked', 'signed-out', 'session-revoked'],
  ...['token-reused', 'password-changed', 'exported', 'downloaded', 'transferred', 'link-sent', 'schedule-removed'],
];

const TRANSFER = [
  `create table "transfer" (
     id uuid not null, company_id uuid not null, from_id uuid not null, to_id uuid not null, entities text[],
     restore_point_id uuid not null, state text not null default 'running', failure text,
     counts jsonb not null default '[]', created_by text not null, created_at timestamptz not null default now(),
     finished_at timestamptz, constraint "PK_transfer" primary key (id))`,
  `create unique index "UQ_transfer_running" on "transfer" (from_id) where state = 'running'`,
  `create index "IDX_transfer_company" on "transfer" (company_id, finished_at)`,
  ...fenceByCompany('user-admin', 'transfer'),
];

export class Transfers1764000000070 implements MigrationInterface {
  readonly name = 'Transfers1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TRANSFER, ...replaceAuditNotes('user-admin', NOTES)]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Transfers that are under way would be lost');
  }
}
