import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany, openToWorker } from '@muster/persistence';

const SCHEDULE = [
  `create table "rep_schedule" (
     company_id uuid not null, rep_id uuid not null, version integer not null, ended boolean not null,
     at timestamptz not null default clock_timestamp(), constraint "PK_rep_schedule" primary key (company_id, rep_id))`,
  ...fenceByCompany('field-data', 'rep_schedule', 'select, insert, update'),
];

const ORDER = [
  `create table "record_order" (
     id uuid not null, seq bigint generated always as identity, company_id uuid not null, kind text not null,
     rep_id uuid not null, to_rep_id uuid, entities text[], restore_point_id uuid, state text not null default 'running',
     failure text, at_entity text, at_record uuid, counts jsonb not null default '[]', failures smallint not null default 0,
     next_at timestamptz not null default clock_timestamp(), actor text not null, cause text not null,
     finished_at timestamptz, constraint "PK_record_order" primary key (id))`,
  `create index "IDX_record_order_running" on "record_order" (company_id, rep_id) where state = 'running'`,
  `create index "IDX_record_order_finished" on "record_order" (company_id, finished_at)`,
  ...fenceByCompany('field-data', 'record_order'),
  ...openToWorker(
    'field-data',
    'record_order',
    'select (id, seq, company_id, rep_id, to_rep_id, state, next_at, actor, cause)',
  ),
  `create table "kept_record" (
     order_id uuid not null, record_id uuid not null, company_id uuid not null, entity text not null,
     external_id text not null, held_by uuid not null, constraint "PK_kept_record" primary key (order_id, record_id))`,
  ...fenceByCompany('field-data', 'kept_record', 'select, insert, delete'),
];

export class RecordOrders1764000000070 implements MigrationInterface {
  readonly name = 'RecordOrders1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...SCHEDULE, ...ORDER]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Orders that are under way would be lost');
  }
}
