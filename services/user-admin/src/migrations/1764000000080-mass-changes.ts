import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditTable, fenceByCompany, openToWorker } from '@muster/persistence';

const MASS_CHANGE = [
  `create table "mass_change" (
     id uuid not null, company_id uuid not null, state text not null, runs boolean not null,
     approved boolean not null default false, wishes jsonb not null, allow_schedule_removal boolean not null,
     total integer not null, plan jsonb not null, done jsonb not null, position uuid, restore_point_id uuid,
     problem text, created_by text not null, run_by text, created_at timestamptz not null default now(),
     started_at timestamptz, finished_at timestamptz, constraint "PK_mass_change" primary key (id))`,
  `create index "IDX_mass_change_company" on "mass_change" (company_id, id)`,
  `create index "IDX_mass_change_active" on "mass_change" (id) where state in ('planning', 'running')`,
  // One at a time writes, and one that will as soon as it is planned.
  `create unique index "UQ_mass_change_running" on "mass_change" (company_id)
     where state = 'running' or (state = 'planning' and runs)`,
  ...fenceByCompany('user-admin', 'mass_change'),
  ...openToWorker('user-admin', 'mass_change', 'select (id, company_id, state, created_by, run_by)'),
  // Who began, ran, approved or cancelled it; what it did is told of each account.
  ...auditTable('user-admin', 'mass_change', {
    kind: 'mass-change',
    label: 'null::text',
    ignored: [
      ...['runs', 'wishes', 'allow_schedule_removal', 'total', 'plan', 'done', 'position', 'restore_point_id'],
      ...['problem', 'created_by', 'run_by', 'started_at', 'finished_at'],
    ],
  }),
  `create table "mass_change_row" (
     mass_change_id uuid not null, user_id uuid not null, company_id uuid not null, planned text,
     planned_version integer, outcome text, changed_since_plan boolean not null default false, changes jsonb,
     problems jsonb, constraint "PK_mass_change_row" primary key (mass_change_id, user_id))`,
  ...fenceByCompany('user-admin', 'mass_change_row'),
];

export class MassChanges1764000000080 implements MigrationInterface {
  readonly name = 'MassChanges1764000000080';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of MASS_CHANGE) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What mass changes did would be forgotten');
  }
}
